//! A table that outlives its model: the new program reads old items as they are, and a backfill brings them up to date
//! while it runs. Nothing is migrated when a program starts.
//!
//! `cargo run --example evolve`

use dkmio::{DynamoDb, DynamoTable, Error, Table};
use serde::{Deserialize, Serialize};

/// The model of the first version, which wrote the items.
mod first {
    #[derive(serde::Serialize, serde::Deserialize, dkmio::DynamoTable)]
    #[dkmio(table = "customers")]
    pub struct Customers {
        #[pk]
        pub id: String,
        pub mail: String,
        pub name: String,
        pub plan: String,
        pub address: String,
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "customers")]
struct Customers {
    #[pk]
    id: String,
    /// Renamed in Rust only: the attribute is `mail` as before.
    #[serde(rename = "mail")]
    email: String,
    /// Added: an item without it reads as the default.
    #[serde(default)]
    logins: u32,
    /// Moved to `full_name`: an item has the old attribute, the new one, or both. `display_name` knows which counts.
    name: Option<String>,
    full_name: Option<String>,
    plan: Plan,
    address: Address,
}

impl Customers {
    fn display_name(&self) -> &str {
        let name = self.full_name.as_deref().or(self.name.as_deref());
        name.unwrap_or("(no name)")
    }
}

/// An enum that grows. A plan that this version does not know reads as `Other`, and never makes an item unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Plan {
    Free,
    Paid,
    #[serde(other)]
    Other,
}

/// A map that was text once. Both shapes are read, and the program writes the new one only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Address {
    Parts { street: String, city: String },
    Text(String),
}

impl Address {
    fn into_parts(self) -> Self {
        match self {
            Self::Text(text) => {
                let (street, city) = text.rsplit_once(", ").unwrap_or((&text, ""));
                let (street, city) = (street.to_owned(), city.to_owned());
                Self::Parts { street, city }
            }
            parts => parts,
        }
    }
}

/// Brings old items up to date, and returns how many. It can be stopped and run again at any time, and beside the program:
/// an item is written only if it is still as it was read.
async fn backfill(db: &DynamoDb) -> Result<usize, Error> {
    let mut done = 0;
    let mut old_items = Customers::scan().filter(|c| c.name().exists()).stream(db);
    while let Some(customer) = old_items.next().await {
        let customer = customer?;
        let written = Customers::update(customer.id.as_str())
            .set_if_absent(|c| c.full_name(), customer.display_name())
            .set_if_absent(|c| c.logins(), 0)
            .remove(|c| c.name())
            .set(|c| c.address(), customer.address.clone().into_parts())
            .condition(|c| c.name().exists() & c.address().eq(&customer.address))
            .execute(db)
            .await;
        match written {
            Ok(()) => done += 1,
            Err(Error::ConditionFailed(_)) => {} // it has changed meanwhile: the next run reads it again
            Err(e) => return Err(e),
        }
    }
    Ok(done)
}

async fn print(db: &DynamoDb) -> Result<Vec<Customers>, Error> {
    let mut customers = Customers::scan().fetch_all(db).await?;
    customers.sort_by(|a, b| a.id.cmp(&b.id));
    for c in &customers {
        println!(
            "  {}, {}, {} logins, {:?}, {:?}",
            c.display_name(),
            c.email,
            c.logins,
            c.plan,
            c.address
        );
    }
    Ok(customers)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<first::Customers>().await?;
    for (id, name, plan) in [
        ("1", "Ada", "free"),
        ("2", "Grace", "paid"),
        ("3", "Linus", "trial"),
    ] {
        let customer = first::Customers {
            id: id.to_owned(),
            mail: format!("{}@example.org", name.to_lowercase()),
            name: name.to_owned(),
            plan: plan.to_owned(),
            address: "Av. Larco 1, Lima".to_owned(),
        };
        first::Customers::put(&customer).execute(&db).await?;
    }

    println!("The new model reads old items, as each attribute that it requires is in them:");
    assert_eq!(
        Customers::SCHEMA.required(),
        ["id", "mail", "plan", "address"]
    );
    let customers = print(&db).await?;
    assert_eq!(customers[2].plan, Plan::Other);
    assert!(matches!(&customers[0].address, Address::Text(_)));

    println!(
        "The program runs. An update leaves alone what it does not name, a plan that it cannot read too:"
    );
    Customers::update("3")
        .add(|c| c.logins(), 1)
        .set(|c| c.full_name(), "Linus T.")
        .execute(&db)
        .await?;
    let linus = first::Customers::get("3")
        .select(|c| c.plan())
        .execute(&db)
        .await?;
    println!("  Linus' plan is still {linus:?}");
    assert_eq!(linus.as_deref(), Some("trial"));

    println!("The backfill changes each old item once:");
    let (first, second) = (backfill(&db).await?, backfill(&db).await?);
    println!("  first run: {first}; second run: {second}");
    assert_eq!((first, second), (3, 0));
    let customers = print(&db).await?;
    assert_eq!(customers[2].display_name(), "Linus T.");
    let is_new = |c: &Customers| c.name.is_none() && matches!(c.address, Address::Parts { .. });
    assert!(customers.iter().all(is_new));
    Ok(())
}
