//! A cursor is data from outside.

use super::refused;
use dkmio::{Cursor, DynamoDb, DynamoTable, Error, Page};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Orders, Status, order};
use serde::{Deserialize, Serialize};

/// Another table with the same keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "invoices")]
struct Invoices {
    #[pk]
    user_id: String,
    #[sk]
    order_id: String,
}

fn is_invalid_cursor(error: &Error) -> bool {
    matches!(error, Error::InvalidCursor(_))
}

async fn with_orders() -> Result<DynamoDb, Error> {
    let db = Database::with::<Orders>().await?;
    db.create_table::<Invoices>().await?;
    for user in ["usr_1", "usr_2"] {
        for n in 0..4 {
            let mut order = order(user, &format!("ord_{n}"));
            order.region = Some("eu".into());
            Orders::put(&order).execute(&db).await?;
        }
    }
    Ok(db)
}

fn cursor<T>(page: Result<Page<T>, Error>) -> Result<Cursor, Error> {
    Ok(page?.next().expect("there is more").clone())
}

#[tokio::test]
async fn a_cursor_goes_on_only_where_it_was_made() {
    check(async |_| {
        let db = with_orders().await?;
        let table = || Orders::query("usr_1").page_size(1);
        let cursors = [
            cursor(Orders::query("usr_2").page_size(1).execute(&db).await)?,
            cursor(Orders::scan().page_size(1).execute(&db).await)?,
            cursor(
                Orders::by_amount()
                    .query("usr_1")
                    .page_size(1)
                    .execute(&db)
                    .await,
            )?,
            cursor(
                Orders::by_date()
                    .query("usr_1")
                    .page_size(1)
                    .execute(&db)
                    .await,
            )?,
            cursor(
                Orders::by_status()
                    .query(Status::Pending)
                    .page_size(1)
                    .execute(&db)
                    .await,
            )?,
            cursor(Orders::by_region().scan().page_size(1).execute(&db).await)?,
        ];
        for cursor in cursors {
            let cursor: Cursor = cursor.to_string().parse()?;
            refused(
                table().start_from(cursor.clone()).execute(&db).await,
                is_invalid_cursor,
            );
            refused(
                table().start_from(cursor.clone()).count(&db).await,
                is_invalid_cursor,
            );
            refused(
                table().start_from(cursor.clone()).first(&db).await,
                is_invalid_cursor,
            );
            refused(
                table().start_from(cursor.clone()).explain(),
                is_invalid_cursor,
            );
            let next = table().start_from(cursor).stream(&db).next().await;
            refused(next.unwrap(), is_invalid_cursor);
        }
        let own = cursor(table().execute(&db).await)?;
        let other = Invoices::query("usr_1").start_from(own.clone());
        refused(other.execute(&db).await, is_invalid_cursor);
        refused(
            Orders::scan().start_from(own.clone()).execute(&db).await,
            is_invalid_cursor,
        );
        let draft = Orders::by_status()
            .query(Status::Draft)
            .start_from(own.clone());
        refused(draft.execute(&db).await, is_invalid_cursor);
        assert_eq!(
            table().start_from(own).execute(&db).await?[0].order_id,
            "ord_1"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_cursor_survives_other_options_of_the_same_query() {
    check(async |_| {
        let db = with_orders().await?;
        let cursor = cursor(Orders::query("usr_1").page_size(2).execute(&db).await)?;
        let query = Orders::query("usr_1")
            .filter(|o| o.total().gt(0))
            .select(|o| o.order_id())
            .start_from(cursor);
        assert_eq!(query.execute(&db).await?.items(), &["ord_2", "ord_3"]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_token_that_is_corrupt_at_any_byte_is_refused() {
    check(async |_| {
        let db = with_orders().await?;
        for page in [
            cursor(Orders::query("usr_1").page_size(1).execute(&db).await)?,
            cursor(
                Orders::by_amount()
                    .query("usr_1")
                    .page_size(1)
                    .execute(&db)
                    .await,
            )?,
        ] {
            let token = page.to_string();
            assert!(
                token
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
            );
            assert_eq!(token.parse::<Cursor>()?, page);
            for at in 0..token.len() {
                for replacement in ["A", "B", "z", "0", "_", "=", "é", "+", ""] {
                    let mut corrupt = token.clone();
                    corrupt.replace_range(at..=at, replacement);
                    if corrupt != token {
                        refused(corrupt.parse::<Cursor>(), is_invalid_cursor);
                    }
                }
                if at > 0 {
                    refused(token[..at].parse::<Cursor>(), is_invalid_cursor);
                }
            }
            refused(format!("{token}A").parse::<Cursor>(), is_invalid_cursor);
            refused(
                format!("{token}{token}").parse::<Cursor>(),
                is_invalid_cursor,
            );
        }
        refused("A".repeat(1 << 20).parse::<Cursor>(), is_invalid_cursor);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_cursor_goes_on_only_within_the_condition_on_the_sort_key() {
    check(async |_| {
        let db = with_orders().await?;
        let of = |n: u32| {
            let page = Orders::query("usr_1").sk(move |k| k.ge(format!("ord_{n}")));
            page.page_size(1).execute(&db)
        };
        let (at_0, at_2) = (cursor(of(0).await)?, cursor(of(2).await)?);
        // Each query has one end of its range between the two.
        let q = || Orders::query("usr_1");
        macro_rules! within {
            ($($query:expr, $inside:expr, $outside:expr, $rest:expr;)*) => { $(
                let found = $query.start_from($inside).select(|o| o.order_id());
                assert_eq!(found.fetch_all(&db).await?, $rest, "{}", stringify!($query));
                refused($query.start_from($outside).execute(&db).await, is_invalid_cursor);
                refused($query.start_from($outside).stream(&db).next().await.unwrap(), is_invalid_cursor);
                refused($query.start_from($outside).explain(), is_invalid_cursor);
            )* };
        }
        within! {
            q().sk(|k| k.ge("ord_1")), &at_2, &at_0, ["ord_3"];
            q().sk(|k| k.gt("ord_0")), &at_2, &at_0, ["ord_3"];
            q().sk(|k| k.le("ord_1")), &at_0, &at_2, ["ord_1"];
            q().sk(|k| k.lt("ord_2")), &at_0, &at_2, ["ord_1"];
            q().sk(|k| k.eq("ord_2")), &at_2, &at_0, [""; 0];
            q().sk(|k| k.between("ord_1", "ord_9")), &at_2, &at_0, ["ord_3"];
            q().sk(|k| k.between("ord_0", "ord_1")), &at_0, &at_2, ["ord_1"];
            q().sk(|k| k.begins_with("ord_2")), &at_2, &at_0, [""; 0];
        }
        Ok(())
    })
    .await;
}

/// Numbers are compared as numbers, on the key of an index.
#[tokio::test]
async fn a_cursor_of_an_index_goes_on_only_within_its_condition() {
    check(async |_| {
        let db = with_orders().await?;
        for (n, total) in [5, 9, 10, 100].into_iter().enumerate() {
            let update = Orders::update(("usr_1", format!("ord_{n}")));
            update.set(|o| o.total(), total).execute(&db).await?;
        }
        let query = || Orders::by_amount().query("usr_1");
        let at_9 = cursor(query().limit(2).execute(&db).await)?;
        let larger = query().sk(|k| k.gt(10)).start_from(&at_9);
        refused(larger.execute(&db).await, is_invalid_cursor);
        let range = query().sk(|k| k.between(6, 50)).start_from(&at_9);
        let totals = range.select(|o| o.total()).fetch_all(&db).await?;
        assert_eq!(totals, [10]);
        // A range that moves, such as the last thirty days, goes on.
        let first = query().sk(|k| k.ge(5)).page_size(2).execute(&db).await;
        let moved = query().sk(|k| k.ge(6)).start_from(cursor(first)?);
        let totals = moved.select(|o| o.total()).fetch_all(&db).await?;
        assert_eq!(totals, [10, 100]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_cursor_does_not_print_the_key() {
    check(async |_| {
        let db = with_orders().await?;
        let cursor = cursor(Orders::query("usr_1").page_size(1).execute(&db).await)?;
        assert!(!format!("{cursor:?}").contains("usr_1"));
        let query = Orders::query("usr_1").start_from(cursor);
        assert!(!query.explain()?.redacted().to_string().contains("ord_0"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_cursor_of_a_deleted_item_still_goes_on() {
    check(async |_| {
        let db = with_orders().await?;
        let cursor = cursor(Orders::query("usr_1").limit(2).execute(&db).await)?;
        Orders::delete(("usr_1", "ord_1")).execute(&db).await?;
        let page = Orders::query("usr_1")
            .start_from(cursor)
            .select(|o| o.order_id());
        assert_eq!(page.execute(&db).await?.items(), &["ord_2", "ord_3"]);
        Ok(())
    })
    .await;
}
