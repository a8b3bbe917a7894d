//! What is signed is what is sent: with the items in it, and with its length.

use crate::tables::{item, key};
use dkmio::DynamoDb;
use dkmio_tests::canned::{Canned, SECRET, Sent, json};
use dkmio_tests::orders::Orders;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Sends each request that items can be in, one after the other.
pub(crate) async fn write_everything(db: &DynamoDb) {
    let items: Vec<Orders> = (1..=24).map(item).collect();
    Orders::put(&items[0]).execute(db).await.unwrap();
    let put = Orders::put(&items[0]).condition(|o| o.total().lt(5));
    put.return_old().execute(db).await.unwrap();
    let batch = Orders::batch_write().put_all(&items);
    batch.delete(key(99)).execute(db).await.unwrap();
    let transaction = dkmio::transact_write()
        .add(Orders::put(&items[0]).if_not_exists())
        .add(Orders::delete(key(99)))
        .add(Orders::put(&items[1]));
    transaction.token("token").execute(db).await.unwrap();
}

/// The part of an `authorization` header.
fn part<'a>(authorization: &'a str, name: &str) -> &'a str {
    let (_, rest) = authorization.split_once(&format!("{name}=")).unwrap();
    rest.split(',').next().unwrap().trim()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hmac(key: &[u8], message: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// The signature that this request must have, by AWS Signature Version 4.
fn signature(sent: &Sent) -> String {
    let authorization = sent.header("authorization").unwrap();
    let (_, scope) = part(authorization, "Credential").split_once('/').unwrap();
    let signed = part(authorization, "SignedHeaders");
    let header = |name: &str| match name {
        "host" => "canned.invalid",
        name => sent.header(name).unwrap().trim(),
    };
    let headers: String = signed
        .split(';')
        .map(|name| format!("{name}:{}\n", header(name)))
        .collect();
    let body = hex(&Sha256::digest(&sent.body));
    let request = format!("{}\n/\n\n{headers}\n{signed}\n{body}", sent.method);
    let request = hex(&Sha256::digest(request));
    let date = header("x-amz-date");
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{request}");
    let key = scope
        .split('/')
        .fold(format!("AWS4{SECRET}").into_bytes(), |key, part| {
            hmac(&key, part)
        });
    hex(&hmac(&key, &text))
}

/// Panics unless a request is signed as it is.
pub(crate) fn assert_signed(sent: &Sent) {
    let authorization = sent.header("authorization").unwrap();
    assert_eq!(part(authorization, "Signature"), signature(sent));
    let length = sent.header("content-length").unwrap();
    assert_eq!(length, sent.body.len().to_string());
}

#[tokio::test]
async fn a_request_is_signed_with_its_items() {
    for has_codec in [true, false] {
        let canned = Canned::new(|_, _| json(200, "{}"));
        write_everything(&canned.db(has_codec)).await;
        let sent = canned.sent();
        assert_eq!(sent.len(), 4);
        for request in &sent {
            assert_signed(request);
            let body = String::from_utf8(request.body.clone()).unwrap();
            assert!(body.contains("ord_0001") || body.contains("ord_0099"));
            assert!(!body.contains("\"Item\":{}"), "a stub is left: {body}");
        }
    }
}

/// Of the same items, the same requests.
#[tokio::test]
async fn the_filled_requests_are_those_of_the_sdk() {
    let [filled, by_the_sdk] = [true, false].map(|_| Canned::new(|_, _| json(200, "{}")));
    write_everything(&filled.db(true)).await;
    write_everything(&by_the_sdk.db(false)).await;
    let [filled, by_the_sdk] = [filled, by_the_sdk].map(|canned| canned.sent());
    assert_eq!(filled.len(), by_the_sdk.len());
    for (filled, by_the_sdk) in filled.iter().zip(&by_the_sdk) {
        assert_eq!(filled.json(), by_the_sdk.json());
        assert_eq!(filled.uri, by_the_sdk.uri);
        let [names, expected] = [filled, by_the_sdk].map(|sent| {
            let headers = sent.headers.iter().map(|(name, _)| name.clone());
            headers.collect::<std::collections::BTreeSet<_>>()
        });
        assert_eq!(names, expected);
    }
}

/// The check above can fail.
#[tokio::test]
async fn another_body_has_another_signature() {
    let canned = Canned::new(|_, _| json(200, "{}"));
    Orders::put(&item(1))
        .execute(&canned.db(true))
        .await
        .unwrap();
    let mut sent = canned.sent().remove(0);
    let before = signature(&sent);
    sent.body.push(b' ');
    assert_ne!(signature(&sent), before);
}
