//! Each way of writing and reading an item keeps the same, and one refused item keeps the others from being sent.

use super::check::sources;
use super::engine::connections;
use super::shape::Shape;
use super::structs::Everything;
use dkmio::{DynamoTable, Error};
use dkmio_tests::wire::Source;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "verbs")]
struct Verbs {
    #[pk]
    id: u32,
    everything: Option<Box<Everything>>,
    /// DynamoDB has 38 digits.
    wide: u128,
}

fn refused() -> Verbs {
    Verbs {
        id: 99,
        everything: None,
        wide: u128::MAX,
    }
}

#[tokio::test]
async fn every_verb_keeps_an_item() -> Result<(), Error> {
    let items: Vec<Verbs> = (0..)
        .zip(sources(9))
        .map(|(id, source)| Verbs {
            id,
            everything: Some(Box::new(Everything::made(&mut Source::new(&source)))),
            wide: 7,
        })
        .collect();
    for db in connections().await {
        db.create_table::<Verbs>().if_not_exists().await?;
        let mut writes = Verbs::batch_write();
        for item in &items[..3] {
            writes = writes.put(item);
        }
        writes.execute(&db).await?;
        let mut writes = dkmio::transact_write();
        for item in &items[3..6] {
            writes = writes.add(Verbs::put(item));
        }
        writes.execute(&db).await?;
        for item in &items[6..] {
            let update = Verbs::update(item.id)
                .set(|v| v.everything(), &item.everything)
                .set(|v| v.wide(), item.wide);
            assert_eq!(&update.return_new().execute(&db).await?, item);
        }

        let got = Verbs::batch_get(0..9).execute(&db).await?;
        assert_eq!(got.into_iter().flatten().collect::<Vec<_>>(), items);
        let mut scanned = Verbs::scan().fetch_all(&db).await?;
        scanned.sort_by_key(|v| v.id);
        assert_eq!(scanned, items);
        for item in &items {
            assert_eq!(Verbs::query(item.id).first(&db).await?.as_ref(), Some(item));
            let old = Verbs::delete(item.id).return_old().execute(&db).await?;
            assert_eq!(old.as_ref(), Some(item));
        }
    }
    Ok(())
}

#[tokio::test]
async fn nothing_is_sent_of_a_batch_or_transaction_with_a_refused_item() -> Result<(), Error> {
    let taken = Verbs {
        id: 1,
        wide: 7,
        ..refused()
    };
    for db in connections().await {
        db.create_table::<Verbs>().if_not_exists().await?;
        let batch = Verbs::batch_write()
            .put(&taken)
            .put(&refused())
            .execute(&db)
            .await;
        assert!(matches!(batch, Err(Error::Encode(_))), "{batch:?}");
        let transaction = dkmio::transact_write()
            .add(Verbs::put(&taken))
            .add(Verbs::put(&refused()));
        let transaction = transaction.execute(&db).await;
        assert!(
            matches!(transaction, Err(Error::Encode(_))),
            "{transaction:?}"
        );
        let update = Verbs::update(1)
            .set(|v| v.wide(), refused().wide)
            .execute(&db)
            .await;
        assert!(matches!(update, Err(Error::Encode(_))), "{update:?}");
        assert_eq!(Verbs::scan().count(&db).await?, 0);
    }
    Ok(())
}
