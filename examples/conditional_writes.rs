//! A shop that checks while it writes: a key is taken once, two people edit one text, stock never falls below zero. A
//! condition that fails is an answer, and arrives as a typed error.
//!
//! `cargo run --example conditional_writes`

use dkmio::{DynamoDb, DynamoTable, Error};
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "products")]
struct Products {
    #[pk]
    sku: String,
    title: String,
    version: u64,
    stock: u32,
    reserved_by: Option<String>,
}

#[derive(Debug, PartialEq)]
enum Sale {
    Done { left: u32 },
    TooFew { left: u32 },
    NoSuchProduct,
}

/// Takes pieces from the stock. Check and write are one request, so no other sale can come between them.
async fn sell(db: &DynamoDb, sku: &str, pieces: u32) -> Result<Sale, Error> {
    let sold = Products::update(sku)
        .add(|p| p.stock(), -i64::from(pieces))
        .condition(|p| p.stock().ge(pieces))
        .return_old_on_failure()
        .return_new()
        .execute(db)
        .await;
    match sold {
        Ok(product) => Ok(Sale::Done {
            left: product.stock,
        }),
        // The error carries the item as it is; without one the condition failed because there is no such item.
        Err(Error::ConditionFailed(e)) => Ok(match e.item::<Products>()? {
            Some(product) => Sale::TooFew {
                left: product.stock,
            },
            None => Sale::NoSuchProduct,
        }),
        Err(e) => Err(e),
    }
}

/// Changes the title if nobody has changed the product since it was read; returns whether it did.
async fn retitle(db: &DynamoDb, read: &Products, title: &str) -> Result<bool, Error> {
    let written = Products::update(read.sku.as_str())
        .set(|p| p.title(), title)
        .set(|p| p.version(), read.version + 1)
        .condition(|p| p.version().eq(read.version))
        .execute(db)
        .await;
    match written {
        Ok(()) => Ok(true),
        Err(Error::ConditionFailed(_)) => Ok(false), // read it again, and ask the person
        Err(e) => Err(e),
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Products>().await?;
    let lamp = Products {
        sku: "lamp".to_owned(),
        title: "Lamp".to_owned(),
        version: 1,
        stock: 5,
        reserved_by: None,
    };

    println!("A key is taken once:");
    Products::put(&lamp).if_not_exists().execute(&db).await?;
    let again = Products::put(&lamp).if_not_exists().execute(&db).await;
    let Err(Error::ConditionFailed(taken)) = again else {
        panic!("the key was taken twice");
    };
    println!("  {taken}");

    println!("Stock is sold while there is enough of it:");
    let mut sales = Vec::new();
    for (sku, pieces) in [("lamp", 3), ("lamp", 3), ("sofa", 1)] {
        let sale = sell(&db, sku, pieces).await?;
        println!("  {pieces} of {sku}: {sale:?}");
        sales.push(sale);
    }
    assert_eq!(
        sales,
        [
            Sale::Done { left: 2 },
            Sale::TooFew { left: 2 },
            Sale::NoSuchProduct
        ]
    );
    // Without its condition, the update of a sofa would have made one.
    assert_eq!(Products::get("sofa").execute(&db).await?, None);

    println!("Two people edit what they have read, and the second one is told:");
    let read = Products::get("lamp").consistent().execute(&db).await?;
    let read = read.expect("the lamp is in the shop");
    let first = retitle(&db, &read, "Desk lamp").await?;
    let second = retitle(&db, &read, "Lamp, black").await?;
    println!("  first edit written: {first}; second edit written: {second}");
    assert!(first && !second);

    println!("Ten customers reserve the lamp at once:");
    let reservations = (0..10).map(|n| {
        Products::update("lamp")
            .set(|p| p.reserved_by(), format!("customer {n}"))
            .condition(|p| p.reserved_by().not_exists() & p.stock().gt(0))
            .execute(&db)
    });
    let answers = join_all(reservations).await;
    let is_refused = |answer: &&Result<(), Error>| matches!(answer, Err(Error::ConditionFailed(_)));
    let refused = answers.iter().filter(is_refused).count();
    let reserved = answers.iter().filter(|answer| answer.is_ok()).count();
    println!("  {reserved} has it, {refused} do not");
    assert_eq!((reserved, refused), (1, 9));

    println!("A delete can have a condition too, and return what it deleted:");
    let delete = Products::delete("lamp").return_old();
    let kept = delete.clone().condition(|p| p.reserved_by().not_exists());
    assert!(matches!(
        kept.execute(&db).await,
        Err(Error::ConditionFailed(_))
    ));
    let few = delete.condition(|p| p.stock().le(2) & p.title().begins_with("Desk"));
    let deleted = few.execute(&db).await?.map(|product| product.title);
    println!("  {deleted:?}");
    assert_eq!(deleted.as_deref(), Some("Desk lamp"));
    Ok(())
}
