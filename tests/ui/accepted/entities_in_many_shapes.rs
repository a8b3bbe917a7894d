//! Entities with keys of no, one and several members, of fields, and in indexes of each kind.
#![deny(warnings)]

use dkmio::{DynamoEntity, KeyAttribute, SharedTable, Ttl};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
#[gsi(by_place, pk = ("country", "city"), sk = ("visits", N), project(name))]
#[gsi(inverted, pk = "SK", sk = "PK")]
#[lsi(lsi1, name = "LSI1", sk = "LSI1SK")]
#[ttl("expires_at")]
struct Shop;

/// There is one.
#[derive(Debug, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "settings")]
#[key(pk = "SETTINGS", sk = "SETTINGS")]
struct Settings {
    open: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
struct UserId(String);

#[derive(Debug, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "user", was("User", "customer"))]
#[key(pk = "USER#{user_id}", sk = "PROFILE")]
#[gsi(by_place, of = by_place, pk = (country, city), sk = visits, project(name))]
#[gsi(by_type, of = gsi1, pk = "TYPE#{type}", sk = "{{{name:lower}}}")]
struct User {
    user_id: UserId,
    name: String,
    country: Option<String>,
    city: String,
    visits: u32,
    r#type: String,
    #[ttl]
    expires_at: Option<Ttl>,
    #[serde(flatten)]
    rest: HashMap<String, String>,
}

#[derive(Debug, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "visit")]
#[key(pk = "USER#{user_id}", sk = "VISIT#{year:04}-{month:raw}")]
#[gsi(by_visit, of = inverted, pk = "VISIT#{year:04}-{month:raw}", sk = "USER#{user_id}")]
#[lsi(by_note, of = lsi1, sk = "{note:.3}")]
struct Visit {
    user_id: UserId,
    year: u16,
    month: u8,
    note: Option<String>,
}

#[derive(SharedTable)]
#[dkmio(table = "old")]
#[keys(pk = "id", escape = refuse)]
struct Old;

#[derive(Debug, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Old, kind = "thing")]
#[key(pk = "{a}|{b}")]
struct Thing {
    a: String,
    b: i32,
}

/// The key is the field itself.
#[derive(Debug, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Old, kind = "other")]
#[key(pk = id)]
struct Other {
    id: String,
}

fn main() -> Result<(), dkmio::Error> {
    let settings = Settings { open: true };
    Settings::put(&settings).into_input()?;
    Settings::get(()).into_input()?;
    let _ = (Settings::query(()), Settings::get(&settings), settings.key());
    let id = UserId("usr_1".to_owned());
    let _ = (User::get(&id), User::get(UserKey::from(&id)), User::query(&id));
    let _ = User::by_place().query(("PE", "Lima")).sk(|k| k.ge(3)).select(|u| u.name());
    let _ = User::by_type().query("new").sk(|k| k.name().begins_with("An"));
    let _ = Visit::get((&id, 2025, 2));
    let _ = Visit::query(&id).sk(|k| k.year().eq(2025).month().eq(2));
    let _ = Visit::by_visit().query((2025, 2)).sk(|k| k.user_id().eq(&id));
    let _ = Visit::by_note().query(&id).sk(|k| k.note().eq("abc"));
    let visit = Visit { user_id: id.clone(), year: 2025, month: 2, note: None };
    Visit::put(&visit).into_input()?;
    assert_eq!(visit.key(), VisitKey::from((id, 2025, 2)));
    let thing = Thing::get(("a", -7)).into_input()?;
    assert_eq!(thing.key.map(|key| key.len()), Some(1));
    Other::get("o").into_input()?;
    local();
    Ok(())
}

/// A struct in a function is out of reach of paths.
fn local() {
    #[derive(Debug, Serialize, Deserialize, DynamoEntity)]
    #[entity(of = Shop, kind = "local")]
    #[key(pk = "LOCAL#{n}", sk = "{m}")]
    struct Local {
        n: u8,
        m: u64,
    }
    let _ = Local::query(1).sk(|k| k.m().between(1, 2));
    let _ = Local { n: 1, m: 2 };
}
