//! dkmio in a program that uses the AWS SDK already: over its client, beside its calls, and where only requests are wanted.
//!
//! `cargo run --example existing_client`; the program's client is one of the embedded engine here.

use dkmio::aws_config::{self, BehaviorVersion, Region};
use dkmio::aws_sdk_dynamodb::Client;
use dkmio::aws_sdk_dynamodb::config::Credentials;
use dkmio::aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use dkmio::{DynamoDb, DynamoTable, EmbeddedEngine, SdkInput, codec};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "books")]
struct Books {
    #[pk]
    isbn: String,
    title: String,
    pages: u32,
    author: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = EmbeddedEngine::in_memory()?;
    let client: Client = engine.client(); // the program's own, with its region, retries and interceptors

    println!("dkmio takes the client as it is:");
    let db = DynamoDb::from_client(client.clone());
    db.create_table::<Books>().await?;
    client
        .put_item()
        .table_name("books")
        .item("isbn", AttributeValue::S("1".to_owned()))
        .item("title", AttributeValue::S("Notes".to_owned()))
        .item("pages", AttributeValue::N("66".to_owned()))
        .send()
        .await?;
    let notes = Books::get("1").execute(&db).await?;
    println!("  put by the SDK, read by dkmio: {notes:?}");
    assert_eq!(notes.as_ref().map(|b| b.pages), Some(66));

    println!("And the other way round; items of old calls read into the model:");
    let compilers = Books {
        isbn: "2".to_owned(),
        title: "Compilers".to_owned(),
        pages: 796,
        author: Some("Aho".to_owned()),
    };
    Books::put(&compilers).execute(&db).await?;
    let answer = client
        .get_item()
        .table_name(db.table_name("books")) // with the connection's prefix, if it has one
        .key("isbn", AttributeValue::S("2".to_owned()))
        .send()
        .await?;
    let read: Books = codec::from_item(answer.item.unwrap_or_default())?;
    println!("  put by dkmio, read by the SDK: {}", read.title);
    assert_eq!(read, compilers);

    println!("Or a configuration that `aws_config` has loaded:");
    let config = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::from_static("eu-west-1"))
        .credentials_provider(Credentials::new("any", "any", None, None, "example"))
        .http_client(engine.clone())
        .endpoint_url("http://embedded.invalid")
        .load()
        .await;
    let other = DynamoDb::from_sdk_config(&config);
    let count = Books::scan().count(&other).await?;
    println!("  {count} books");
    assert_eq!(count, 2);

    println!("Or its requests only: a builder gives the SDK's own input, which the client sends:");
    let input = Books::update("1")
        .set(|b| b.author(), "Lovelace")
        .condition(|b| b.author().not_exists())
        .into_input()?;
    println!("  {}", input.update_expression().unwrap_or_default());
    input.send_with(&client).await?;
    let author = Books::get("1")
        .select(|b| b.author())
        .execute(&db)
        .await?
        .flatten();
    println!("  written by {author:?}");
    assert_eq!(author.as_deref(), Some("Lovelace"));

    println!("Its transactions join those of the program:");
    let ours = dkmio::transact_write()
        .add(Books::delete("1"))
        .add(Books::update("2").add(|b| b.pages(), 4).if_exists())
        .into_input()?;
    let theirs: Vec<TransactWriteItem> = Vec::new(); // what the program has made itself
    let members = [theirs, ours.transact_items.unwrap_or_default()].concat();
    client
        .transact_write_items()
        .set_transact_items(Some(members))
        .send()
        .await?;
    println!(
        "  {:?}",
        Books::scan()
            .select(|b| (b.title(), b.pages()))
            .fetch_all(&db)
            .await?
    );
    assert_eq!(
        Books::get("2").select(|b| b.pages()).execute(&db).await?,
        Some(800)
    );

    println!("What dkmio has no verb for goes through the client of its connection:");
    let tables = db.client().await?.list_tables().send().await?;
    println!("  {:?}", tables.table_names());
    assert_eq!(tables.table_names(), ["books"]);
    Ok(())
}
