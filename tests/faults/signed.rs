//! What is signed is what is sent: with the items in it, and with its length.

use crate::tables::{item, key};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign,
};
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::{GetIdentityResolver, RuntimeComponents};
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::date_time::Format;
use dkmio::DynamoDb;
use dkmio_tests::canned::{Canned, SECRET, Sent, connection, json};
use dkmio_tests::orders::Orders;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

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

/// Sends three requests to a server whose clock is off by this much. Returns by how much the last one is dated off.
async fn last_is_dated(off: Duration) -> Duration {
    let canned = Canned::new(move |_, _| {
        let date = DateTime::from(SystemTime::now() + off);
        let mut answer = json(200, "{}");
        let date = date.fmt(Format::HttpDate).unwrap();
        answer.headers_mut().insert("date", date);
        answer
    });
    let db = canned.db(true);
    for _ in 0..3 {
        Orders::delete(key(1)).execute(&db).await.unwrap();
    }
    let sent = canned.sent();
    sent.iter().for_each(assert_signed);
    let date = sent[2].header("x-amz-date").unwrap();
    let date = chrono::NaiveDateTime::parse_from_str(date, "%Y%m%dT%H%M%SZ").unwrap();
    let date = DateTime::from_secs(date.and_utc().timestamp());
    let date = SystemTime::try_from(date).unwrap();
    date.duration_since(SystemTime::now()).unwrap_or_default()
}

#[tokio::test]
async fn a_clock_that_is_far_off_is_corrected_as_by_the_sdk() {
    let dated = last_is_dated(Duration::from_secs(600)).await;
    assert!(dated > Duration::from_secs(500), "{dated:?}");
    let dated = last_is_dated(Duration::from_secs(20)).await;
    assert!(dated < Duration::from_secs(40), "{dated:?}");
}

/// A scheme of the user's.
#[derive(Debug, Default, Clone)]
struct Own(Arc<AtomicUsize>);

impl AuthScheme for Own {
    fn scheme_id(&self) -> AuthSchemeId {
        AuthSchemeId::new("sigv4")
    }

    fn identity_resolver(
        &self,
        resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        resolvers.identity_resolver(self.scheme_id())
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for Own {
    fn sign_http_request(
        &self,
        _: &mut HttpRequest,
        _: &Identity,
        _: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

#[tokio::test]
async fn a_scheme_of_the_users_signs() {
    let canned = Canned::new(|_, _| json(200, "{}"));
    let own = Own::default();
    let db = connection(canned.config().push_auth_scheme(own.clone()), true);
    write_everything(&db).await;
    assert_eq!(own.0.load(Ordering::Relaxed), 4);
    let is_signed = |sent: &Sent| sent.header("authorization").is_some();
    assert!(!canned.sent().iter().any(is_signed));
}
