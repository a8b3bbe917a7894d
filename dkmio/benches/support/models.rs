//! What is read and written: once as dkmio's models, once as the structs of a program without it.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// Eleven attributes, about 600 bytes of DynamoDB JSON: four strings, three numbers, a boolean, a list, a map, a set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, dkmio::DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub user_id: String,
    #[sk]
    pub order_id: String,
    pub status: String,
    pub description: String,
    pub total: u64,
    pub items_count: u32,
    pub weight: f64,
    pub gift: bool,
    pub steps: Vec<String>,
    #[dkmio(document)]
    pub address: Address,
    pub tags: dkmio::Set<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, dkmio::DynamoDocument)]
pub struct Address {
    pub street: String,
    pub city: String,
    pub zip: String,
    pub floor: u8,
}

/// What a reader that keeps nothing looks at: eight of the attributes, borrowed from the page.
#[derive(Deserialize, dkmio::Projection)]
#[projection(of = Orders)]
#[allow(dead_code, reason = "looked at as a whole")]
pub struct OrderRow<'a> {
    pub user_id: &'a str,
    pub order_id: &'a str,
    pub status: &'a str,
    #[serde(borrow)]
    pub description: Cow<'a, str>,
    pub total: u64,
    pub items_count: u32,
    pub weight: f64,
    pub gift: bool,
}

/// The same, as one writes it for serde_dynamo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandOrder {
    pub user_id: String,
    pub order_id: String,
    pub status: String,
    pub description: String,
    pub total: u64,
    pub items_count: u32,
    pub weight: f64,
    pub gift: bool,
    pub steps: Vec<String>,
    pub address: Address,
    #[serde(with = "serde_dynamo::string_set")]
    pub tags: BTreeSet<String>,
}

/// A document with many parts: 4 KB with 27 lines, 40 KB with 270.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, dkmio::DynamoTable)]
#[dkmio(table = "invoices")]
pub struct Invoices {
    #[pk]
    pub id: String,
    pub customer: String,
    #[dkmio(document)]
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, dkmio::DynamoDocument)]
pub struct Line {
    pub sku: String,
    pub name: String,
    pub quantity: u32,
    pub price: u64,
}

/// Five attributes, about 200 bytes of DynamoDB JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, dkmio::DynamoTable)]
#[dkmio(table = "sessions")]
pub struct Sessions {
    #[pk]
    pub id: String,
    pub user_id: String,
    pub started_at: String,
    pub requests: u64,
    pub expires_at: u64,
}

#[derive(dkmio::SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
#[gsi(gsi2, name = "GSI2", pk = "GSI2PK", sk = "GSI2SK")]
#[lsi(lsi1, name = "LSI1", sk = "LSI1SK")]
pub struct Shop;

/// Defines entities with the attributes of [`Orders`].
macro_rules! entities {
    ($($(#[$attribute:meta])* $name:ident;)*) => { $(
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, dkmio::DynamoEntity)]
        $(#[$attribute])*
        pub struct $name {
            pub user_id: String,
            pub order_id: String,
            pub status: String,
            pub description: String,
            pub total: u64,
            pub items_count: u32,
            pub weight: f64,
            pub gift: bool,
            pub steps: Vec<String>,
            #[dkmio(document)]
            pub address: Address,
            pub tags: dkmio::Set<String>,
        }

        impl From<Orders> for $name {
            fn from(order: Orders) -> Self {
                Self {
                    user_id: order.user_id,
                    order_id: order.order_id,
                    status: order.status,
                    description: order.description,
                    total: order.total,
                    items_count: order.items_count,
                    weight: order.weight,
                    gift: order.gift,
                    steps: order.steps,
                    address: order.address,
                    tags: order.tags,
                }
            }
        }
    )* };
}

entities! {
    /// The key and a local index: templates of three attributes.
    #[entity(of = Shop, kind = "order")]
    #[key(pk = "USER#{user_id}", sk = "ORDER#{order_id}")]
    #[lsi(by_total, of = lsi1, sk = "TOTAL#{total:012}")]
    KeyedByThree;

    /// The key and two global indexes: templates of six attributes.
    #[entity(of = Shop, kind = "order")]
    #[key(pk = "USER#{user_id}", sk = "ORDER#{order_id}")]
    #[gsi(by_status, of = gsi1, pk = "STATUS#{status}", sk = "{order_id}")]
    #[gsi(by_total, of = gsi2, pk = "SIZE#{items_count}", sk = "{total:012}#{order_id}")]
    KeyedBySix;
}

pub fn session(n: usize) -> Sessions {
    Sessions {
        id: format!("ses_{n:012}"),
        user_id: format!("usr_{:06}", n / 10),
        started_at: format!("2025-03-01T10:{:02}:00Z", n % 60),
        requests: 40 + n as u64,
        expires_at: 1_767_225_600 + n as u64,
    }
}

pub fn order(n: usize) -> Orders {
    let hand = hand_order(n);
    Orders {
        user_id: hand.user_id,
        order_id: hand.order_id,
        status: hand.status,
        description: hand.description,
        total: hand.total,
        items_count: hand.items_count,
        weight: hand.weight,
        gift: hand.gift,
        steps: hand.steps,
        address: hand.address,
        tags: hand.tags.into_iter().collect(),
    }
}

pub fn hand_order(n: usize) -> HandOrder {
    HandOrder {
        user_id: format!("usr_{:06}", n / 10),
        order_id: format!("ord_{n:08}"),
        status: ["pending", "paid", "shipped"][n % 3].to_owned(),
        // Half of them have something to unescape.
        description: match n % 2 {
            0 => "A parcel with a few things in it, to be left at the door".to_owned(),
            _ => "A parcel \"with care\",\nto be left at the\tdoor of the neighbour".to_owned(),
        },
        total: 1_000 + n as u64,
        items_count: (n % 9) as u32,
        weight: n as f64 / 8.0,
        gift: n.is_multiple_of(2),
        steps: vec![
            "received".to_owned(),
            "packed".to_owned(),
            "handed over".to_owned(),
        ],
        address: Address {
            street: format!("Long Street {}", n % 200),
            city: "Springfield".to_owned(),
            zip: format!("{:05}", n % 99_999),
            floor: (n % 7) as u8,
        },
        tags: ["fragile", "insured", "new"].map(str::to_owned).into(),
    }
}

pub fn invoice(lines: usize) -> Invoices {
    Invoices {
        id: "inv_000001".to_owned(),
        customer: "cus_000001".to_owned(),
        lines: (0..lines)
            .map(|n| Line {
                sku: format!("SKU-{n:06}"),
                name: format!("A thing of the {n}th kind, in a box"),
                quantity: (n % 12) as u32 + 1,
                price: 1_999 + n as u64,
            })
            .collect(),
    }
}

/// Returns the item of a value in DynamoDB JSON.
pub fn json_of(value: &impl Serialize) -> Value {
    let item: HashMap<String, AttributeValue> =
        serde_dynamo::to_item(value).expect("a bench model encodes");
    let mut names: Vec<_> = item.keys().cloned().collect();
    names.sort();
    let entries = names.into_iter().map(|name| {
        let value = json_value(&item[&name]);
        (name, value)
    });
    Value::Object(entries.collect::<Map<_, _>>())
}

fn json_value(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(text) => json!({ "N": text }),
        AttributeValue::Bool(value) => json!({ "BOOL": value }),
        AttributeValue::Null(value) => json!({ "NULL": value }),
        AttributeValue::Ss(texts) => json!({ "SS": texts }),
        AttributeValue::L(values) => {
            json!({ "L": values.iter().map(json_value).collect::<Vec<_>>() })
        }
        AttributeValue::M(entries) => {
            let mut names: Vec<_> = entries.keys().collect();
            names.sort();
            let entries = names
                .into_iter()
                .map(|name| (name.clone(), json_value(&entries[name])));
            json!({ "M": entries.collect::<Map<_, _>>() })
        }
        other => panic!("the bench models have no {other:?}"),
    }
}
