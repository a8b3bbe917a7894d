//! A shop in one table: users, their orders and their addresses, with keys that are made of their fields and follow each
//! update.
//!
//! `cargo run --example one_table`

use dkmio::{
    DynamoDb, DynamoEntities, DynamoEntity, Error, Item, KeyAttribute, SharedTable, given,
};
use serde::{Deserialize, Serialize};

/// The table: what it, its key attributes and its indexes are called.
#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
#[gsi(gsi2, name = "GSI2", pk = "GSI2PK", sk = "GSI2SK")]
#[lsi(lsi1, name = "LSI1", sk = "LSI1SK")]
struct Shop;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "user")]
#[key(pk = "USER#{user_id}", sk = "PROFILE")]
struct User {
    user_id: String,
    name: String,
    orders: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "order")]
#[key(pk = "USER#{user_id}", sk = "ORDER#{placed_on}#{order_id}")]
#[gsi(by_status, of = gsi1, pk = "ORDERS#{status}", sk = "{placed_on}#{order_id}")]
#[gsi(by_courier, of = gsi2, pk = "COURIER#{courier}", sk = "{priority:03}#{placed_on}")]
#[lsi(by_total, of = lsi1, sk = "TOTAL#{total:012}")]
struct Order {
    user_id: String,
    placed_on: String,
    order_id: String,
    status: Status,
    total: u64,
    priority: u16,
    /// An order without a courier is not in `by_courier`.
    courier: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyAttribute)]
#[serde(rename_all = "UPPERCASE")]
enum Status {
    Pending,
    Shipped,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "address")]
#[key(pk = "USER#{user_id}", sk = "ADDRESS#{label}")]
struct Address {
    user_id: String,
    label: String,
    city: String,
}

/// What the partition of a user holds.
#[derive(Debug, PartialEq, DynamoEntities)]
#[entities(of = Shop, collection)]
enum Account {
    User(User),
    Order(Order),
    Address(Address),
    #[entities(other)]
    Other(Item),
}

fn order(placed_on: &str, order_id: &str, total: u64, priority: u16) -> Order {
    Order {
        user_id: "usr_1".to_owned(),
        placed_on: placed_on.to_owned(),
        order_id: order_id.to_owned(),
        status: Status::Pending,
        total,
        priority,
        courier: None,
    }
}

/// Places an order: it is put, and counted in the profile of its user.
async fn place(db: &DynamoDb, order: &Order) -> Result<(), Error> {
    dkmio::transact_write()
        .add(Order::put(order).if_not_exists())
        .add(User::update(order.user_id.as_str()).add(|u| u.orders(), 1))
        .execute(db)
        .await
}

/// Prints the key attributes of an order as they are stored.
async fn print_keys(db: &DynamoDb, order: &Order) -> Result<(), Error> {
    let item = Order::get(order).raw().execute(db).await?;
    let item = item.unwrap_or_default();
    for name in ["PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK", "LSI1SK"] {
        let text = item.get(name).and_then(|value| value.as_s().ok());
        println!("  {name:6} {}", text.map_or("-", |text| text));
    }
    Ok(())
}

async fn write(db: &DynamoDb) -> Result<(), Error> {
    let ana = User {
        user_id: "usr_1".to_owned(),
        name: "Ana".to_owned(),
        orders: 0,
    };
    User::put(&ana).if_not_exists().execute(db).await?;
    let home = Address {
        user_id: "usr_1".to_owned(),
        label: "home & office #2".to_owned(),
        city: "Lima".to_owned(),
    };
    Address::put(&home).execute(db).await?;
    place(db, &order("2025-01-31", "o1", 90, 7)).await?;
    place(db, &order("2025-03-01", "o2", 250, 7)).await?;
    place(db, &order("2025-03-01", "o20", 120, 1)).await?;
    println!("The keys of an order, which is not in the index of couriers yet:");
    print_keys(db, &order("2025-03-01", "o2", 250, 7)).await?;
    println!("Separators within a value do not end it:");
    let stored = Address::get(&home).raw().execute(db).await?;
    let stored = stored.expect("the address is there");
    let sk = stored["SK"].as_s().expect("a text");
    println!("  SK     {sk}");
    assert_eq!(sk, "ADDRESS#home%20&%20office%20%232");
    Ok(())
}

async fn read(db: &DynamoDb) -> Result<(), Error> {
    println!("A key is given by its members:");
    let found = Order::get(("usr_1", "2025-03-01", "o2"))
        .execute(db)
        .await?;
    let found = found.expect("the order is there");
    println!(
        "  {} of {}: {}",
        found.order_id, found.placed_on, found.total
    );

    println!("A sort key is compared member by member:");
    let ids = |orders: Vec<Order>| orders.into_iter().map(|o| o.order_id).collect::<Vec<_>>();
    let query = Order::query("usr_1").sk(|k| k.placed_on().ge("2025-02-01"));
    println!("{}", query.explain()?);
    let spring = ids(query.fetch_all(db).await?);
    println!("  {spring:?}");
    assert_eq!(spring, ["o2", "o20"]);
    let largest = Order::by_total().query("usr_1").descending();
    let largest = ids(largest.limit(2).fetch_all(db).await?);
    println!("  the largest are {largest:?}");
    assert_eq!(largest, ["o2", "o20"]);

    println!("One request reads the whole account:");
    let page = Account::query("usr_1").execute(db).await?;
    let account = Account::split(page);
    let (user, address) = (&account.user[0], &account.address[0]);
    println!("  {} with {} orders", user.name, account.order.len());
    println!("  {:?}, {}", address.label, address.city);
    assert_eq!((user.orders, account.order.len()), (3, 3));
    assert!(account.other.is_empty());
    Ok(())
}

async fn update(db: &DynamoDb) -> Result<(), Error> {
    let key = ("usr_1", "2025-03-01", "o2");
    println!("An update of the status rewrites the key that is made of it:");
    let ship = Order::update(key).set(|o| o.status(), Status::Shipped);
    println!("{}", ship.explain()?);
    ship.execute(db).await?;
    let shipped = Order::by_status().query(Status::Shipped).count(db).await?;
    assert_eq!(shipped, 1);

    println!("Courier and priority are set together; the priority is given, and checked:");
    let assign = |courier, priority: u16| {
        Order::update(key).set_together(|o| o.by_courier(), (courier, given(priority)))
    };
    let late = assign("dhl", 9).execute(db).await;
    match late {
        Err(Error::ConditionFailed(_)) => println!("  its priority is not 9: nothing was written"),
        other => panic!("{other:?}"),
    }
    assign("dhl", 7).execute(db).await?;
    let urgent = Order::by_courier()
        .query("dhl")
        .sk(|k| k.priority().le(9))
        .fetch_all(db)
        .await?;
    println!("  the courier has {} order", urgent.len());
    assert_eq!(urgent.len(), 1);

    println!(
        "What differs becomes one update, and a new key a put and a delete in one transaction:"
    );
    let before = Order::get(key).execute(db).await?;
    let before = before.expect("the order is there");
    let after = Order {
        courier: None,
        total: 240,
        ..before.clone()
    };
    if let Some(update) = Order::diff(&before, &after)? {
        update.execute(db).await?;
    }
    assert_eq!(Order::by_courier().scan().count(db).await?, 0);
    let moved = Order {
        placed_on: "2025-03-02".to_owned(),
        ..after.clone()
    };
    Order::replace(&after, &moved).execute(db).await?;
    assert_eq!(Order::get(key).execute(db).await?, None);
    print_keys(db, &moved).await
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Shop>().await?;
    write(&db).await?;
    read(&db).await?;
    update(&db).await
}
