//! Errors, by what DynamoDB answers.

use super::{six, with_orders};
use dkmio::{DynamoTable, Error, attr};
use dkmio_tests::database::check;
use dkmio_tests::orders::{Orders, Status, order};
use serde::{Deserialize, Serialize};

#[tokio::test]
async fn a_missing_table_is_table_not_found_for_each_verb() {
    check(async |db| {
        let order = order("usr_1", "ord_1");
        let errors = [
            Orders::get(&order).execute(&db).await.unwrap_err(),
            Orders::put(&order).execute(&db).await.unwrap_err(),
            Orders::update(&order)
                .set(|o| o.total(), 1)
                .execute(&db)
                .await
                .unwrap_err(),
            Orders::delete(&order).execute(&db).await.unwrap_err(),
            Orders::query("usr_1").execute(&db).await.unwrap_err(),
            Orders::by_status()
                .query(Status::Draft)
                .execute(&db)
                .await
                .unwrap_err(),
            Orders::scan().execute(&db).await.unwrap_err(),
            db.delete_table::<Orders>().await.unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.code(), Some("ResourceNotFoundException"));
            assert!(!error.is_retryable() && !error.is_throttling() && !error.is_ambiguous());
            let Error::TableNotFound(e) = error else {
                panic!("{error:?}");
            };
            assert_eq!(e.table(), db.table_name("orders"));
            assert!(!e.operation().is_empty());
            assert!(std::error::Error::source(&e).is_some());
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_invalid_request_is_a_validation_error() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        // The type of an attribute is known to DynamoDB only: here a string is no number to add to.
        let update = Orders::update(("usr_1", "ord_1")).add(|_| attr("created_at"), 1);
        let error = update.execute(&db).await.unwrap_err();
        assert_eq!(error.code(), Some("ValidationException"));
        assert!(matches!(&error, Error::Validation(e) if e.operation() == "UpdateItem"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_index_that_the_table_lacks_is_an_error_of_the_request() {
    #[derive(Debug, Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "orders")]
    #[gsi(by_note, name = "gsi-note", pk = note)]
    struct Newer {
        #[pk]
        user_id: String,
        #[sk]
        order_id: String,
        note: Option<String>,
    }

    check(async |db| {
        with_orders(&db, &six()).await?;
        let query = Newer::by_note().query("x").execute(&db).await;
        let error = query.unwrap_err();
        assert!(
            matches!(error, Error::Validation(_) | Error::TableNotFound(_)),
            "{error:?}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_table_that_exists_is_not_created_again() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let error = db.create_table::<Orders>().await.unwrap_err();
        assert_eq!(error.code(), Some("ResourceInUseException"));
        assert_eq!(Orders::scan().count(&db).await?, 6);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_table_that_exists_can_be_taken_for_the_one_to_make() {
    check(async |db| {
        let create = || db.create_table::<Orders>().if_not_exists();
        create().await?;
        Orders::put(&six()[0]).execute(&db).await?;
        create().await?;
        assert_eq!(Orders::scan().count(&db).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_error_says_operation_and_table() {
    check(async |db| {
        with_orders(&db, &six()).await?;
        let put = Orders::put(&six()[0]).if_not_exists();
        let error = put.execute(&db).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains("PutItem"), "{text}");
        assert!(text.contains(&db.table_name("orders")), "{text}");
        Ok(())
    })
    .await;
}

#[test]
fn an_error_is_small_and_goes_anywhere() {
    fn anywhere<T: Send + Sync + 'static + std::error::Error>() -> usize {
        size_of::<T>()
    }
    let size = anywhere::<Error>();
    assert!(size <= 128, "{size} bytes");
}
