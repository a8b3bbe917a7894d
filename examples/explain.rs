//! What is sent, and what it costs, seen before it is sent: requests of a shop as text, with remarks, and what DynamoDB
//! then bills.
//!
//! `cargo run --example explain`

use dkmio::{CapacityMeter, DynamoDb, DynamoTable, Error, attr};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, name = "status-date", pk = status, sk = date, project(cents))]
struct Orders {
    #[pk]
    customer: String,
    #[sk]
    number: u32,
    status: String,
    date: String,
    cents: u64,
    #[serde(rename = "gift-note")]
    gift_note: Option<String>,
    picture: Vec<u8>,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    // A builder is a plain value: no connection is needed to look at it.
    println!(
        "Names are aliased, so that reserved words and hyphens need no care, and values are never spliced in:\n"
    );
    let update = Orders::update(("ada", 7))
        .set(|o| o.status(), "SHIPPED")
        .set(|o| o.gift_note(), "for you")
        .condition(|o| o.status().is_in(["PAID", "PACKED"]) & !o.gift_note().exists());
    let explained = update.explain()?;
    println!("{explained}\n");
    assert_eq!(explained.update(), Some("SET #status = :v0, #n0 = :v1"));
    assert_eq!(
        explained.condition(),
        Some("#status IN (:v2, :v3) AND NOT attribute_exists(#n0)")
    );

    println!(
        "For a log, types take the place of values:\n\n{}\n",
        explained.redacted()
    );

    println!("A query with a filter says what it discards:\n");
    let filtered = Orders::by_status()
        .query("PAID")
        .filter(|o| o.cents().ge(5_000))
        .select(|o| o.cents());
    println!("{}\n", filtered.explain()?);
    assert_eq!(filtered.explain()?.notes().len(), 1);

    println!("A scan says that it reads all:\n");
    let scan = Orders::scan().filter(|o| o.status().eq("PAID"));
    println!("{}\n", scan.explain()?);
    assert_eq!(scan.explain()?.notes().len(), 2);

    println!("What is wrong is found here too, before anything is sent:\n");
    let wrong = Orders::update(("ada", 7))
        .set(|o| o.status(), "PAID")
        .set(|_| attr("status.since"), "March");
    let Err(Error::Validation(e)) = wrong.explain() else {
        panic!("two clauses on one path");
    };
    println!("  {e}\n");

    // The prices of the same answer: units that DynamoDB reports when it is asked to.
    let db = DynamoDb::embedded();
    db.create_table::<Orders>().await?;
    let orders: Vec<Orders> = (1..=50)
        .map(|number| Orders {
            customer: "ada".to_owned(),
            number,
            status: if number % 10 == 0 { "PAID" } else { "SENT" }.to_owned(),
            date: format!("2025-03-{number:02}"),
            cents: 1_000,
            gift_note: None,
            picture: vec![0; 1_000],
        })
        .collect();
    Orders::batch_write().put_all(&orders).execute(&db).await?;

    println!("The paid orders, three ways:");
    let [by_scan, by_query, by_index] = [
        CapacityMeter::new(),
        CapacityMeter::new(),
        CapacityMeter::new(),
    ];
    let scanned = scan.count(&db.metered(&by_scan)).await?;
    let queried = Orders::query("ada")
        .filter(|o| o.status().eq("PAID"))
        .select(|o| o.number())
        .fetch_all(&db.metered(&by_query))
        .await?;
    let indexed = Orders::by_status()
        .query("PAID")
        .fetch_all(&db.metered(&by_index))
        .await?;
    assert_eq!((scanned, queried.len(), indexed.len()), (5, 5, 5));
    let units = [by_scan, by_query, by_index].map(|meter| meter.consumed().total());
    println!(
        "  scan and filter: {} units; query and filter: {}; index: {}",
        units[0], units[1], units[2]
    );
    // Neither the filter nor the selection makes a read cheaper; what an index holds does.
    assert_eq!(units[0], units[1]);
    assert!(units[2] < units[1] / 10.0);
    Ok(())
}
