//! The derive macros of [dkmio](https://docs.rs/dkmio), which re-exports them: depend on that crate.
//!
//! A derive runs in stages: `parse` reads attributes and judges only their spelling, `validate` applies every rule and
//! collects the faults, `model` resolves what was declared, `codegen` writes it out and cannot fail. `expand` runs the
//! stages. With errors it emits a stand-in from `fallback`, so that one mistake is one error.

mod codegen;
mod diagnostics;
mod expand;
mod fallback;
mod keyword;
mod model;
mod parse;
mod rename;
mod test_attribute;
mod type_shape;
mod validate;
mod visibility;
mod without_prelude;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct the model of a DynamoDB table.
///
/// Each field is an attribute, called what serde calls it. `#[dkmio(table = "…")]` names the table, `#[pk]` and `#[sk]`
/// mark its keys, `#[gsi(..)]` and `#[lsi(..)]` declare its indexes, `#[ttl]` marks the time to live, and
/// `#[dkmio(document)]` opens a nested struct that derives [`DynamoDocument`](macro@DynamoDocument).
///
/// For a struct `Orders` it makes, with the struct's visibility:
///
/// - the verbs, `Orders::get(..)` and so on, and a function for each index;
/// - `OrdersKey`, the primary key;
/// - `OrdersAttrs`, the accessors that closures see;
/// - for each index that does not project everything the type of its items, such as `OrdersByStatus`.
///
/// # Attributes
///
/// | attribute | on | says |
/// |---|---|---|
/// | `#[dkmio(table = "…")]` | struct | the table's name |
/// | `#[dkmio(crate = "…")]` | struct | where the crate `dkmio` is, for re-exports |
/// | `#[dkmio(derive(..))]` | struct | what the item types of indexes derive, in place of `Debug, Clone, PartialEq, Serialize` |
/// | `#[dkmio(no_implicit_prelude)]` | struct | that its module has no prelude; see below |
/// | `#[pk]`, `#[sk]` | field | the table's keys |
/// | `#[gsi(accessor, name = "…", pk = field, sk = field, project(field, ..))]` | struct, or the field that is its `pk` | a global index |
/// | `#[lsi(accessor, name = "…", sk = field, project(field, ..))]` | struct, or the field that is its `sk` | a local index |
/// | `#[ttl]` | field | the time-to-live attribute |
/// | `#[dkmio(document)]` | field | its accessor opens the nested struct |
///
/// An index is called what its accessor is, with hyphens, if it has no `name`. It projects everything if there is no
/// `project(..)`, `project = keys_only` or `project = all`. The key of a global index may have up to four attributes
/// a part: `pk = (a, b), sk = (c, d)`. `#[lsi]` alone on a field `total` declares the accessor `by_total`.
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoDocument, DynamoTable, Error, KeyAttribute, Set, Ttl};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
/// enum Status { Pending, Shipped }
///
/// #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
/// struct Address { city: String, zip: Option<String> }
///
/// #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
/// #[dkmio(table = "orders")]
/// #[gsi(by_status, name = "gsi-status-date", pk = status, sk = created_at, project(total))]
/// #[gsi(by_region, pk = region, project = keys_only)] // sparse: only orders that have a region are in it
/// #[lsi(by_amount, sk = total)]
/// struct Orders {
///     #[pk]
///     user_id: String,
///     #[sk]
///     order_id: String,
///     status: Status,
///     created_at: String,
///     total: u64,
///     region: Option<String>,
///     #[dkmio(document)]
///     address: Address,
///     tags: Set<String>,
///     #[ttl]
///     expires_at: Option<Ttl>,
/// }
///
/// // `OrdersKey`, and `From` a tuple for it:
/// let key = OrdersKey { user_id: "usr_1".to_owned(), order_id: "ord_1".to_owned() };
/// let same = OrdersKey::from(("usr_1", "ord_1"));
/// assert_eq!(key, same);
///
/// // The verbs, and accessors in their closures:
/// let update = Orders::update(key)
///     .set(|o| o.status(), Status::Shipped)
///     .set(|o| o.address().city(), "Lima")
///     .if_exists();
/// assert_eq!(update.explain()?.update(), Some("SET #status = :v0, #address.#city = :v1"));
///
/// // An index has keys of its own, and items of a type of its own: `OrdersByStatus` has what is projected.
/// let query = Orders::by_status().query(Status::Pending).sk(|k| k.ge("2025-01-01"));
/// assert_eq!(query.explain()?.index(), Some("gsi-status-date"));
/// let total = |order: OrdersByStatus| order.total;
/// # let _ = total;
/// # Ok::<(), Error>(())
/// ```
///
/// # Without the prelude
///
/// The generated code names nothing of the prelude. But in a module under `#![no_implicit_prelude]` rustc does not find
/// the attributes that carry dkmio's messages (`cannot find module or crate "diagnostic" in this scope`), nor any other
/// tool's, and a derive cannot see in which module it is. `#[dkmio(no_implicit_prelude)]` leaves those attributes out:
/// the same mistakes are refused, in rustc's words. All four derives take it.
#[proc_macro_derive(DynamoTable, attributes(dkmio, pk, sk, gsi, lsi, ttl))]
pub fn derive_dynamo_table(input: TokenStream) -> TokenStream {
    expand::table(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a struct a document: nested in an item, with accessors of its own.
///
/// A field of a table, or of another document, that holds it (or an `Option`, `Box`, `Vec` or map of it) and has
/// `#[dkmio(document)]` opens it: `o.address().city()`, `o.items().at(0).qty()`. Recursive types work too.
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoDocument, DynamoTable, Error};
/// use serde::{Deserialize, Serialize};
/// use std::collections::HashMap;
///
/// #[derive(Serialize, Deserialize, DynamoDocument)]
/// struct Line { sku: String, qty: u32 }
///
/// #[derive(Serialize, Deserialize, DynamoTable)]
/// #[dkmio(table = "carts")]
/// struct Carts {
///     #[pk]
///     user_id: String,
///     #[dkmio(document)]
///     lines: Vec<Line>,
///     #[dkmio(document)]
///     saved: HashMap<String, Line>,
/// }
///
/// let update = Carts::update("usr_1")
///     .set(|c| c.lines().at(0).qty(), 2)
///     .set(|c| c.saved().entry("later").qty(), 1)
///     .if_exists();
/// assert_eq!(
///     update.explain()?.update(),
///     Some("SET #lines[0].#qty = :v0, #saved.#later.#qty = :v1")
/// );
/// # Ok::<(), Error>(())
/// ```
///
/// `#[dkmio(crate = "…")]` says where the crate `dkmio` is, for re-exports.
#[proc_macro_derive(DynamoDocument, attributes(dkmio))]
pub fn derive_dynamo_document(input: TokenStream) -> TokenStream {
    expand::document(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a type a key: a struct around one string, number or binary, or an enum of plain variants.
///
/// The type has serde's derives too: a struct is stored as its one value, an enum as the name of its variant.
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoTable, KeyAttribute};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
/// struct UserId(String);
///
/// #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, KeyAttribute)]
/// #[serde(rename_all = "lowercase")]
/// enum Kind { Invoice, Refund }
///
/// #[derive(Serialize, Deserialize, DynamoTable)]
/// #[dkmio(table = "documents")]
/// struct Documents {
///     #[pk]
///     user_id: UserId,
///     #[sk]
///     kind: Kind,
/// }
///
/// let key = DocumentsKey { user_id: UserId("usr_1".to_owned()), kind: Kind::Refund };
/// let get = Documents::get(key);
/// # let _ = get;
/// ```
///
/// `#[dkmio(crate = "…")]` says where the crate `dkmio` is, for re-exports.
#[proc_macro_derive(KeyAttribute, attributes(dkmio))]
pub fn derive_key_attribute(input: TokenStream) -> TokenStream {
    expand::key_attribute(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a struct a projection of a table: what `.select_as::<T>()` reads.
///
/// `#[projection(of = Orders)]` names the table. Each field reads the attribute that is called the same on the wire;
/// its type is that of the table's field, or an `Option` of it. Both are checked here, and where the projection is
/// used also that the index projects each attribute.
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoTable, Error, Projection};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, DynamoTable)]
/// #[dkmio(table = "users")]
/// struct Users { #[pk] id: String, name: String, email: Option<String>, visits: u64 }
///
/// #[derive(Deserialize, Projection)]
/// #[projection(of = Users)]
/// struct Contact { name: String, email: Option<String> }
///
/// let scan = Users::scan().select_as::<Contact>();
/// assert_eq!(scan.explain()?.projection(), Some("#name, #email"));
/// # Ok::<(), Error>(())
/// ```
///
/// # Rows that borrow
///
/// A struct with a lifetime borrows from the page that it is read from, and is read by `.select_borrowed::<T>()` of a
/// query or scan. A `String` of the table reads there as `&str`, or as `Cow<str>`, and a `Vec<String>` as `Vec<&str>`.
/// `#[serde(borrow)]` tells serde to borrow a type other than a plain `&str`. In an `Option<Cow<str>>` serde copies all
/// the same; in a `Cow<str>` with `#[serde(borrow, default)]` it does not.
///
/// `#[dkmio(crate = "…")]` says where the crate `dkmio` is, for re-exports.
#[proc_macro_derive(Projection, attributes(projection, dkmio))]
pub fn derive_projection(input: TokenStream) -> TokenStream {
    expand::projection(&parse_macro_input!(input as DeriveInput)).into()
}

/// Runs an async test on an embedded engine of its own: `#[dkmio::test]`, with dkmio's feature `testing`.
///
/// Names the models whose tables the test has, each with a JSON file of items if there is one; the path is relative to the
/// file of the test, and the file is an array of items as serde writes the model. The arguments of the function are what it
/// needs, in any order: the connection (`DynamoDb`), the faults (`testing::Faults`), the SDK's `Client`, or all of it
/// (`testing::TestDatabase`). It returns nothing or a `Result`, as any test.
///
/// The test runs on one thread, with tokio's time paused: what waits takes no time. `start_paused = false` lets time pass,
/// for a test with real sockets. `crate = "…"` says where the crate `dkmio` is, for re-exports.
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoDb, DynamoTable, Error};
///
/// #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize, DynamoTable)]
/// #[dkmio(table = "users")]
/// struct Users { #[pk] id: String, name: String }
///
/// # mod tests {
/// # use super::*;
/// #[dkmio::test(Users)]
/// async fn what_is_put_reads_back(db: DynamoDb) -> Result<(), Error> {
///     let ada = Users { id: "usr_1".to_owned(), name: "Ada".to_owned() };
///     Users::put(&ada).execute(&db).await?;
///     assert_eq!(Users::get("usr_1").execute(&db).await?, Some(ada));
///     Ok(())
/// }
/// # }
/// ```
///
/// With items of a file: `#[dkmio::test(Users = "fixtures/users.json", Orders)]`.
#[proc_macro_attribute]
pub fn test(arguments: TokenStream, function: TokenStream) -> TokenStream {
    test_attribute::expand(arguments.into(), function.into()).into()
}
