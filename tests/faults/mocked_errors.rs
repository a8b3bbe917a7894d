//! Errors that `aws-smithy-mocks` makes: of the SDK's types, without what an answer brings.

use crate::mocked::{mocked, values};
use crate::tables::item;
use crate::variant;
use aws_smithy_mocks::mock;
use dkmio::Error;
use dkmio::aws_sdk_dynamodb::Client;
use dkmio::aws_sdk_dynamodb::operation::put_item::PutItemError;
use dkmio::aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use dkmio::aws_sdk_dynamodb::types::CancellationReason;
use dkmio::aws_sdk_dynamodb::types::error as types;
use dkmio_tests::canned::{Canned, json};
use dkmio_tests::orders::Orders;

/// What a program can ask an error.
fn asked(error: &Error) -> (&'static str, Option<&str>, [bool; 3]) {
    let predicates = [
        error.is_retryable(),
        error.is_throttling(),
        error.is_ambiguous(),
    ];
    (variant(error), error.code(), predicates)
}

/// A mock's error has the type, and no code.
#[tokio::test(start_paused = true)]
async fn errors_of_the_sdk_are_those_of_http() {
    macro_rules! rules {
        ($($error:ident)*) => {
            [$((stringify!($error), mock!(Client::put_item).then_error(|| {
                PutItemError::$error(types::$error::builder().build())
            }))),*]
        };
    }
    for has_codec in [true, false] {
        for (code, rule) in rules! {
            ConditionalCheckFailedException InternalServerError InvalidEndpointException
            ItemCollectionSizeLimitExceededException ProvisionedThroughputExceededException
            ReplicatedWriteConflictException RequestLimitExceeded ResourceNotFoundException
            ThrottlingException TransactionConflictException
        } {
            let http = Canned::new(move |_, _| {
                let status = match code {
                    "InternalServerError" => 500,
                    "InvalidEndpointException" => 421,
                    _ => 400,
                };
                json(status, format!(r#"{{"__type":"{code}"}}"#))
            });
            let put = || Orders::put(&item(1)).if_not_exists();
            let over_http = put().execute(&http.db(has_codec)).await.unwrap_err();
            let db = mocked(&[rule], has_codec);
            let error = put().execute(&db).await.unwrap_err();
            assert_eq!(error.code(), Some(code));
            assert_eq!(asked(&error), asked(&over_http), "{code}");
        }
    }
}

#[tokio::test]
async fn errors_of_the_sdk_bring_their_items() {
    for has_codec in [true, false] {
        let rules = [
            mock!(Client::put_item).then_error(|| {
                let error = types::ConditionalCheckFailedException::builder();
                let error = error.set_item(Some(values(2))).build();
                PutItemError::ConditionalCheckFailedException(error)
            }),
            mock!(Client::transact_write_items).then_error(|| {
                let reason = CancellationReason::builder().code("ConditionalCheckFailed");
                let reason = reason.set_item(Some(values(3))).build();
                let error = types::TransactionCanceledException::builder();
                let error = error.cancellation_reasons(reason).build();
                TransactWriteItemsError::TransactionCanceledException(error)
            }),
        ];
        let db = mocked(&rules, has_codec);
        let put = || {
            Orders::put(&item(1))
                .if_not_exists()
                .return_old_on_failure()
        };
        let Err(Error::ConditionFailed(error)) = put().execute(&db).await else {
            panic!("the condition holds");
        };
        assert_eq!(error.item::<Orders>().unwrap(), Some(item(2)));
        let transaction = dkmio::transact_write().add(put()).execute(&db).await;
        let Err(Error::TransactionCanceled(error)) = transaction else {
            panic!("it is not canceled");
        };
        let reason = &error.reasons()[0];
        assert_eq!(reason.item::<Orders>().unwrap(), Some(item(3)));
    }
}
