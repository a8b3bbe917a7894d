//! Limits of items and expressions: refused before sending, and taken by the engine just below.

use super::{is_validation, refused};
use dkmio::error::ValidationCause;
use dkmio::expr::{Expression, Update};
use dkmio::{Condition, DynamoTable, Error, attr};
use dkmio_tests::database::{Database, check};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "limits")]
struct Limits {
    #[pk]
    id: String,
    #[sk]
    n: u64,
    blob: String,
}

fn item(blob: usize) -> Limits {
    Limits {
        id: "i".into(),
        n: 1,
        blob: "x".repeat(blob),
    }
}

/// Asserts what of a query's filter is refused, and what the engine takes.
async fn filters(taken: Condition, over: Condition) -> Result<(), Error> {
    let db = Database::with::<Limits>().await?;
    let query = |condition: Condition| Limits::query("i").filter(|_| condition);
    assert_eq!(query(taken).execute(&db).await?.len(), 0);
    refused(query(over.clone()).execute(&db).await, is_validation);
    refused(query(over.clone()).count(&db).await, is_validation);
    let delete = Limits::delete(("i", 1)).condition(|_| over.clone());
    refused(delete.execute(&db).await, is_validation);
    let put = Limits::put(&item(1)).condition(|_| over);
    refused(put.execute(&db).await, is_validation);
    Ok(())
}

#[tokio::test]
async fn an_expression_has_four_kilobytes() {
    check(async |_| {
        let name = "n".repeat(40);
        let any = |n: u32| Condition::any((0..n).map(|i| attr(&name).eq(i)));
        filters(any(70), any(100)).await
    })
    .await;
}

#[tokio::test]
async fn an_expression_has_three_hundred_operators() {
    check(async |_| {
        let any = |n: u32| Condition::any((0..n).map(|i| attr("a").eq(i)));
        filters(any(150), any(151)).await?;
        filters(any(150), !any(150) & attr("b").exists()).await
    })
    .await;
}

#[test]
fn set_and_remove_are_no_operators() {
    let build = |update: Update| Expression::builder().update(update).build();
    // Names of two letters: 301 attributes are to stay within 4 KB.
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
    let name = |n: usize| format!("{}{}", letter(n / 26), letter(n));
    let names = |n: usize| (0..n).map(name).map(|name| attr(&name));
    let set = names(301).fold(Update::new(), |update, a| update.set(a, 1));
    build(set).unwrap();
    let remove = names(301).fold(Update::new(), |update, a| update.remove(a));
    build(remove).unwrap();
    let add = names(301).fold(Update::new(), |update, a| update.add(a, 1));
    build(add).unwrap();
    let increment = |n| names(n).fold(Update::new(), |update, a| update.set(a.clone(), a + 1));
    build(increment(200)).unwrap();
    let refused = build(increment(301)).unwrap_err();
    let Error::Validation(e) = &refused else {
        panic!("{refused:?}");
    };
    assert!(
        matches!(
            e.cause(),
            ValidationCause::TooManyOperators {
                count: Some(301),
                limit: 300
            }
        ),
        "{e:?}"
    );
    let made = |n| names(n).fold(Update::new(), |update, a| update.set_if_absent(a, 1));
    build(made(100)).unwrap();
    assert!(build(made(301)).is_err());
}

#[tokio::test]
async fn the_values_of_a_request_have_two_megabytes() {
    check(async |_| {
        let text = "x".repeat(100_000);
        let any = |n: u32| Condition::any((0..n).map(|_| attr("a").eq(&text)));
        filters(any(20), any(21)).await
    })
    .await;
}

#[tokio::test]
async fn a_path_has_thirty_two_levels() {
    check(async |_| {
        let path = |levels: usize| attr(&vec!["a"; levels].join(".")).exists();
        filters(path(32), path(33)).await?;
        let list = |indexes: usize| attr(&format!("a{}", "[0]".repeat(indexes))).exists();
        filters(list(31), list(32)).await
    })
    .await;
}

#[tokio::test]
async fn an_update_has_four_kilobytes_too() {
    check(async |db| {
        db.create_table::<Limits>().await?;
        let update = |n: u32| {
            (0..n).fold(Limits::update(("i", 1)), |update, i| {
                update.set(|_| attr(&format!("{}{i}", "n".repeat(40))), i)
            })
        };
        update(60).execute(&db).await?;
        refused(update(100).execute(&db).await, is_validation);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_item_has_four_hundred_kilobytes() {
    check(async |db| {
        db.create_table::<Limits>().await?;
        // `id`, `i`, `n`, 1 and `blob` take 2 + 1 + 1 + 2 + 4 bytes.
        let most = 400 * 1024 - 10;
        Limits::put(&item(most)).execute(&db).await?;
        refused(
            Limits::put(&item(most + 1)).execute(&db).await,
            is_validation,
        );
        assert_eq!(Limits::get(("i", 1)).execute(&db).await?, Some(item(most)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_update_that_makes_an_item_too_large_is_a_validation_error() {
    check(async |db| {
        db.create_table::<Limits>().await?;
        Limits::put(&item(300_000)).execute(&db).await?;
        let update = Limits::update(("i", 1)).set(|_| attr("more"), "x".repeat(200_000));
        let error = update.execute(&db).await.unwrap_err();
        assert_eq!(error.code(), Some("ValidationException"));
        Ok(())
    })
    .await;
}
