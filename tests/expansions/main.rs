//! What the derives write, for people to read and for review to notice.
//!
//! `golden/<name>.txt` holds an input, as a comment, and the code that its derives of dkmio write;
//! `DKMIO_UPDATE_GOLDEN=1 cargo test -p dkmio-tests --test expansions` records it anew.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a test fails by panicking"
)]

/// The sources of dkmio-derive without its entry: outside of a compiler, only `proc_macro2` works.
#[path = "../../dkmio-derive/src"]
mod derive {
    pub(crate) mod codegen;
    pub(crate) mod diagnostics;
    pub(crate) mod expand;
    pub(crate) mod fallback;
    pub(crate) mod keyword;
    pub(crate) mod model;
    pub(crate) mod parse;
    pub(crate) mod rename;
    pub(crate) mod type_shape;
    pub(crate) mod validate;
    pub(crate) mod visibility;
    pub(crate) mod without_prelude;
}
// In their own crate they stand at the root.
use derive::*;

use proc_macro2::TokenStream;
use quote::ToTokens;
use std::path::Path;
use syn::punctuated::Punctuated;
use syn::{DeriveInput, Token};

#[test]
fn a_table_with_a_partition_key_only() {
    check(
        "partition_key_only",
        r#"
#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "users")]
struct Users {
    #[pk]
    id: String,
    /// As the user writes it.
    name: Option<String>,
}
"#,
    );
}

#[test]
fn the_orders_of_the_readme() {
    check(
        "orders",
        r#"
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
#[gsi(by_status, name = "gsi-status-date", pk = status, sk = created_at, project(total, items_count))]
#[gsi(by_date, name = "gsi-date", pk = user_id, sk = created_at)]
#[gsi(by_region, name = "gsi-region", pk = region, project = keys_only)]
#[lsi(by_amount, name = "lsi-amount", sk = total)]
pub struct Orders {
    #[pk]
    pub user_id: String,
    #[sk]
    pub order_id: String,
    pub status: Status,
    pub created_at: String,
    pub total: u64,
    pub items_count: u32,
    pub region: Option<String>,
    pub description: Option<String>,
    #[dkmio(document)]
    pub address: Option<Address>,
    #[dkmio(document)]
    pub items: Vec<LineItem>,
    pub tags: dkmio::Set<String>,
    #[ttl]
    pub expires_at: Option<Ttl>,
}
"#,
    );
}

#[test]
fn an_index_whose_keys_have_several_attributes() {
    check(
        "several_attributes",
        r#"
#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "matches", crate = "my::dkmio")]
#[serde(rename_all = "camelCase")]
#[gsi(by_round, pk = (tournament_id, region), sk = (round, bracket, match_id), project = keys_only)]
pub(crate) struct Matches {
    #[pk]
    match_id: String,
    tournament_id: String,
    region: String,
    round: u8,
    bracket: String,
    #[serde(default, with = "score")]
    winner: Score,
}
"#,
    );
}

#[test]
fn a_shared_table_and_its_entities() {
    check(
        "entities",
        r#"
#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
#[lsi(lsi1, name = "LSI1", sk = "LSI1SK")]
pub struct Shop;

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "order", was("Order"))]
#[key(pk = "USER#{user_id}", sk = "ORDER#{placed_at}#{order_id}")]
#[gsi(by_courier, of = gsi1, pk = "COURIER#{courier}", sk = "{priority:03}|{placed_at:.7}")]
#[lsi(by_total, of = lsi1, sk = "TOTAL#{total:012}")]
pub struct Order {
    pub user_id: String,
    pub placed_at: NaiveDate,
    pub order_id: String,
    pub total: u64,
    pub priority: u16,
    pub courier: Option<String>,
    pub note: Option<String>,
}
"#,
    );
}

#[test]
fn a_table_whose_keys_are_texts() {
    check(
        "table_texts",
        r#"
#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "parcels")]
#[key(pk("PK") = "CUSTOMER#{customer}", sk("SK") = "{packed_on}#{parcel_id}")]
#[gsi(by_courier, name = "GSI1", pk("GSI1PK") = "COURIER#{courier}", sk("GSI1SK") = "{priority:03}")]
#[gsi(by_state, pk = state, sk("packed_by") = "{packed_on}", project(weight))]
pub struct Parcels {
    pub customer: String,
    pub packed_on: NaiveDate,
    pub parcel_id: String,
    pub state: State,
    pub weight: u64,
    pub priority: u16,
    pub courier: Option<String>,
    #[ttl]
    pub expires_at: Option<Ttl>,
}
"#,
    );
}

#[test]
fn a_set_of_entities_and_a_patch() {
    check(
        "sets_and_patches",
        r#"
#[derive(DynamoEntities)]
#[entities(of = Shop, collection)]
pub enum Account {
    User(User),
    Order(Order),
    #[entities(other)]
    Other(dkmio::Item),
}

#[derive(DynamoPatch)]
#[patch(of = Order)]
pub struct OrderPatch {
    pub total: Option<u64>,
    pub note: Option<Option<String>>,
}
"#,
    );
}

#[test]
fn vector_indexes_with_and_without_a_partition() {
    check(
        "vector_indexes",
        r#"
#[derive(DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(
    by_meaning, on = embedding, dimensions = 384, distance = cosine,
    pk = tenant, filter(lang), project(title)
)]
#[vector_index(like, name = "docs-like", on = embedding, dimensions = 384, distance = dot_product)]
struct Docs {
    #[pk]
    id: String,
    tenant: Option<String>,
    lang: String,
    title: String,
    embedding: Option<Vector<384>>,
}
"#,
    );
}

#[test]
fn documents_also_recursive_ones() {
    check(
        "documents",
        r#"
#[derive(Serialize, Deserialize, DynamoDocument)]
pub struct Address {
    pub street: String,
    pub zip: Option<String>,
}

#[derive(Serialize, Deserialize, DynamoDocument)]
pub struct Comment {
    text: String,
    #[dkmio(document)]
    replies: Vec<Comment>,
}
"#,
    );
}

#[test]
fn projections_and_keys_of_ones_own() {
    check(
        "projections_and_keys",
        r#"
#[derive(Serialize, Deserialize, KeyAttribute)]
struct UserId(String);

#[derive(Serialize, Deserialize, KeyAttribute)]
enum Status {
    Pending,
    Shipped,
}

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Summary {
    order_id: String,
    #[serde(rename = "total")]
    amount: u64,
    region: Option<String>,
}
"#,
    );
}

#[test]
fn a_projection_that_borrows() {
    check(
        "a_projection_that_borrows",
        r#"
#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Row<'a> {
    order_id: &'a str,
    #[serde(borrow, rename = "description")]
    text: Option<&'a str>,
    #[serde(borrow, default)]
    region: Cow<'a, str>,
    total: u64,
}
"#,
    );
}

/// Compares what the derives write with what is recorded.
fn check(name: &str, input: &str) {
    let commented = input.trim().lines().map(|line| match line {
        "" => "//\n".to_owned(),
        line => format!("// {line}\n"),
    });
    let actual = commented.collect::<String>() + "\n" + &expanded(input);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("expansions/golden/{name}.txt"));
    if std::env::var_os("DKMIO_UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, actual).unwrap();
        return;
    }
    let recorded = std::fs::read_to_string(&path).unwrap();
    let mut lines = actual.lines().zip(recorded.lines()).enumerate();
    if let Some((line, (actual, recorded))) = lines.find(|(_, (a, b))| a != b) {
        panic!("{name}.txt:{}: `{actual}` was `{recorded}`", line + 1);
    }
    assert_eq!(
        actual.len(),
        recorded.len(),
        "{name}.txt has another length"
    );
}

/// Returns the code of the derives that the structs ask for.
fn expanded(input: &str) -> String {
    let mut code = TokenStream::new();
    for item in syn::parse_file(input).unwrap().items {
        let mut input: DeriveInput = syn::parse2(item.into_token_stream()).unwrap();
        // A derive does not see itself.
        let (derives, attributes): (Vec<_>, Vec<_>) = input
            .attrs
            .into_iter()
            .partition(|attribute| attribute.path().is_ident("derive"));
        input.attrs = attributes;
        for derive in derives {
            let names = Punctuated::<syn::Ident, Token![,]>::parse_terminated;
            for name in derive.parse_args_with(names).unwrap() {
                code.extend(match name.to_string().as_str() {
                    "DynamoTable" => expand::table(&input),
                    "SharedTable" => expand::shared_table(&input),
                    "DynamoEntity" => expand::entity(&input),
                    "DynamoEntities" => expand::entities(&input),
                    "DynamoPatch" => expand::patch(&input),
                    "DynamoDocument" => expand::document(&input),
                    "Projection" => expand::projection(&input),
                    "KeyAttribute" => expand::key_attribute(&input),
                    _ => continue,
                });
            }
        }
    }
    prettyplease::unparse(&syn::parse2(code).unwrap())
}
