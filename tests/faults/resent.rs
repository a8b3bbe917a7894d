//! What the SDK sends again is what it sent before, with the items in it.

use crate::signed::{assert_signed, write_everything};
use crate::tables::item;
use dkmio_tests::canned::{Canned, Sent, json};
use dkmio_tests::orders::Orders;

/// Throttles the first attempt of each request, breaks down at the second, and answers the third.
fn third_time() -> Canned {
    Canned::new(|at, _| match at % 3 {
        0 => json(400, r#"{"__type":"ThrottlingException","message":"later"}"#),
        1 => json(500, r#"{"__type":"InternalServerError","message":"down"}"#),
        _ => json(200, "{}"),
    })
}

/// What stays as it is from one attempt to the next.
fn fixed(sent: &Sent) -> Vec<(&str, &str)> {
    let headers = sent.headers.iter().map(|(k, v)| (k.as_str(), v.as_str()));
    let changes = ["amz-sdk-request", "authorization", "x-amz-date"];
    headers
        .filter(|(name, _)| !changes.contains(name))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn every_attempt_sends_the_same_bytes() {
    for has_codec in [true, false] {
        let canned = third_time();
        write_everything(&canned.db(has_codec)).await;
        let sent = canned.sent();
        assert_eq!(sent.len(), 12, "four requests of three attempts");
        for attempts in sent.chunks(3) {
            for attempt in attempts {
                assert_eq!(attempt.body, attempts[0].body);
                assert_eq!(fixed(attempt), fixed(&attempts[0]));
                assert_signed(attempt);
            }
            let body = String::from_utf8(attempts[0].body.clone()).unwrap();
            assert!(body.contains("ord_0001") || body.contains("ord_0099"));
        }
    }
}

/// The token that is made up, where the program gives none.
#[tokio::test(start_paused = true)]
async fn every_attempt_of_a_transaction_has_the_same_token() {
    for has_codec in [true, false] {
        let canned = third_time();
        let transaction = dkmio::transact_write().add(Orders::put(&item(1)));
        transaction.execute(&canned.db(has_codec)).await.unwrap();
        let sent = canned.sent();
        assert_eq!(sent.len(), 3);
        let tokens = sent
            .iter()
            .map(|sent| sent.json()["ClientRequestToken"].clone());
        let tokens: Vec<_> = tokens.collect();
        assert!(tokens[0].as_str().is_some_and(|token| token.len() == 32));
        assert!(tokens.iter().all(|token| *token == tokens[0]));
        assert!(sent.iter().all(|attempt| attempt.body == sent[0].body));
    }
}
