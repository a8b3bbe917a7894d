//! A Lambda function behind the stream of a table: it writes down a mail for each order that was shipped, once, and tells Lambda
//! where to go on if one fails.
//!
//! Here it is handed a recorded event, `lambda_event.json`; on Lambda it runs as it is:
//!
//! `cargo run --example lambda`

use aws_lambda_events::dynamodb::Event;
use dkmio::{BatchResponse, Change, DynamoDb, DynamoTable, Error, Records};
use lambda_runtime::{Context, LambdaEvent, Service, service_fn};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
struct Orders {
    #[pk]
    customer: String,
    #[sk]
    number: u32,
    status: String,
    email: Option<String>,
}

/// The mails that another program sends.
#[derive(Debug, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "mails")]
struct Mails {
    #[pk]
    id: String,
    to: String,
}

/// What Lambda calls.
async fn handler(
    db: &DynamoDb,
    event: LambdaEvent<Event>,
) -> Result<BatchResponse, lambda_runtime::Error> {
    let records = Records::from(event.payload);
    let response = records
        .each(async |change: Change<Orders>| match change {
            Change::Modify { old, new } if old.status != "SHIPPED" && new.status == "SHIPPED" => {
                announce(db, &new).await
            }
            _ => Ok(()),
        })
        .await;
    Ok(response)
}

/// Writes down a mail. A record may come twice, so the mail's id is made of what it is about.
async fn announce(
    db: &DynamoDb,
    order: &Orders,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let to = order.email.clone();
    let mail = Mails {
        id: format!("shipped/{}/{}", order.customer, order.number),
        to: to.ok_or_else(|| format!("order {} has no address", order.number))?,
    };
    match Mails::put(&mail).if_not_exists().execute(db).await {
        Ok(()) | Err(Error::ConditionFailed(_)) => Ok(()),
        Err(e) => Err(e.into()),
    }
}

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_some() {
        let db = DynamoDb::from_env();
        return lambda_runtime::run(service_fn(|event| handler(&db, event))).await;
    }
    let db = DynamoDb::embedded();
    db.create_table::<Mails>().await?;
    let event: Event = serde_json::from_str(include_str!("lambda_event.json"))?;
    let mut function = service_fn(|event| handler(&db, event));

    println!("Three orders were shipped, and the second has no address:");
    for attempt in 1..=2 {
        let event = LambdaEvent::new(event.clone(), Context::default());
        let response = function.call(event).await?;
        println!("  attempt {attempt}: {}", serde_json::to_string(&response)?);
        if let Some(error) = response.error() {
            println!("  because {error}");
        }
        // The third waits behind the second, as the changes of an item are to be seen in their order.
        assert_eq!(response.failed_at(), Some("1000000000000000000002"));
    }

    println!("Two attempts wrote one mail:");
    let mails = Mails::scan().fetch_all(&db).await?;
    for mail in &mails {
        println!("  {} to {}", mail.id, mail.to);
    }
    assert_eq!(mails.len(), 1);
    Ok(())
}
