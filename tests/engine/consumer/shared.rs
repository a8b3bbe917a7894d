//! The changes of entities and sets of a shared table.

use super::*;
use dkmio::{DynamoEntities, DynamoEntity, SharedTable};

#[derive(SharedTable)]
#[dkmio(table = "store")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
struct Store;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Store, kind = "user")]
#[key(pk = "USER#{id}", sk = "PROFILE")]
struct User {
    id: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Store, kind = "order")]
#[key(pk = "USER#{id}", sk = "ORDER#{number}")]
struct Order {
    id: String,
    number: u32,
}

#[derive(Debug, PartialEq, DynamoEntities)]
#[entities(of = Store, collection)]
enum Account {
    User(User),
    Order(Order),
}

#[tokio::test]
async fn an_entity_has_its_own_changes_and_a_set_has_all() -> Result<(), Error> {
    let db = engine();
    with_stream::<Store>(&db).await?;
    let user = User {
        id: "u1".to_owned(),
    };
    let order = |number| Order {
        id: "u1".to_owned(),
        number,
    };
    Order::put(&order(0)).execute(&db).await?;
    User::put(&user).execute(&db).await?;
    Order::put(&order(1)).execute(&db).await?;
    let orders = rest(&mut db.changes::<Order>().stream()).await?;
    let expected = (0..2).map(|number| Change::Insert { new: order(number) });
    assert!(orders.into_iter().eq(expected));

    let all = rest(&mut db.changes::<Account>().stream()).await?;
    assert_eq!(all.len(), 3);
    assert!(matches!(&all[1], Change::Insert { new: Account::User(u) } if *u == user));
    Ok(())
}
