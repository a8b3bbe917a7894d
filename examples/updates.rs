//! A player's profile in a game, changed by each clause that an update has, without reading it first.
//!
//! `cargo run --example updates`

use dkmio::{DynamoDb, DynamoDocument, DynamoTable, Error, Set};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "players")]
struct Players {
    #[pk]
    name: String,
    level: u32,
    coins: u64,
    best: Option<u64>,
    title: Option<String>,
    log: Vec<String>,
    badges: Set<String>,
    #[dkmio(document)]
    home: Option<Home>,
    #[dkmio(document)]
    horses: Vec<Horse>,
    scores: BTreeMap<String, u64>,
}

/// A nested document: its fields have accessors too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
struct Home {
    town: String,
    rooms: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
struct Horse {
    name: String,
    age: u32,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Players>().await?;
    let player = Players {
        name: "Ada".to_owned(),
        level: 1,
        coins: 100,
        title: Some("novice".to_owned()),
        log: vec!["arrived".to_owned()],
        badges: Set::from(["explorer", "beginner"]),
        ..Players::default()
    };
    Players::put(&player).execute(&db).await?;

    println!("Many clauses are one request; DynamoDB applies all of them or none:");
    let home = Home {
        town: "Lima".to_owned(),
        rooms: 2,
    };
    let update = Players::update("Ada")
        .set(|p| p.level(), 2)
        .set_expr(|p| p.coins(), |p| p.coins() - 30) // DynamoDB computes it
        .set_if_absent(|p| p.best(), 1_200)
        .set(|p| p.scores().entry("desert"), 700) // one entry of a map
        .set(|p| p.home(), home)
        .append(|p| p.log(), ["bought a house"])
        .add(|p| p.badges(), ["owner"])
        .remove(|p| p.title());
    println!("  {}", update.explain()?.update().unwrap_or_default());
    let now: Players = update.return_new().execute(&db).await?;
    println!(
        "  level {}, {} coins, badges {:?}",
        now.level, now.coins, now.badges
    );
    assert_eq!((now.level, now.coins, now.best), (2, 70, Some(1_200)));
    assert_eq!((now.title, now.scores["desert"]), (None, 700));
    assert_eq!(now.log, ["arrived", "bought a house"]);
    assert_eq!(now.badges, Set::from(["beginner", "explorer", "owner"]));

    println!(
        "Set if absent keeps a value; prepend writes before a list; delete takes out of a set:"
    );
    let now = Players::update("Ada")
        .set_if_absent(|p| p.best(), 9_999)
        .prepend(|p| p.log(), ["was born"])
        .delete(|p| p.badges(), ["beginner"])
        .add(|p| p.coins(), -20) // an unsigned number takes a negative change too
        .return_new()
        .execute(&db)
        .await?;
    println!(
        "  best {:?}, log {:?}, badges {:?}",
        now.best, now.log, now.badges
    );
    assert_eq!((now.best, now.coins), (Some(1_200), 50));
    assert_eq!(now.log, ["was born", "arrived", "bought a house"]);
    assert_eq!(now.badges, Set::from(["explorer", "owner"]));

    println!("A field of a document or an element of a list changes alone:");
    let horses = ["Bella", "Storm"].map(|name| Horse {
        name: name.to_owned(),
        age: 3,
    });
    Players::update("Ada")
        .append(|p| p.horses(), horses)
        .add(|p| p.home().rooms(), 1)
        .execute(&db)
        .await?;
    let now = Players::update("Ada")
        .set_expr(|p| p.horses().at(1).age(), |p| p.horses().at(1).age() + 1)
        .remove(|p| p.horses().at(0))
        .return_new()
        .execute(&db)
        .await?;
    println!("  {:?}, {:?}", now.home, now.horses);
    assert_eq!(now.home.map(|home| home.rooms), Some(3));
    assert_eq!(
        (now.horses[0].name.as_str(), now.horses[0].age),
        ("Storm", 4)
    );

    println!("`None` removes an attribute, so one `set` serves a form with an empty field:");
    let from_form: Option<u64> = None;
    let before = Players::update("Ada")
        .set(|p| p.best(), from_form)
        .return_old()
        .execute(&db)
        .await?;
    let best = before.and_then(|player| player.best);
    println!("  the best score was {best:?}");
    assert_eq!(best, Some(1_200));
    let best = Players::get("Ada")
        .select(|p| p.best())
        .execute(&db)
        .await?;
    assert_eq!(best, Some(None)); // the player is there, the attribute is not

    println!("An update can return only what it changed, read by the model's accessors:");
    let changed = Players::update("Ada")
        .add(|p| p.coins(), 25)
        .return_updated_new()
        .execute(&db)
        .await?;
    let coins: u64 = changed.get(|p| p.coins())?;
    println!("  {coins} coins; {changed:?}");
    assert_eq!(coins, 75);

    println!("An update makes the item if there is none, unless it says `if_exists`:");
    let update = Players::update("Grace").add(|p| p.coins(), 5).if_exists();
    let Err(Error::ConditionFailed(refused)) = update.execute(&db).await else {
        panic!("there is no Grace");
    };
    println!("  {refused}");
    assert_eq!(Players::get("Grace").execute(&db).await?, None);
    Ok(())
}
