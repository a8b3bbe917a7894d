//! `BatchResponse`: what a Lambda function answers when it has worked through a batch of records.

use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::collections::BTreeMap;
use std::error::Error as StdError;

/// What a Lambda function answers: that all records are done, or which one failed.
///
/// Lambda takes those before it as done, and sends it and those behind it again. For that the event source mapping must have
/// `ReportBatchItemFailures` among its `FunctionResponseTypes`; without it Lambda ignores the answer, and takes all as done.
///
/// Serde writes it as Lambda expects: `{"batchItemFailures": [{"itemIdentifier": ".."}]}`. A record without a sequence number is
/// written as `""`, upon which Lambda sends the whole batch again.
#[must_use = "the answer tells Lambda which records to send again"]
#[derive(Debug, Default)]
pub struct BatchResponse {
    failure: Option<Failure>,
}

#[derive(Debug)]
struct Failure {
    sequence_number: String,
    error: Box<dyn StdError + Send + Sync>,
}

impl BatchResponse {
    pub(super) fn failed(
        sequence_number: Option<&str>,
        error: Box<dyn StdError + Send + Sync>,
    ) -> Self {
        let sequence_number = sequence_number.unwrap_or_default().to_owned();
        Self {
            failure: Some(Failure {
                sequence_number,
                error,
            }),
        }
    }

    /// Returns the sequence number of the record that failed; `None` if all are done.
    pub fn failed_at(&self) -> Option<&str> {
        let failure = self.failure.as_ref()?;
        Some(&failure.sequence_number)
    }

    /// Returns why it failed: the handler's error, or a [`dkmio::Error`](crate::Error) if the record did not read.
    pub fn error(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        let failure = self.failure.as_ref()?;
        Some(&*failure.error)
    }

    /// Returns the error, for a function that has no partial answer: Lambda sends the whole batch again.
    ///
    /// # Errors
    ///
    /// What [`BatchResponse::error`] returns.
    pub fn into_result(self) -> Result<(), Box<dyn StdError + Send + Sync>> {
        self.failure.map_or(Ok(()), |failure| Err(failure.error))
    }
}

impl Serialize for BatchResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let failures = self
            .failed_at()
            .map(|at| BTreeMap::from([("itemIdentifier", at)]));
        let failures: Vec<_> = failures.into_iter().collect();
        let mut response = serializer.serialize_struct("BatchResponse", 1)?;
        response.serialize_field("batchItemFailures", &failures)?;
        response.end()
    }
}
