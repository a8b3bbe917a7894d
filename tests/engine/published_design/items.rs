//! The items as programs without dkmio write and read them: attributes and texts of keys, letter by letter.

use dkmio::aws_sdk_dynamodb::Client;
use dkmio::aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType,
};
use dkmio::{AttributeValue, DynamoDb, Error, Item};
use std::collections::BTreeMap;

pub(super) const TABLE: &str = "ecommerce";

/// An item with the attributes `name=text`; a number is `name:=7`.
pub(super) fn item(attributes: &[&str]) -> Item {
    let read = |attribute: &&str| {
        let (name, value) = attribute.split_once('=').unwrap();
        match name.strip_suffix(':') {
            Some(name) => (name.to_owned(), AttributeValue::N(value.to_owned())),
            None => (name.to_owned(), AttributeValue::S(value.to_owned())),
        }
    };
    attributes.iter().map(read).collect()
}

/// The item with a map of texts in it.
pub(super) fn with_map(mut item: Item, name: &str, entries: &[(&str, &str)]) -> Item {
    let text = |(name, text): &(&str, &str)| {
        let text = AttributeValue::S((*text).to_owned());
        ((*name).to_owned(), text)
    };
    let map = AttributeValue::M(entries.iter().map(text).collect());
    item.insert(name.to_owned(), map);
    item
}

/// What the five entities are made of.
pub(super) fn of_the_design() -> Vec<Item> {
    let ana = item(&[
        "PK=USER#ana",
        "SK=#PROFILE#ana",
        "Type=User",
        "Username=ana",
        "FullName=Ana Díaz",
        "Email=ana@example.com",
    ]);
    let bo = item(&[
        "PK=USER#bo",
        "SK=#PROFILE#bo",
        "Type=User",
        "Username=bo",
        "FullName=Bo 100%",
        "Email=bo@example.com",
    ]);
    vec![
        with_map(ana, "Addresses", &[("home", "Lima"), ("work", "Cusco")]),
        with_map(bo, "Addresses", &[]),
        order("ana", "5e72", "SHIPPED", "2025-01-31", 90, "Order"),
        open(
            order("ana", "6a01", "PLACED", "2025-03-01", 250, "Order"),
            "6a01",
        ),
        // Of a program from before it was renamed.
        open(
            order("bo", "6b77", "PLACED", "2025-02-14", 40, "PurchaseOrder"),
            "6b77",
        ),
        line("5e72", "i-1", "p1", "2025-01-31", 1),
        line("6a01", "i-2", "p1", "2025-03-01", 2),
        line("6a01", "i-3", "p2", "2025-03-01", 1),
        line("6b77", "i-4", "p1", "2025-02-14", 3),
        product("p1", "Lamp", "light", 1_999, 12),
        product("p2", "Bulb", "light", 299, 500),
        product("p3", "Chair", "seat", 12_950, 3),
        review("p1", 9, "ana", "2025-02-01T10:00:00Z", 5),
        review("p1", 10, "bo", "2025-02-20T10:00:00Z", 2),
        // Of the first version, which did not write what an item is.
        without_type(review("p3", 1, "ana", "2024-12-24T18:30:00Z", 4)),
    ]
}

/// Items of which this program knows nothing, wherever the entities' could be.
pub(super) fn of_others() -> Vec<Item> {
    vec![
        item(&["PK=USER#ana", "SK=CART#1", "Type=Cart", "Lines:=2"]),
        item(&[
            "PK=USER#ana",
            "SK=ORDER#0001",
            "Type=LegacyOrder",
            "total=12.50 EUR",
        ]),
        item(&[
            "PK=PRODUCT#p1",
            "SK=REVIEW#summary",
            "Type=ReviewSummary",
            "Stars=3.5",
        ]),
        item(&[
            "PK=PRODUCT#p1",
            "SK=METADATA#p1#de",
            "Type=Translation",
            "Name=Lampe",
        ]),
        item(&["PK=ITEM#i-2", "SK=ORDER#6a01#RETURN", "Type=Return"]),
        item(&[
            "PK=INVOICE#77",
            "SK=ORDER#6a01",
            "Type=Invoice",
            "GSI1PK=STATUS#PLACED",
            "GSI1SK=2025-02-20#77",
        ]),
        item(&["PK=SEQUENCE", "SK=ORDER", "Next:=4711"]),
    ]
}

pub(super) fn order(user: &str, id: &str, status: &str, day: &str, total: u64, kind: &str) -> Item {
    item(&[
        &format!("PK=USER#{user}"),
        &format!("SK=ORDER#{id}"),
        &format!("GSI1PK=STATUS#{status}"),
        &format!("GSI1SK={day}#{id}"),
        &format!("Type={kind}"),
        &format!("Username={user}"),
        &format!("OrderId={id}"),
        &format!("Status={status}"),
        &format!("PlacedOn={day}"),
        &format!("Total:={total}"),
    ])
}

/// The item of an order that is not shipped.
pub(super) fn open(mut order: Item, id: &str) -> Item {
    order.extend(item(&[&format!("OpenOrderId={id}")]));
    order
}

pub(super) fn line(order: &str, id: &str, product: &str, day: &str, quantity: u32) -> Item {
    item(&[
        &format!("PK=ITEM#{id}"),
        &format!("SK=ORDER#{order}"),
        &format!("GSI1PK=PRODUCT#{product}"),
        &format!("GSI1SK=SOLD#{day}#{order}"),
        "Type=OrderItem",
        &format!("OrderId={order}"),
        &format!("ItemId={id}"),
        &format!("ProductId={product}"),
        &format!("SoldOn={day}"),
        &format!("Quantity:={quantity}"),
    ])
}

pub(super) fn product(id: &str, name: &str, category: &str, price: u32, stock: i64) -> Item {
    item(&[
        &format!("PK=PRODUCT#{id}"),
        &format!("SK=METADATA#{id}"),
        &format!("GSI1PK=CATEGORY#{category}"),
        &format!("GSI1SK=PRICE#{price:08}"),
        "Type=Product",
        &format!("ProductId={id}"),
        &format!("Name={name}"),
        &format!("Category={category}"),
        &format!("Price:={price}"),
        &format!("Stock:={stock}"),
    ])
}

pub(super) fn review(product: &str, id: u32, user: &str, at: &str, stars: u8) -> Item {
    item(&[
        &format!("PK=PRODUCT#{product}"),
        &format!("SK=REVIEW#{id}"),
        &format!("GSI1PK=USER#{user}"),
        &format!("GSI1SK=REVIEW#{at}"),
        "Type=Review",
        &format!("ProductId={product}"),
        &format!("ReviewId:={id}"),
        &format!("Username={user}"),
        &format!("WrittenAt={at}"),
        &format!("Stars:={stars}"),
    ])
}

fn without_type(mut item: Item) -> Item {
    item.remove("Type");
    item
}

/// Items by the texts of their keys.
pub(super) type Stored = BTreeMap<(String, String), Item>;

pub(super) fn by_key(items: impl IntoIterator<Item = Item>) -> Stored {
    let text = |item: &Item, name: &str| item[name].as_s().unwrap().clone();
    items
        .into_iter()
        .map(|item| ((text(&item, "PK"), text(&item, "SK")), item))
        .collect()
}

/// Returns a connection to a table that programs without dkmio made and filled.
pub(super) async fn shop() -> Result<DynamoDb, Error> {
    let db = DynamoDb::embedded();
    let client = db.client().await?;
    create_table(&client).await;
    for item in of_the_design().into_iter().chain(of_others()) {
        let put = client.put_item().table_name(TABLE).set_item(Some(item));
        put.send().await.unwrap();
    }
    Ok(db)
}

async fn create_table(client: &Client) {
    let key = |name: &str, key_type: KeyType| {
        let element = KeySchemaElement::builder().attribute_name(name);
        element.key_type(key_type).build().unwrap()
    };
    let index = |name: &str, keys: Vec<KeySchemaElement>| {
        let all = Projection::builder().projection_type(ProjectionType::All);
        GlobalSecondaryIndex::builder()
            .index_name(name)
            .set_key_schema(Some(keys))
            .projection(all.build())
            .build()
            .unwrap()
    };
    let keys = |pk, sk| vec![key(pk, KeyType::Hash), key(sk, KeyType::Range)];
    let text = |name: &str| {
        let attribute = AttributeDefinition::builder().attribute_name(name);
        let attribute = attribute.attribute_type(ScalarAttributeType::S);
        attribute.build().unwrap()
    };
    let names = ["PK", "SK", "GSI1PK", "GSI1SK", "OpenOrderId"];
    client
        .create_table()
        .table_name(TABLE)
        .billing_mode(BillingMode::PayPerRequest)
        .set_attribute_definitions(Some(names.map(text).into()))
        .set_key_schema(Some(keys("PK", "SK")))
        .global_secondary_indexes(index("InvertedIndex", keys("SK", "PK")))
        .global_secondary_indexes(index("GSI1", keys("GSI1PK", "GSI1SK")))
        .global_secondary_indexes(index("OpenOrders", vec![key("OpenOrderId", KeyType::Hash)]))
        .send()
        .await
        .unwrap();
}

/// Reads the whole table with the bare SDK.
pub(super) async fn stored(db: &DynamoDb) -> Result<Stored, Error> {
    let scan = db.client().await?.scan().table_name(TABLE);
    let scanned = scan.send().await.unwrap();
    assert!(scanned.last_evaluated_key().is_none());
    Ok(by_key(scanned.items.unwrap_or_default()))
}
