//! What DynamoDB echoes of a request is not printed; the accessors have it.

use crate::printed;
use dkmio::Error;
use dkmio_tests::canned::{Canned, json};
use dkmio_tests::orders::{Orders, order};
use std::time::Duration;

const SECRET: &str = "S3CRET";

async fn answered(status: u16, code: &str, message: &str, has_codec: bool) -> Error {
    let body = serde_json::json!({ "__type": format!("x#{code}"), "message": message });
    let canned = Canned::new(move |_, _| json(status, body.to_string()));
    let put = Orders::put(&order("u", "o")).execute(&canned.db(has_codec));
    put.await.unwrap_err()
}

#[tokio::test]
async fn families_of_messages_that_echo_values_are_shown_without_them() {
    for (code, message, helps) in [
        (
            "ValidationException",
            "The parameter cannot be converted to a numeric value: S3CRET",
            "numeric value",
        ),
        (
            "ValidationException",
            "One or more parameter values were invalid: Input collection [S3CRET, S3CRET] contains duplicates",
            "contains duplicates",
        ),
        (
            "ValidationException",
            "Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {S:S3CRET}, upper bound operand: AttributeValue: {S:S3CRET}",
            "upper bound to be greater",
        ),
        (
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided.\n\nThe Canonical String for this request should have been\n'POST\n/\n\nx-amz-security-token:S3CRET\n'",
            "does not match",
        ),
        (
            "AccessDeniedException",
            "User: arn:aws:sts::123:assumed-role/r/S3CRET is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:S3CRET",
            "dynamodb:PutItem",
        ),
        (
            "SerializationException",
            "Unrecognized token 'S3CRET': was expecting JSON",
            "Unrecognized token",
        ),
    ] {
        for has_codec in [true, false] {
            let error = answered(400, code, message, has_codec).await;
            let text = printed(&error);
            assert!(!text.contains(SECRET), "{text}");
            assert!(error.to_string().contains(helps), "{error}");
            assert_eq!(error.server_message(), Some(message));
            let own = error.sdk_error().unwrap();
            assert!(format!("{own:?}").contains(SECRET), "{own:?}");
        }
    }
}

#[tokio::test]
async fn what_helps_in_a_message_is_shown() {
    let message =
        "One or more parameter values were invalid: Type mismatch for key id expected: S actual: N";
    let error = answered(400, "ValidationException", message, true).await;
    assert!(error.to_string().contains(message), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_error_says_when_to_send_again_where_there_is_something_to_tell_it_from() {
    let second = Some(Duration::from_secs(1));
    for (status, code, expected) in [
        (400, "ThrottlingException", second),
        (400, "ProvisionedThroughputExceededException", second),
        (400, "ValidationException", None),
        (500, "InternalServerError", None),
        (400, "TransactionConflictException", None),
    ] {
        let error = answered(status, code, "no", true).await;
        assert_eq!(error.retry_after(), expected, "{code}");
    }
    let canned = Canned::new(|_, _| json(500, "{}"));
    let db = canned.db(true);
    for _ in 0..5 {
        let _ = Orders::get(("u", "o")).execute(&db).await.unwrap_err();
    }
    let error = Orders::get(("u", "o")).execute(&db).await.unwrap_err();
    assert!(matches!(error, Error::CircuitOpen(_)), "{error}");
    let left = error.retry_after().unwrap();
    assert!(left > Duration::from_secs(20), "{left:?}");
}
