//! Items that a test begins with.

use crate::error::{Configuration, Error};
use crate::executor::DynamoDb;
use crate::schema::Table;
use crate::verb::BatchWrite;
use serde_json::error::Category;

/// Puts these items.
///
/// # Errors
///
/// As [`BatchWrite::execute`].
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoTable, Error};
/// # use dkmio::testing::{TestDatabase, load};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String, name: String }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let test = TestDatabase::new();
/// # test.create_table::<Users>().await?;
/// let users = ["Ada", "Grace"].map(|name| Users { id: format!("usr_{name}"), name: name.to_owned() });
/// load(&test.db(), &users).await?;
/// assert_eq!(Users::scan().execute(&test.db()).await?.len(), 2);
/// # Ok(())
/// # }
/// ```
pub async fn load<'i, M: Table>(
    db: &DynamoDb,
    items: impl IntoIterator<Item = &'i M>,
) -> Result<(), Error> {
    BatchWrite::<M>::new().put_each(items).execute(db).await
}

/// Puts the items of a JSON array, written as serde writes the model, and returns them.
///
/// # Errors
///
/// - [`Error::Configuration`] where the text is no such array, with line and column.
/// - As [`BatchWrite::execute`].
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoTable, Error};
/// # use dkmio::testing::{TestDatabase, load_json};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String, name: String }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let test = TestDatabase::new();
/// # test.create_table::<Users>().await?;
/// let users: Vec<Users> = load_json(&test.db(), r#"[{ "id": "usr_1", "name": "Ada" }]"#).await?;
/// assert_eq!(users[0].name, "Ada");
/// # Ok(())
/// # }
/// ```
pub async fn load_json<M: Table>(db: &DynamoDb, json: &str) -> Result<Vec<M>, Error> {
    let items: Vec<M> = serde_json::from_str(json).map_err(|e| unreadable::<M>(&e))?;
    load(db, &items).await?;
    Ok(items)
}

/// Without serde_json's message, which may hold values.
fn unreadable<M: Table>(error: &serde_json::Error) -> Error {
    let what = match error.classify() {
        Category::Data => "an item does not read as the model",
        Category::Syntax | Category::Eof | Category::Io => "not JSON",
    };
    Error::Configuration(Configuration::new(format!(
        "the fixtures of `{}` are no array of its items: {what}, at line {}, column {}",
        M::SCHEMA.name(),
        error.line(),
        error.column()
    )))
}
