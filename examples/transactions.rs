//! Money that moves between accounts: a transfer is made whole or not at all, once however often it is sent, and a refusal
//! has a reason for each member.
//!
//! `cargo run --example transactions`

use dkmio::{CancellationReason, DynamoDb, DynamoTable, Error, TransactWrite};
use serde::{Deserialize, Serialize};
use std::time::Duration;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "accounts")]
struct Accounts {
    #[pk]
    id: String,
    cents: u64,
    closed: bool,
}

/// The record of a transfer, in a table of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "transfers")]
struct Transfers {
    #[pk]
    id: String,
    payer: String,
    payee: String,
    cents: u32,
}

impl Transfers {
    fn new(id: &str, payer: &str, payee: &str, cents: u32) -> Self {
        Self {
            id: id.to_owned(),
            payer: payer.to_owned(),
            payee: payee.to_owned(),
            cents,
        }
    }

    /// Returns the transaction that makes the transfer. Nothing is sent yet.
    fn transaction(&self) -> TransactWrite {
        let cents = i64::from(self.cents);
        let pay = Accounts::update(self.payer.as_str())
            .add(|a| a.cents(), -cents)
            .condition(|a| a.cents().ge(u64::from(self.cents)))
            .return_old_on_failure();
        let receive = Accounts::update(self.payee.as_str())
            .add(|a| a.cents(), cents)
            .condition(|a| a.closed().eq(false));
        dkmio::transact_write()
            .token(self.id.as_str()) // within ten minutes, DynamoDB does a token once
            .add(pay)
            .add(receive)
            .add(Transfers::put(self).if_not_exists())
            .retry_conflicts(Duration::from_secs(2)) // while other transfers touch the accounts
    }
}

/// Says why a transfer was refused: there is a reason for each member, in the order in which they were added.
fn refusal(reasons: &[CancellationReason]) -> Result<String, Error> {
    use CancellationReason::ConditionFailed;
    Ok(match reasons {
        // The member asked for the item with `return_old_on_failure`.
        [reason @ ConditionFailed(_), ..] => match reason.item::<Accounts>()? {
            Some(account) => format!("{} has only {} cents", account.id, account.cents),
            None => "there is no such payer".to_owned(),
        },
        [_, ConditionFailed(_), _] => "the payee has no open account".to_owned(),
        [_, _, ConditionFailed(_)] => "this transfer was made before".to_owned(),
        others => format!("{others:?}"),
    })
}

/// Reads both accounts as they are at one moment, never in the middle of a transfer.
async fn balances(db: &DynamoDb) -> Result<(Option<u64>, Option<u64>), Error> {
    let balance = |id| Accounts::get(id).select(|a| a.cents());
    dkmio::transact_get((balance("ada"), balance("grace")))
        .execute(db)
        .await
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Accounts>().await?;
    db.create_table::<Transfers>().await?;
    for (id, cents, closed) in [
        ("ada", 9_000, false),
        ("grace", 500, false),
        ("charles", 0, true),
    ] {
        let account = Accounts {
            id: id.to_owned(),
            cents,
            closed,
        };
        Accounts::put(&account).if_not_exists().execute(&db).await?;
    }

    println!("A transfer changes two accounts and writes its record:");
    let rent = Transfers::new("rent-2025-03", "ada", "grace", 4_000);
    let transaction = rent.transaction();
    transaction.clone().execute(&db).await?;
    println!("  {:?}", balances(&db).await?);
    assert_eq!(balances(&db).await?, (Some(5_000), Some(4_500)));

    println!(
        "Where no answer came, its clone is sent again: it has the same token, and the money moves once:"
    );
    transaction.execute(&db).await?;
    println!("  {:?}", balances(&db).await?);
    assert_eq!(balances(&db).await?, (Some(5_000), Some(4_500)));

    println!("A transfer that is refused changes nothing, and says why:");
    let refused = [
        Transfers::new("too-much", "ada", "grace", 7_000).transaction(),
        Transfers::new("too-late", "ada", "charles", 100).transaction(),
        rent.transaction().token("rent-again"), // to DynamoDB another transaction: the record stops it
    ];
    let mut reasons = Vec::new();
    for transaction in refused {
        let Err(Error::TransactionCanceled(e)) = transaction.execute(&db).await else {
            panic!("the transfer is refused");
        };
        reasons.push(refusal(e.reasons())?);
    }
    println!("  {}", reasons.join("\n  "));
    assert_eq!(reasons[0], "ada has only 5000 cents");
    assert_eq!(reasons[1], "the payee has no open account");
    assert_eq!(reasons[2], "this transfer was made before");
    assert_eq!(balances(&db).await?, (Some(5_000), Some(4_500)));

    println!("A member can check an item that it does not write:");
    dkmio::transact_write()
        .add(Accounts::condition_check("grace", |a| a.closed().eq(false)))
        .add(Accounts::delete("charles").condition(|a| a.cents().eq(0)))
        .execute(&db)
        .await?;
    println!("  {} accounts are left", Accounts::scan().count(&db).await?);
    assert_eq!(Accounts::get("charles").execute(&db).await?, None);

    println!(
        "DynamoDB takes an item once in a transaction; that is found before anything is sent:"
    );
    let twice = dkmio::transact_write()
        .add(Accounts::delete("ada"))
        .add(Accounts::delete("ada"));
    let Err(Error::Validation(e)) = twice.execute(&db).await else {
        panic!("one item is in it twice");
    };
    println!("  {}", e.message());
    Ok(())
}
