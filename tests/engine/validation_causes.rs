//! A validation says whose fault it is, by a typed cause.

use dkmio::error::ValidationCause;
use dkmio::{Condition, DynamoTable, Error, attr};
use dkmio_tests::canned::{Canned, json};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Orders, order};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "blobs")]
struct Blobs {
    #[pk]
    id: String,
    text: String,
}

fn blob(id: &str, size: usize) -> Blobs {
    Blobs {
        id: id.to_owned(),
        text: "x".repeat(size),
    }
}

fn cause<T: std::fmt::Debug>(result: Result<T, Error>) -> ValidationCause {
    match result {
        Err(Error::Validation(e)) => e.cause(),
        other => panic!("not a validation: {other:?}"),
    }
}

#[tokio::test]
async fn an_item_that_is_too_large_tells_its_size_and_the_limit() {
    check(async |db| {
        Database::create::<Blobs>(&db).await?;
        let large = blob("b", 500_000);
        let in_batch = Blobs::batch_write().put(&large).execute(&db).await;
        let put = Blobs::put(&large).execute(&db).await;
        let member = dkmio::transact_write().add(Blobs::put(&large));
        for result in [put, in_batch, member.execute(&db).await] {
            let found = cause(result);
            let ValidationCause::ItemTooLarge { size, limit } = found else {
                panic!("{found:?}");
            };
            // The names `id` and `text`, and the key's value.
            assert_eq!((size, limit), (Some(500_007), 409_600));
            assert_eq!(found.http_status(), 413);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn each_limit_is_told_with_what_is_over_it() {
    check(async |db| {
        Database::create::<Blobs>(&db).await?;
        let filtered = |condition: Condition| Blobs::scan().filter(|_| condition);
        let many = Condition::any((0..200).map(|n| attr("a").eq(n)));
        assert!(matches!(
            cause(filtered(many).execute(&db).await),
            ValidationCause::TooManyOperators { count: Some(n), limit: 300 } if n > 300
        ));
        let name = "n".repeat(40);
        let long = Condition::any((0..100).map(|n| attr(&name).eq(n)));
        assert!(matches!(
            cause(filtered(long).execute(&db).await),
            ValidationCause::ExpressionTooLong { size: Some(n), limit: 4096 } if n > 4096
        ));
        let heavy = "x".repeat(1_100_000);
        let heavy = attr("a").eq(&heavy) | attr("b").eq(&heavy);
        let found = cause(filtered(heavy).execute(&db).await);
        assert!(matches!(
            found,
            ValidationCause::RequestTooLarge { size: Some(n), .. } if n > 2 * 1024 * 1024
        ));
        assert_eq!(found.http_status(), 413);
        let deep = attr(&["a"; 40].join(".")).exists();
        assert_eq!(
            cause(filtered(deep).execute(&db).await),
            ValidationCause::NestedTooDeep { limit: 32 }
        );
        let mut members = dkmio::transact_write();
        for n in 0..101 {
            members = members.add(Blobs::delete(n.to_string()));
        }
        assert_eq!(
            cause(members.execute(&db).await),
            ValidationCause::TooMany {
                count: Some(101),
                limit: 100
            }
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_fault_of_a_whole_request_names_its_tables() {
    fn table<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
        match result {
            Err(Error::Validation(e)) => e.table().to_owned(),
            other => panic!("not a validation: {other:?}"),
        }
    }
    check(async |db| {
        let (one, again) = (order("u", "o"), order("u", "o"));
        let batch = Orders::batch_write().put(&one).put(&again);
        assert_eq!(table(batch.execute(&db).await), "orders");
        let write = dkmio::transact_write()
            .add(Orders::put(&one))
            .add(Blobs::put(&blob("b", 1)))
            .add(Orders::delete(&again));
        assert_eq!(table(write.execute(&db).await), "blobs, orders");
        let get = || Orders::get(&one);
        let read = dkmio::transact_get((get(), get()));
        assert_eq!(table(read.execute(&db).await), "orders");
        assert_eq!(table(dkmio::transact_write().execute(&db).await), "");
        let condition = Condition::any([]);
        let of_member = Orders::put(&one).condition(|_| condition);
        let write = dkmio::transact_write().add(Blobs::put(&blob("b", 1)));
        assert_eq!(table(write.add(of_member).execute(&db).await), "orders");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_caller_is_told_from_a_program_that_is_wrong() {
    check(async |db| {
        Database::create::<Orders>(&db).await?;
        let (one, again) = (order("u", "o"), order("u", "o"));
        let batch = Orders::batch_write().put(&one).put(&again);
        let transaction = dkmio::transact_write()
            .add(Orders::put(&one))
            .add(Orders::delete(&again));
        let nothing = dkmio::transact_write();
        let of_the_caller = [
            (cause(batch.execute(&db).await), ValidationCause::Duplicate),
            (
                cause(transaction.execute(&db).await),
                ValidationCause::Duplicate,
            ),
            (cause(nothing.execute(&db).await), ValidationCause::Empty),
            (
                cause(
                    Orders::scan()
                        .filter(|_| Condition::any([]))
                        .execute(&db)
                        .await,
                ),
                ValidationCause::Empty,
            ),
            (
                cause(
                    Orders::scan()
                        .filter(|_| attr("a[").eq(1))
                        .execute(&db)
                        .await,
                ),
                ValidationCause::Path,
            ),
            (
                cause(Orders::scan().page_size(0).execute(&db).await),
                ValidationCause::Value,
            ),
        ];
        for (found, expected) in of_the_caller {
            assert_eq!(found, expected);
            assert_eq!(found.http_status(), 400, "{found:?}");
        }
        let conditional = Orders::batch_write().add(Orders::put(&one).if_not_exists());
        let found = cause(conditional.execute(&db).await);
        assert_eq!(
            (found, found.http_status()),
            (ValidationCause::Options, 500)
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_dynamodb_refuses_has_the_cause_that_its_message_names() {
    let item_too_large = ValidationCause::ItemTooLarge {
        size: None,
        limit: 409_600,
    };
    let too_long = ValidationCause::ExpressionTooLong {
        size: None,
        limit: 4096,
    };
    let too_deep = ValidationCause::NestedTooDeep { limit: 32 };
    for (message, expected, status) in [
        (
            "Item size to update has exceeded the maximum allowed size",
            item_too_large,
            413,
        ),
        (
            "Item size has exceeded the maximum allowed size",
            item_too_large,
            413,
        ),
        (
            "Invalid UpdateExpression: Expression size has exceeded the maximum allowed size;",
            too_long,
            400,
        ),
        (
            "Nesting Levels have exceeded supported limits",
            too_deep,
            400,
        ),
        (
            "The provided key element does not match the schema",
            ValidationCause::Key,
            400,
        ),
        (
            "One or more parameter values were invalid: Type mismatch for key id expected: S actual: N",
            ValidationCause::Key,
            400,
        ),
        (
            "Transaction request cannot include multiple operations on one item",
            ValidationCause::Duplicate,
            400,
        ),
        (
            "The document path provided in the update expression is invalid for update",
            ValidationCause::DocumentPath,
            409,
        ),
        (
            "An operand in the update expression has an incorrect data type",
            ValidationCause::OperandType,
            409,
        ),
        ("Something else altogether", ValidationCause::Remote, 500),
    ] {
        let body = serde_json::json!({
            "__type": "com.amazon.coral.validate#ValidationException",
            "message": message,
        });
        let canned = Canned::new(move |_, _| json(400, body.to_string()));
        let put = Orders::put(&order("u", "o")).execute(&canned.db(true));
        let found = cause(put.await);
        assert_eq!(
            (found, found.http_status()),
            (expected, status),
            "{message}"
        );
    }
}
