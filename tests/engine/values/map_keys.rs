//! Maps whose keys have a type: an entry is named by a key, or as it is in DynamoDB.

use dkmio::{DynamoDocument, DynamoTable, Error, KeyAttribute};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyAttribute)]
struct UserId(String);

/// No key of a table: what serde writes as a string is enough.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Color {
    DarkRed,
    Blue,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
struct Seat {
    row: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "games")]
struct Games {
    #[pk]
    id: String,
    scores: HashMap<UserId, u32>,
    moves: BTreeMap<u64, String>,
    colors: Option<BTreeMap<Color, i8>>,
    names: HashMap<String, String>,
    flags: BTreeMap<bool, u8>,
    #[dkmio(document)]
    seats: HashMap<UserId, Seat>,
    #[dkmio(document)]
    tables: BTreeMap<u8, Seat>,
}

fn user(id: &str) -> UserId {
    UserId(id.to_owned())
}

fn game() -> Games {
    Games {
        id: "g".to_owned(),
        scores: HashMap::from([(user("u1"), 3), (user("u.2"), 4)]),
        moves: BTreeMap::from([(1, "e4".to_owned()), (20, "Qh5".to_owned())]),
        colors: Some(BTreeMap::from([(Color::DarkRed, -1), (Color::Blue, 2)])),
        names: HashMap::from([("a".to_owned(), "b".to_owned())]),
        flags: BTreeMap::from([(true, 1)]),
        seats: HashMap::from([(user("u1"), Seat { row: 7 })]),
        tables: BTreeMap::from([(9, Seat { row: 8 })]),
    }
}

#[tokio::test]
#[allow(
    clippy::needless_borrows_for_generic_args,
    reason = "a reference to a key is a key"
)]
async fn an_entry_of_a_typed_key_is_named_as_serde_names_it() {
    check(async |db| {
        db.create_table::<Games>().await?;
        Games::put(&game()).execute(&db).await?;
        let get = || Games::get("g");
        let (nobody, first) = (user("nobody"), 1);
        let scores = get().select(|g| {
            (
                g.scores().entry("u1"),
                g.scores().entry(user("u.2")),
                g.scores().entry(&nobody),
            )
        });
        assert_eq!(scores.execute(&db).await?, Some((Some(3), Some(4), None)));
        let moves = get().select(|g| {
            (
                g.moves().entry(20),
                g.moves().entry(&first),
                g.moves().entry("1"),
            )
        });
        let e4 = || Some("e4".to_owned());
        assert_eq!(
            moves.execute(&db).await?,
            Some((Some("Qh5".to_owned()), e4(), e4()))
        );
        let rest = get().select(|g| {
            (
                g.colors().entry(Color::DarkRed),
                g.flags().entry(true),
                g.names().entry("a".to_owned()),
                g.names().entry('a'),
            )
        });
        let b = || Some("b".to_owned());
        assert_eq!(
            rest.execute(&db).await?,
            Some((Some(-1), Some(1), b(), b()))
        );
        let rows = get().select(|g| (g.seats().entry("u1").row(), g.tables().entry(9).row()));
        assert_eq!(rows.execute(&db).await?, Some((Some(7), Some(8))));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_entry_of_a_typed_key_is_updated() {
    check(async |db| {
        db.create_table::<Games>().await?;
        Games::put(&game()).execute(&db).await?;
        let updated = Games::update("g")
            .add(|g| g.scores().entry(user("u1")), 10)
            .set(|g| g.moves().entry(u64::MAX), "resigns")
            .remove(|g| g.colors().entry(&Color::Blue))
            .set(|g| g.seats().entry("u1").row(), 1)
            .return_new()
            .execute(&db)
            .await?;
        let mut expected = game();
        expected.scores.insert(user("u1"), 13);
        expected.moves.insert(u64::MAX, "resigns".to_owned());
        expected.colors = Some(BTreeMap::from([(Color::DarkRed, -1)]));
        expected.seats.insert(user("u1"), Seat { row: 1 });
        assert_eq!(updated, expected);
        Ok(())
    })
    .await;
}

#[derive(Debug, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "grids")]
struct Grids {
    #[pk]
    id: String,
    cells: BTreeMap<(u8, u8), String>,
}

#[test]
fn a_key_that_is_no_string_is_refused_before_sending() {
    let get = Grids::get("g").select(|g| g.cells().entry((1, 2)));
    assert!(matches!(get.explain(), Err(Error::Validation(_))));
}
