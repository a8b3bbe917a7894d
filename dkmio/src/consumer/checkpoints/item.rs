//! A checkpoint in an item of DynamoDB.

use super::{Checkpoint, Checkpoints};
use crate::codec::{from_value, to_value};
use crate::error::{CheckpointError, Error};
use crate::executor::DynamoDb;
use crate::value::{AttributeValue, Item};
use crate::verb::incomplete;
use aws_sdk_dynamodb::operation::get_item::GetItemInput;
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use std::fmt;
use tokio::sync::Mutex;

/// The attribute that holds the checkpoint, as a map.
const CHECKPOINT: &str = "checkpoint";
/// The attribute that each save raises by one.
const VERSION: &str = "version";
/// The attribute that tells whose save it was.
const WRITER: &str = "writer";

/// Keeps a checkpoint in an item of a table.
///
/// A load is a `GetItem`, consistent, and a save a `PutItem`. The save has a condition: if another process has saved since this
/// one loaded, it fails with [`Error::Checkpoint`], so that two consumers that were started by mistake do not undo
/// each other's checkpoints. The later one is to go on.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, ItemCheckpoints};
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] id: String }
/// # fn run(db: DynamoDb) {
/// // A table of its own, with the partition key `name`.
/// let store = ItemCheckpoints::new(&db, "checkpoints", [("name", "orders-mailer")]);
/// // An item of a table that has others: not of the one that is read, because each save would be a change of it.
/// let store = ItemCheckpoints::new(&db, "shop", [("PK", "CONSUMER#mailer"), ("SK", "CHECKPOINT")]);
/// # let _ = store;
/// # }
/// ```
pub struct ItemCheckpoints {
    db: DynamoDb,
    table: String,
    key: Item,
    /// Tells this store's saves from others.
    writer: String,
    /// The version of the item that was loaded or saved last.
    version: Mutex<u64>,
}

impl ItemCheckpoints {
    /// Returns a store in the item of this key, which need not exist. The table must; it gets the connection's prefix.
    pub fn new<K: Into<String>, V: Into<String>>(
        db: &DynamoDb,
        table: impl Into<String>,
        key: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let key = key.into_iter();
        Self {
            db: db.clone(),
            table: table.into(),
            key: key
                .map(|(name, value)| (name.into(), AttributeValue::S(value.into())))
                .collect(),
            writer: format!("{:032x}", fastrand::u128(..)),
            version: Mutex::new(0),
        }
    }

    /// Returns `true` if this store has written the item at this version.
    fn wrote(&self, item: &Item, version: u64) -> bool {
        let writer = item.get(WRITER).and_then(|writer| writer.as_s().ok());
        writer == Some(&self.writer) && version_of(item) == version
    }
}

impl Checkpoints for ItemCheckpoints {
    async fn load(&self) -> Result<Option<Checkpoint>, Error> {
        let mut version = self.version.lock().await;
        let input = GetItemInput::builder()
            .table_name(&self.table)
            .set_key(Some(self.key.clone()))
            .consistent_read(true)
            .build()
            .map_err(incomplete)?;
        let read = self.db.send_reading(input, Vec::new()).await?;
        let Some(mut item) = read.sink.into_iter().flatten().next() else {
            *version = 0;
            return Ok(None);
        };
        *version = version_of(&item);
        let checkpoint = item.remove(CHECKPOINT).map(from_value);
        checkpoint.transpose()
    }

    async fn save(&self, checkpoint: &Checkpoint) -> Result<(), Error> {
        let mut version = self.version.lock().await;
        let next = *version + 1;
        let mut item = self.key.clone();
        item.insert(CHECKPOINT.to_owned(), to_value(checkpoint)?);
        item.insert(WRITER.to_owned(), AttributeValue::S(self.writer.clone()));
        item.insert(VERSION.to_owned(), AttributeValue::N(next.to_string()));
        let mut input = PutItemInput::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .expression_attribute_names("#version", VERSION)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        input = match *version {
            0 => input.condition_expression("attribute_not_exists(#version)"),
            last => input
                .condition_expression("#version = :last")
                .expression_attribute_values(":last", AttributeValue::N(last.to_string())),
        };
        match self.db.send(input.build().map_err(incomplete)?).await {
            Ok(_) => {}
            // The save was done by an attempt whose answer was lost.
            Err(Error::ConditionFailed(e)) if e.raw_item().is_some_and(|i| self.wrote(i, next)) => {
            }
            Err(Error::ConditionFailed(_)) => {
                return Err(CheckpointError::new(
                    "another process has saved a checkpoint in this item since: only one consumer may use it",
                )
                .into());
            }
            Err(e) => return Err(e),
        }
        *version = next;
        Ok(())
    }
}

fn version_of(item: &Item) -> u64 {
    let version = item.get(VERSION).and_then(|version| version.as_n().ok());
    version
        .and_then(|version| version.parse().ok())
        .unwrap_or_default()
}

/// Shows no key.
impl fmt::Debug for ItemCheckpoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemCheckpoints")
            .field("table", &self.table)
            .finish_non_exhaustive()
    }
}
