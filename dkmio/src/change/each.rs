//! `Records::each`: works through a batch, one record after the other.

use super::batch_response::BatchResponse;
use super::from_record::FromRecord;
use super::record::Record;
use super::records::Records;
use crate::error::Error;
use std::error::Error as StdError;

impl Records {
    /// Hands each change to the handler, in order, and stops at the first that fails.
    ///
    /// What the handler takes says what the records are read as: a [`Change`](crate::Change), a [`Latest`](crate::Latest), a
    /// [`KeyChange`](crate::KeyChange), or what the derive makes for a set, such as `AccountChange`. Items of other kinds are passed
    /// over.
    ///
    /// A record that does not read fails as if the handler had refused it, because going on would leave it out for good. To
    /// leave it out all the same, loop over the records, and read each with [`Change::of`](crate::Change::of).
    ///
    /// The answer has the error. Each failure is also logged, at error level, with the sequence number and, as the error of a
    /// handler may show values, the text of dkmio's own errors only.
    ///
    /// # Examples
    ///
    /// ```
    /// use dkmio::{Change, DynamoTable, Records};
    ///
    /// #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
    /// #[dkmio(table = "users")]
    /// struct Users { #[pk] id: String, name: String }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), dkmio::Error> {
    /// # let event = br#"{"Records": [{"eventName": "INSERT", "dynamodb": {
    /// #     "SequenceNumber": "700", "StreamViewType": "NEW_AND_OLD_IMAGES",
    /// #     "Keys": {"id": {"S": "usr_1"}}, "NewImage": {"id": {"S": "usr_1"}, "name": {"S": ""}}
    /// # }}]}"#;
    /// let records = Records::from_json(event)?;
    /// let response = records
    ///     .each(async |change: Change<Users>| match change.after() {
    ///         Some(user) if user.name.is_empty() => Err("a user without a name"),
    ///         _ => Ok(()),
    ///     })
    ///     .await;
    /// assert_eq!(response.failed_at(), Some("700"));
    /// let answer = serde_json::to_string(&response).unwrap();
    /// assert_eq!(answer, r#"{"batchItemFailures":[{"itemIdentifier":"700"}]}"#);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn each<C, E, F>(&self, mut handler: impl FnMut(C) -> F) -> BatchResponse
    where
        C: FromRecord,
        E: Into<Box<dyn StdError + Send + Sync>>,
        // Not `AsyncFnMut`, whose futures rustc 1.95 does not know to be `Send` in a task.
        F: Future<Output = Result<(), E>>,
    {
        for record in self {
            let result = match C::from_record(record) {
                Ok(None) => Ok(()),
                Ok(Some(change)) => handler(change).await.map_err(E::into),
                Err(error) => Err(error.into()),
            };
            if let Err(error) = result {
                log(record, &*error);
                return BatchResponse::failed(record.sequence_number(), error);
            }
        }
        BatchResponse::default()
    }
}

fn log(record: &Record, error: &(dyn StdError + Send + Sync + 'static)) {
    let sequence_number = record.sequence_number().unwrap_or_default();
    match error.downcast_ref::<Error>() {
        Some(error) => {
            tracing::error!(target: "dkmio", sequence_number, %error, "a record of a stream failed");
        }
        None => {
            tracing::error!(target: "dkmio", sequence_number, "a record of a stream failed in its handler");
        }
    }
}
