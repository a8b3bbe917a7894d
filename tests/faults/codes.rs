//! Each error code that the SDK's model lists for the operations dkmio sends, and those that DynamoDB sends besides.

use crate::variant;
use crate::verbs::{Verb, items, table};
use dkmio_tests::faults::Fault;

/// Code, status, variant, and whether it passes.
const CODES: [(&str, u16, &str, bool); 29] = [
    ("AccessDeniedException", 400, "Service", false),
    (
        "ConditionalCheckFailedException",
        400,
        "ConditionFailed",
        false,
    ),
    ("ExpiredTokenException", 400, "Configuration", false),
    (
        "IdempotentParameterMismatchException",
        400,
        "Service",
        false,
    ),
    ("IncompleteSignatureException", 400, "Configuration", false),
    ("IndexNotFoundException", 400, "TableNotFound", false),
    ("InternalServerError", 500, "Service", true),
    ("InvalidEndpointException", 421, "Service", false),
    ("InvalidSignatureException", 400, "Configuration", false),
    (
        "ItemCollectionSizeLimitExceededException",
        400,
        "CollectionSizeLimit",
        false,
    ),
    ("LimitExceededException", 400, "Service", true),
    (
        "MissingAuthenticationTokenException",
        400,
        "Configuration",
        false,
    ),
    ("NoSuchCodeException", 400, "Service", false),
    (
        "ProvisionedThroughputExceededException",
        400,
        "Throttled",
        true,
    ),
    ("ReplicatedWriteConflictException", 400, "Service", true),
    ("RequestLimitExceeded", 400, "Throttled", true),
    ("ResourceInUseException", 400, "Validation", false),
    ("ResourceNotFoundException", 400, "TableNotFound", false),
    ("SerializationException", 400, "Validation", false),
    ("ServiceUnavailable", 503, "Service", true),
    ("SlowDown", 503, "Service", true),
    ("TableAlreadyExistsException", 400, "Validation", false),
    ("TableNotFoundException", 400, "TableNotFound", false),
    ("Throttling", 400, "Throttled", true),
    ("ThrottlingException", 400, "Throttled", true),
    (
        "TransactionConflictException",
        400,
        "TransactionConflict",
        true,
    ),
    ("TransactionInProgressException", 400, "Service", true),
    ("UnrecognizedClientException", 400, "Configuration", false),
    ("ValidationException", 400, "Validation", false),
];

#[tokio::test(start_paused = true)]
async fn each_code_has_its_variant() {
    let mut wrong = Vec::new();
    for (code, status, expected, passes) in CODES {
        let faults = table().await;
        faults.script([Fault::Code(status, code)]);
        let error = Verb::Put.run(&faults.db()).await.unwrap_err();
        let seen = (variant(&error), error.is_retryable());
        if seen != (expected, passes) {
            wrong.push(format!("{code}: {seen:?}, not {:?}", (expected, passes)));
        }
        if expected != "Configuration" {
            assert_eq!(error.code(), Some(code), "{code}");
            assert!(error.request_id().is_some(), "{code}");
        }
        assert_eq!(error.is_throttling(), expected == "Throttled", "{code}");
        assert_eq!(error.is_ambiguous(), status >= 500, "{code}");
        assert!(error.to_string().contains("PutItem on `orders`"), "{error}");
        assert_eq!(items(&faults).await, Verb::Put.after(false), "{code}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
