//! Sequences: numbers that rise, from an item of dkmio's own.

use dkmio::{DynamoDb, DynamoEntities, DynamoEntity, Error, SharedTable};
use futures_util::future::try_join_all;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(SharedTable)]
#[dkmio(table = "office")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
struct Office;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Office, kind = "invoice")]
#[key(pk = "CUSTOMER#{customer}", sk = "INVOICE#{number}")]
struct Invoice {
    customer: String,
    number: u64,
}

#[derive(Debug, DynamoEntities)]
#[entities(of = Office)]
enum Strict {
    Invoice(Invoice),
}

#[derive(Debug, DynamoEntities)]
#[entities(of = Office)]
enum Everything {
    Invoice(Invoice),
    #[entities(other)]
    Other(dkmio::Item),
}

#[dkmio::test(Office)]
async fn numbers_rise_and_nobody_gets_one_twice(db: DynamoDb) -> Result<(), Error> {
    assert_eq!(Office::sequence("invoice").next().execute(&db).await?, 1);
    assert_eq!(
        Office::sequence("invoice").take(3).execute(&db).await?,
        2..5
    );
    assert_eq!(Office::sequence("other").next().execute(&db).await?, 1);
    let taken = (0..50).map(|n| Office::sequence("invoice").take(n % 3 + 1).execute(&db));
    let taken = try_join_all(taken).await?;
    let all: Vec<u64> = taken.into_iter().flatten().collect();
    let distinct: BTreeSet<u64> = all.iter().copied().collect();
    assert_eq!(distinct.len(), all.len());
    let last = distinct.last().copied().unwrap();
    assert_eq!(
        Office::sequence("invoice").next().execute(&db).await?,
        last + 1
    );
    Ok(())
}

#[dkmio::test(Office)]
async fn no_entity_and_no_set_sees_a_sequence(db: DynamoDb) -> Result<(), Error> {
    let number = Office::sequence("invoice").next().execute(&db).await?;
    let invoice = Invoice {
        customer: "ann".to_owned(),
        number,
    };
    Invoice::put(&invoice).execute(&db).await?;
    assert_eq!(Invoice::scan().execute(&db).await?.into_items(), [invoice]);
    assert_eq!(Strict::scan().execute(&db).await?.into_items().len(), 1);
    assert_eq!(Everything::scan().execute(&db).await?.into_items().len(), 1);
    assert_eq!(Everything::scan().count(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_before_sending() {
    let nothing = Office::sequence("invoice").take(0).explain();
    assert!(matches!(nothing, Err(Error::Validation(_))));
    let nameless = Office::sequence("").next().explain();
    assert!(matches!(nameless, Err(Error::Validation(_))));
    let request = Office::sequence("invoice").take(7).explain().unwrap();
    assert_eq!(request.update(), Some("SET #kind = :v1 ADD #last :v0"));
}
