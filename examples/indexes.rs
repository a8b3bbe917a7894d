//! Support tickets, found by five questions: each index answers one, and holds what its answer needs.
//!
//! `cargo run --example indexes`

use dkmio::{DynamoDb, DynamoTable, Error, KeyAttribute, Projection};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyAttribute)]
#[serde(rename_all = "lowercase")]
enum Priority {
    High,
    Low,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "tickets")]
// A global index has keys of its own. This one holds the subject beside the keys, and nothing else.
#[gsi(by_customer, pk = customer, sk = opened_on, project(subject))]
// Sparse: a ticket without an assignee is not in this index. Without `project` an index holds whole items.
#[gsi(by_assignee, name = "open-work", pk = assignee, sk = opened_on)]
// A part of a global key may have up to four attributes: no `"billing#high"` to build and to split.
#[gsi(by_queue, pk = (team, priority), sk = (opened_on, number), project = keys_only)]
// A local index: the table's partition key with another sort key. Reads of it can be consistent.
#[lsi(by_update, sk = updated_at, project(subject, minutes))]
struct Tickets {
    #[pk]
    product: String,
    #[sk]
    number: u32,
    subject: String,
    customer: String,
    team: String,
    priority: Priority,
    opened_on: String,
    updated_at: u64,
    minutes: u32,
    assignee: Option<String>,
}

/// What a list of recent tickets shows. That `by_update` holds both attributes is checked at compile time.
#[derive(Debug, PartialEq, Deserialize, Projection)]
#[projection(of = Tickets)]
struct Recent {
    number: u32,
    subject: String,
}

fn ticket(number: u32, subject: &str, priority: Priority, assignee: Option<&str>) -> Tickets {
    Tickets {
        product: "printer".to_owned(),
        number,
        subject: subject.to_owned(),
        customer: if number < 3 { "Ada" } else { "Grace" }.to_owned(),
        team: "hardware".to_owned(),
        priority,
        opened_on: format!("2025-03-{number:02}"),
        updated_at: 1_741_000_000 - u64::from(number),
        minutes: 10 * number,
        assignee: assignee.map(str::to_owned),
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Tickets>().await?; // with its indexes
    let tickets = [
        ticket(1, "paper jam", Priority::High, Some("Linus")),
        ticket(2, "no ink", Priority::Low, None),
        ticket(3, "on fire", Priority::High, Some("Linus")),
        ticket(4, "too loud", Priority::High, None),
    ];
    Tickets::batch_write()
        .put_all(&tickets)
        .execute(&db)
        .await?;

    println!("What has Ada reported? The index holds a part of each ticket, as a type of its own:");
    let page = Tickets::by_customer().query("Ada").execute(&db).await?;
    for TicketsByCustomer {
        number, subject, ..
    } in &page
    {
        println!("  #{number} {subject}");
    }
    assert_eq!(page.len(), 2);

    println!("What does Linus work on? Tickets without an assignee are not in the index:");
    let open: Vec<Tickets> = Tickets::by_assignee().query("Linus").fetch_all(&db).await?;
    println!("  {:?}", open.iter().map(|t| t.number).collect::<Vec<_>>());
    assert_eq!(open, [tickets[0].clone(), tickets[2].clone()]);
    // `None` removes the attribute, and DynamoDB takes the ticket out of the index.
    Tickets::update(("printer", 1))
        .set(|t| t.assignee(), None::<String>)
        .execute(&db)
        .await?;
    let left = Tickets::by_assignee().query("Linus").count(&db).await?;
    println!("  after #1 was given back: {left} ticket");
    assert_eq!(left, 1);
    // A scan of a sparse index reads what is in it, and not the whole table.
    assert_eq!(Tickets::by_assignee().scan().count(&db).await?, 1);

    println!(
        "What is urgent for the hardware team since the 2nd? Both parts of the key are compared:"
    );
    let queue = Tickets::by_queue()
        .query(("hardware", Priority::High))
        .sk(|k| k.ge("2025-03-02"))
        .execute(&db)
        .await?;
    // The index holds keys only: the rest comes from the table, by a batch get.
    let keys = queue.iter().map(|t| (t.product.as_str(), t.number));
    let urgent = Tickets::batch_get(keys)
        .select(|t| t.subject())
        .execute(&db)
        .await?;
    println!("  {urgent:?}");
    assert_eq!(
        urgent,
        [Some("on fire".to_owned()), Some("too loud".to_owned())]
    );

    println!("What changed last? The local index, newest first, read with strong consistency:");
    let recent = Tickets::by_update()
        .query("printer")
        .descending()
        .limit(2)
        .consistent()
        .select_as::<Recent>()
        .execute(&db)
        .await?;
    for Recent { number, subject } in &recent {
        println!("  #{number} {subject}");
    }
    assert_eq!(recent[0].subject, "paper jam");

    println!(
        "What took long? A filter may use what the index holds; it is billed for what it discards:"
    );
    let slow = Tickets::by_update()
        .query("printer")
        .filter(|t| t.minutes().ge(30))
        .select(|t| (t.number(), t.minutes()))
        .execute(&db)
        .await?;
    println!(
        "  {:?}; {} items were read",
        slow.items(),
        slow.scanned_count()
    );
    assert_eq!(slow.items(), [(4, 40), (3, 30)]);
    assert_eq!(slow.scanned_count(), 4);

    // What does not compile: `.filter(|t| t.assignee().exists())` here, as `by_update` does not hold it; `.consistent()`
    // on a global index; `.query("hardware")` on `by_queue`, whose key has two attributes.
    Ok(())
}
