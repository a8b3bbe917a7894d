//! Expressions without models: a search form over a museum's catalogue, for a program that keeps the bare SDK client. Which
//! filters there are is known at run time only.
//!
//! `cargo run --example expressions_only`

use dkmio::aws_sdk_dynamodb::Client;
use dkmio::aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ReturnValue, ScalarAttributeType,
};
use dkmio::expr::{Expression, KeyCondition, Projection, Update};
use dkmio::{Condition, EmbeddedEngine, attr, codec};
use serde::{Deserialize, Serialize};
use std::error::Error;

/// A piece of the collection: serde's derives, and none of dkmio's.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Piece {
    room: String,
    number: u32,
    name: String,
    year: i32,
    size: Size,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Size {
    height: u32,
}

#[derive(Serialize)]
struct Key<'a> {
    room: &'a str,
    number: u32,
}

/// What somebody filled in.
#[derive(Default)]
struct Form<'a> {
    name: Option<&'a str>,
    until: Option<i32>,
    taller_than: Option<u32>,
}

impl Form<'_> {
    fn filter(&self) -> Condition {
        let name = self.name.map(|name| attr("name").contains(name));
        let until = self.until.map(|year| attr("year").le(year));
        let taller = self
            .taller_than
            .map(|height| attr("size.height").gt(height));
        Condition::all([name, until, taller].into_iter().flatten()) // of nothing: always true, and no filter
    }
}

/// Returns the names of the pieces in a room that the form asks for.
async fn search(
    client: &Client,
    room: &str,
    form: Form<'_>,
) -> Result<Vec<String>, Box<dyn Error>> {
    let e = Expression::builder()
        .key_condition(KeyCondition::partition("room", room))
        .filter(form.filter())
        .projection(Projection::new([attr("name")]))
        .build()?;
    let filter = e.filter().unwrap_or("no filter").to_owned();
    let parts = e.into_parts();
    let answer = client
        .query()
        .table_name("pieces")
        .set_key_condition_expression(parts.key_condition)
        .set_filter_expression(parts.filter)
        .set_projection_expression(parts.projection)
        .set_expression_attribute_names(parts.names)
        .set_expression_attribute_values(parts.values)
        .send()
        .await?;
    let names = answer
        .items()
        .iter()
        .filter_map(|item| item.get("name")?.as_s().ok().cloned());
    let names = names.collect();
    println!("  {filter} -> {names:?}");
    Ok(names)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = EmbeddedEngine::in_memory()?.client(); // in production: the program's own client
    create_table(&client).await?;
    for (number, name, year, height) in [
        (1, "blue vase", 1650, 40),
        (2, "red vase", 1890, 90),
        (3, "map", 1702, 60),
    ] {
        let (room, name) = ("east".to_owned(), name.to_owned());
        let item = codec::to_item(&Piece {
            room,
            number,
            name,
            year,
            size: Size { height },
        })?;
        client
            .put_item()
            .table_name("pieces")
            .set_item(Some(item))
            .send()
            .await?;
    }

    println!("Each form becomes one filter, of the fields that are filled in:");
    let all = search(&client, "east", Form::default()).await?;
    let vases = search(
        &client,
        "east",
        Form {
            name: Some("vase"),
            ..Form::default()
        },
    )
    .await?;
    let form = Form {
        name: Some("vase"),
        until: Some(1800),
        taller_than: Some(30),
    };
    let old_vases = search(&client, "east", form).await?;
    assert_eq!((all.len(), vases.len()), (3, 2));
    assert_eq!(old_vases, ["blue vase"]);

    println!(
        "An update with its condition; DynamoDB reserves `name` and `year`, so both are aliased:"
    );
    let update = Update::new()
        .set(attr("name"), "large red vase")
        .set(attr("year"), attr("year") - 10)
        .append(attr("log"), ["measured"]);
    let condition = attr("size.height").between(50, 100) & !attr("log").exists();
    let e = Expression::builder()
        .update(update)
        .condition(condition)
        .build()?;
    println!(
        "  {}\n  if {}",
        e.update().unwrap_or_default(),
        e.condition().unwrap_or_default()
    );
    let parts = e.into_parts();
    let answer = client
        .update_item()
        .table_name("pieces")
        .set_key(Some(codec::to_item(&Key {
            room: "east",
            number: 2,
        })?))
        .set_update_expression(parts.update)
        .set_condition_expression(parts.condition)
        .set_expression_attribute_names(parts.names)
        .set_expression_attribute_values(parts.values)
        .return_values(ReturnValue::AllNew)
        .send()
        .await?;
    let piece: Piece = codec::from_item(answer.attributes.unwrap_or_default())?;
    println!("  now `{}` of {}", piece.name, piece.year);
    assert_eq!((piece.name.as_str(), piece.year), ("large red vase", 1880));

    println!("An expression that DynamoDB would refuse is not built:");
    let wrong = attr("year").between(1900, 1800);
    let Err(refused) = Expression::builder().condition(wrong).build() else {
        panic!("no year is between them");
    };
    println!("  {refused}");
    Ok(())
}

async fn create_table(client: &Client) -> Result<(), Box<dyn Error>> {
    let key = |name, key| {
        KeySchemaElement::builder()
            .attribute_name(name)
            .key_type(key)
            .build()
    };
    let attribute = |name, kind| {
        AttributeDefinition::builder()
            .attribute_name(name)
            .attribute_type(kind)
            .build()
    };
    let table = client
        .create_table()
        .table_name("pieces")
        .key_schema(key("room", KeyType::Hash)?)
        .key_schema(key("number", KeyType::Range)?)
        .attribute_definitions(attribute("room", ScalarAttributeType::S)?)
        .attribute_definitions(attribute("number", ScalarAttributeType::N)?)
        .billing_mode(BillingMode::PayPerRequest);
    table.send().await?;
    Ok(())
}
