//! Limits of keys: refused before sending, wherever a key is given.

use super::{is_invalid_key, refused};
use dkmio::{Bytes, DynamoTable, attr};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "keys")]
#[gsi(by_kind, name = "gsi-kind", pk = kind, sk = rank)]
struct Keys {
    #[pk]
    id: String,
    #[sk]
    part: Bytes,
    kind: Option<String>,
    rank: Option<String>,
}

fn keys(id: usize, part: usize) -> Keys {
    Keys {
        id: "i".repeat(id),
        part: vec![7; part].into(),
        kind: None,
        rank: None,
    }
}

#[tokio::test]
async fn the_longest_keys_are_taken() {
    check(async |db| {
        db.create_table::<Keys>().await?;
        let longest = Keys {
            kind: Some("k".repeat(2048)),
            rank: Some("r".repeat(1024)),
            ..keys(2048, 1024)
        };
        Keys::put(&longest).execute(&db).await?;
        assert!(Keys::get(&longest).execute(&db).await?.is_some());
        let query = Keys::by_kind()
            .query("k".repeat(2048))
            .sk(|k| k.eq("r".repeat(1024)));
        assert_eq!(query.execute(&db).await?.items(), &[longest]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_empty_or_long_key_is_refused_by_each_verb() {
    check(async |db| {
        for (id, part) in [(0, 1), (1, 0), (2049, 1), (1, 1025)] {
            let item = keys(id, part);
            refused(Keys::get(&item).execute(&db).await, is_invalid_key);
            refused(Keys::put(&item).execute(&db).await, is_invalid_key);
            refused(Keys::delete(&item).execute(&db).await, is_invalid_key);
            let update = Keys::update(&item).set(|k| k.kind(), "k");
            refused(update.execute(&db).await, is_invalid_key);
        }
        for id in ["".to_owned(), "i".repeat(2049)] {
            refused(Keys::query(&id).execute(&db).await, is_invalid_key);
            refused(Keys::by_kind().query(id).execute(&db).await, is_invalid_key);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_empty_or_long_index_key_is_refused_by_a_put() {
    check(async |db| {
        for (kind, rank) in [(0, 1), (1, 0), (2049, 1), (1, 1025)] {
            let item = Keys {
                kind: Some("k".repeat(kind)),
                rank: Some("r".repeat(rank)),
                ..keys(1, 1)
            };
            refused(Keys::put(&item).execute(&db).await, is_invalid_key);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_empty_or_long_index_key_is_refused_by_an_update() {
    check(async |db| {
        for (kind, rank) in [(0, 1), (1, 0), (2049, 1), (1, 1025)] {
            let update = Keys::update(("i", Bytes::from([1])))
                .set(|k| k.kind(), "k".repeat(kind))
                .set(|_| attr("rank"), "r".repeat(rank));
            refused(update.execute(&db).await, is_invalid_key);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_empty_or_long_sort_key_is_refused_by_a_key_condition() {
    check(async |db| {
        for rank in [0, 1025] {
            let rank = "r".repeat(rank);
            let query = || Keys::by_kind().query("k");
            refused(
                query().sk(|k| k.eq(&rank)).execute(&db).await,
                is_invalid_key,
            );
            refused(
                query().sk(|k| k.ge(&rank)).execute(&db).await,
                is_invalid_key,
            );
            refused(
                query().sk(|k| k.begins_with(&rank)).execute(&db).await,
                is_invalid_key,
            );
        }
        Ok(())
    })
    .await;
}
