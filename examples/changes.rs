//! A view of a table that follows its changes: what each customer has spent, kept by a consumer that is stopped and started.
//!
//! `cargo run --example changes`

use dkmio::{Change, ChangeStream, DynamoDb, DynamoTable, Error, ItemCheckpoints, StreamViewType};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
struct Orders {
    #[pk]
    order_id: String,
    customer: String,
    total: i64,
}

/// The view. It can be asked for at once what would take a scan of all orders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "spent")]
struct Spent {
    #[pk]
    customer: String,
    total: i64,
    /// The sequence number of the last change that counts in `total`.
    seen: String,
}

/// Where the consumer keeps how far it is.
#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "checkpoints")]
struct Checkpoints {
    #[pk]
    name: String,
}

fn order(id: &str, customer: &str, total: i64) -> Orders {
    Orders {
        order_id: id.to_owned(),
        customer: customer.to_owned(),
        total,
    }
}

/// Starts the consumer: it goes on after the last checkpoint.
fn start(db: &DynamoDb) -> ChangeStream<Change<Orders>> {
    let store = ItemCheckpoints::new(db, "checkpoints", [("name", "spent")]);
    db.changes::<Orders>().checkpoints(store).stream()
}

/// Adds to what a customer has spent, unless this change has been added.
///
/// A change that was handled and is in no checkpoint comes again. All changes of a customer are in one order here, because the
/// embedded engine has one shard a table; on DynamoDB, keep `seen` for each order.
async fn add(db: &DynamoDb, customer: &str, total: i64, seen: &str) -> Result<bool, Error> {
    let added = Spent::update(customer)
        .add(|s| s.total(), total)
        .set(|s| s.seen(), seen)
        .condition(|s| s.seen().not_exists() | s.seen().lt(seen))
        .execute(db)
        .await;
    match added {
        Ok(_) => Ok(true),
        Err(Error::ConditionFailed(_)) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Handles this many changes. Returns how many of them were new to the view.
async fn handle(
    db: &DynamoDb,
    changes: &mut ChangeStream<Change<Orders>>,
    count: usize,
) -> Result<usize, Error> {
    let mut new_ones = 0;
    for _ in 0..count {
        let Some(record) = changes.next().await else {
            break;
        };
        let record = record?;
        let seen = record.record.sequence_number().unwrap_or_default();
        let (customer, total) = match &record.change {
            Change::Insert { new } => (&new.customer, new.total),
            Change::Modify { old, new } => (&new.customer, new.total - old.total),
            Change::Remove { old, .. } => (&old.customer, -old.total),
        };
        println!("{:>9} {total:+}", customer);
        new_ones += usize::from(add(db, customer, total, seen).await?);
    }
    Ok(new_ones)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Orders>()
        .stream(StreamViewType::NewAndOldImages)
        .await?;
    db.create_table::<Spent>().await?;
    db.create_table::<Checkpoints>().await?;

    Orders::put(&order("o1", "Ada", 100)).execute(&db).await?;
    Orders::put(&order("o2", "Grace", 40)).execute(&db).await?;
    Orders::put(&order("o3", "Ada", 25)).execute(&db).await?;

    println!("# handle what there is, and make a checkpoint");
    let mut changes = start(&db);
    assert_eq!(handle(&db, &mut changes, 3).await?, 3);
    changes.checkpoint().await?;

    println!(
        "# two more changes are handled, and the program is killed before the next checkpoint"
    );
    Orders::update("o1")
        .set(|o| o.total(), 80)
        .execute(&db)
        .await?;
    Orders::delete("o2").execute(&db).await?;
    assert_eq!(handle(&db, &mut changes, 2).await?, 2);
    drop(changes);

    println!("# started again: the two come again, and count once");
    Orders::put(&order("o4", "Grace", 7)).execute(&db).await?;
    let mut changes = start(&db);
    assert_eq!(handle(&db, &mut changes, 3).await?, 1);
    changes.checkpoint().await?;

    for (customer, total) in [("Ada", 105), ("Grace", 7)] {
        let spent = Spent::get(customer).execute(&db).await?;
        println!("{customer} has spent {total}");
        assert_eq!(spent.map(|s| s.total), Some(total));
    }
    Ok(())
}
