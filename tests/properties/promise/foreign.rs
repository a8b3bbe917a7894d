//! Items that other programs wrote: what a model does not declare is as it was after the model has put the item back.

use super::check::sources;
use super::engine;
use super::scalars::number;
use dkmio::{AttributeValue, Bytes, DynamoDb, DynamoTable, Error, Item, Number, Value};
use dkmio_tests::wire::Source;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Makes an attribute up, of any of the ten types.
pub(super) fn attribute(source: &mut Source<'_>, depth: usize) -> AttributeValue {
    use AttributeValue as Av;
    let some = |source: &mut Source<'_>| 1 + source.below(3);
    match source.below(if depth > 4 { 8 } else { 10 }) {
        0 => Av::S(source.text()),
        1 => Av::N(number(source).to_string()),
        2 => Av::B(source.bytes(8).into()),
        3 => Av::Bool(source.rarely(2)),
        4 => Av::Null(true),
        5 => {
            let all: BTreeSet<String> = (0..some(source)).map(|_| source.text()).collect();
            Av::Ss(all.into_iter().collect())
        }
        6 => {
            let all: BTreeSet<Number> = (0..some(source)).map(|_| number(source)).collect();
            Av::Ns(all.iter().map(Number::to_string).collect())
        }
        7 => {
            let all: BTreeSet<Vec<u8>> = (0..some(source)).map(|_| source.bytes(4)).collect();
            Av::Bs(all.into_iter().map(Into::into).collect())
        }
        8 => Av::L(
            (0..source.below(4))
                .map(|_| attribute(source, depth + 1))
                .collect(),
        ),
        _ => Av::M(attributes(source, depth + 1)),
    }
}

fn attributes(source: &mut Source<'_>, depth: usize) -> Item {
    let all = 0..source.below(4);
    all.map(|_| (format!("a {}", source.text()), attribute(source, depth)))
        .collect()
}

/// Makes an item up that has what the models below declare, and more.
fn item(
    source: &mut Source<'_>,
    mut attribute: impl FnMut(&mut Source<'_>) -> AttributeValue,
) -> Item {
    let mut more = |source: &mut Source<'_>| -> Item {
        let all = 0..=source.below(3);
        all.map(|_| (format!("x {}", source.text()), attribute(source)))
            .collect()
    };
    let mut profile = more(source);
    profile.insert("name".to_owned(), AttributeValue::S(source.text()));
    let mut item = more(source);
    item.insert("id".to_owned(), AttributeValue::S("1".to_owned()));
    item.insert(
        "count".to_owned(),
        AttributeValue::N(source.byte().to_string()),
    );
    item.insert("profile".to_owned(), AttributeValue::M(profile));
    item
}

/// What came of an item.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    PutBack,
    NotRead,
    NotWritten,
}

macro_rules! catch_alls {
    ($($(#[$meta:meta])* $name:ident: $rest:ty;)*) => {$(
        mod $name {
            use super::*;

            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
            #[dkmio(table = "docs")]
            pub(super) struct Docs {
                #[pk]
                id: String,
                count: u16,
                profile: Profile,
                #[serde(flatten)]
                rest: $rest,
            }

            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            struct Profile {
                name: String,
                #[serde(flatten)]
                rest: $rest,
            }

            /// Puts an item as another program does, counts up through the model, and checks what is then stored.
            pub(super) async fn outcome(db: &DynamoDb, item: &Item) -> Result<Outcome, Error> {
                let client = db.client().await?;
                let put = client.put_item().table_name("docs").set_item(Some(item.clone()));
                put.send().await.unwrap();
                let stored = async || {
                    let id = AttributeValue::S("1".to_owned());
                    let get = client.get_item().table_name("docs").key("id", id).send();
                    get.await.unwrap().item.unwrap()
                };
                let mut expected = stored().await;
                let outcome = match Docs::get("1").execute(db).await {
                    Ok(docs) => {
                        let mut docs = docs.unwrap();
                        docs.count += 1000;
                        match Docs::put(&docs).execute(db).await {
                            Ok(()) => {
                                let count = AttributeValue::N(docs.count.to_string());
                                expected.insert("count".to_owned(), count);
                                assert_eq!(Docs::get("1").execute(db).await?, Some(docs));
                                Outcome::PutBack
                            }
                            Err(Error::Encode(_)) => Outcome::NotWritten,
                            Err(e) => return Err(e),
                        }
                    }
                    Err(Error::Decode(_)) => Outcome::NotRead,
                    Err(e) => return Err(e),
                };
                let now = stored().await;
                assert_eq!(sorted(now), sorted(expected), "{outcome:?}");
                Ok(outcome)
            }
        }
    )*};
}

catch_alls! {
    values: BTreeMap<String, Value>;
    json: HashMap<String, serde_json::Value>;
    json_object: serde_json::Map<String, serde_json::Value>;
    text: BTreeMap<String, String>;
    text_or_null: BTreeMap<String, Option<String>>;
    numbers: HashMap<String, Number>;
    unique_text: HashMap<String, HashSet<String>>;
    binary: BTreeMap<String, Bytes>;
}

/// Sets have no order.
fn sorted(mut item: Item) -> Item {
    item.values_mut().for_each(sort);
    item
}

fn sort(value: &mut AttributeValue) {
    match value {
        AttributeValue::Ss(all) | AttributeValue::Ns(all) => all.sort(),
        AttributeValue::Bs(all) => all.sort_by(|a, b| a.as_ref().cmp(b.as_ref())),
        AttributeValue::L(all) => all.iter_mut().for_each(sort),
        AttributeValue::M(all) => all.values_mut().for_each(sort),
        _ => {}
    }
}

async fn connections() -> [DynamoDb; 2] {
    let both = engine::connections().await;
    both[0].create_table::<json::Docs>().await.unwrap();
    both
}

#[tokio::test]
async fn a_catch_all_of_values_keeps_every_attribute() -> Result<(), Error> {
    let connections = connections().await;
    for source in sources(50) {
        let any = item(&mut Source::new(&source), |source| attribute(source, 0));
        for db in &connections {
            assert_eq!(values::outcome(db, &any).await?, Outcome::PutBack);
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_catch_all_of_another_type_changes_nothing() -> Result<(), Error> {
    let connections = connections().await;
    for source in sources(20) {
        let any = item(&mut Source::new(&source), |source| attribute(source, 0));
        for db in &connections {
            json::outcome(db, &any).await?;
            json_object::outcome(db, &any).await?;
            text::outcome(db, &any).await?;
            text_or_null::outcome(db, &any).await?;
        }
    }
    Ok(())
}

/// One attribute of each type, alone, with what each catch-all makes of it.
#[tokio::test]
async fn a_catch_all_takes_what_it_can_put_back() -> Result<(), Error> {
    use AttributeValue as Av;
    let list = || vec!["a".to_owned(), "b".to_owned()];
    let exact = "12345678901234567890.123456789012345678";
    for db in &connections().await {
        for (name, value) in [
            ("S", Av::S("a".to_owned())),
            ("whole", Av::N("7".to_owned())),
            ("half", Av::N("0.5".to_owned())),
            ("exact", Av::N(exact.to_owned())),
            ("B", Av::B(vec![0xff].into())),
            ("B of text", Av::B(b"a".to_vec().into())),
            ("empty B", Av::B(Vec::new().into())),
            ("BOOL", Av::Bool(true)),
            ("NULL", Av::Null(true)),
            ("SS", Av::Ss(list())),
            ("NS", Av::Ns(vec!["1".to_owned(), exact.to_owned()])),
            ("BS", Av::Bs(vec![vec![1].into()])),
            ("L", Av::L(vec![Av::S("a".to_owned())])),
            ("M", Av::M([("a".to_owned(), Av::Bool(false))].into())),
        ] {
            let one = item(&mut Source::new(&[]), |_| value.clone());
            let put_back = Outcome::PutBack;
            let takes = [
                ("json", json::outcome(db, &one).await? == put_back),
                (
                    "json_object",
                    json_object::outcome(db, &one).await? == put_back,
                ),
                ("text", text::outcome(db, &one).await? == put_back),
                (
                    "text_or_null",
                    text_or_null::outcome(db, &one).await? == put_back,
                ),
                ("numbers", numbers::outcome(db, &one).await? == put_back),
                (
                    "unique_text",
                    unique_text::outcome(db, &one).await? == put_back,
                ),
                ("binary", binary::outcome(db, &one).await? == put_back),
            ];
            let takes: Vec<&str> = takes
                .into_iter()
                .filter(|(_, t)| *t)
                .map(|(c, _)| c)
                .collect();
            let expected: &[&str] = match name {
                "S" => &["json", "json_object", "text", "text_or_null"],
                "whole" | "half" => &["json", "json_object", "numbers"],
                "exact" => &["numbers"],
                "B" | "B of text" | "empty B" => &["binary"],
                "BOOL" | "M" => &["json", "json_object"],
                "NULL" => &["json", "json_object", "text_or_null"],
                "L" => &["json", "json_object", "unique_text"],
                _ => &[],
            };
            assert_eq!(takes, expected, "{name}");
        }
    }
    Ok(())
}
