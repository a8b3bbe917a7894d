//! Requests that failed: refused by DynamoDB, unanswered, or found wrong before sending; and which error a code of DynamoDB is.

use super::versions::Versions;
use super::{Error, Existence, ValidationCause};
use crate::value::Item;
use std::error::Error as StdError;
use std::fmt;

type BoxError = Box<dyn StdError + Send + Sync + 'static>;

/// What is known of a failed request.
pub(crate) struct Failure {
    pub(crate) operation: &'static str,
    /// `true` if the operation changes anything.
    pub(crate) writes: bool,
    pub(crate) table: String,
    pub(crate) code: Option<String>,
    /// The message that is printed: DynamoDB's, without the values that it echoes.
    pub(crate) message: String,
    /// DynamoDB's whole message, which may hold values.
    pub(crate) server_message: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) source: Option<BoxError>,
    /// `true` if an attempt of a write may have reached DynamoDB and was not answered.
    pub(crate) unanswered: bool,
}

impl Failure {
    pub(super) fn before_sending(message: impl Into<String>) -> Self {
        Self {
            operation: "",
            writes: false,
            table: String::new(),
            code: None,
            message: message.into(),
            server_message: None,
            request_id: None,
            source: None,
            unanswered: false,
        }
    }

    pub(super) fn locate(&mut self, operation: &'static str, table: &str) {
        if self.table.is_empty() {
            self.operation = operation;
            self.table = table.to_owned();
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.table.is_empty() {
            f.write_str(&self.message)
        } else {
            // Advice follows, after a semicolon.
            let message = self.message.trim_end_matches('.');
            write!(f, "{} on `{}`: {message}", self.operation, self.table)
        }
    }
}

/// Leaves out the source, because the SDK's errors print what DynamoDB sent, values too.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure")
            .field("operation", &self.operation)
            .field("table", &self.table)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

/// What an answer with an error has, besides its code and its message. `service` makes it.
pub(super) struct AnswerDetails {
    pub(super) status: u16,
    /// The item whose condition failed.
    pub(super) item: Option<Box<Item>>,
    pub(super) throttling_reasons: Vec<ThrottlingReason>,
}

/// Defines a struct for each variant of [`Error`] that is about a request: its own fields, what the message says to do, and the
/// codes of DynamoDB that it is made of.
macro_rules! failures {
    ($(
        $(#[$doc:meta])*
        $name:ident $({ $($field:ident: $ty:ty),* })?:
            $help:expr $(, [$($code:literal),*] => $of_answer:expr)?;
    )*) => {
        /// Makes the error that the code of an answer stands for.
        pub(super) fn of_answer(failure: Failure, answer: AnswerDetails) -> Error {
            match failure.code.as_deref().unwrap_or_default() {
                $($($($code)|* => {
                    let of_answer: fn(Failure, AnswerDetails) -> $name = $of_answer;
                    Error::$name(of_answer(failure, answer))
                })?)*
                _ => Error::Service(Service::new(failure, Some(answer.status))),
            }
        }

        $(
        $(#[$doc])*
        pub struct $name {
            failure: Box<Failure>,
            $($(pub(super) $field: $ty,)*)?
        }

        impl $name {
            pub(crate) fn new(failure: Failure $($(, $field: $ty)*)?) -> Self {
                Self { failure: Box::new(failure), $($($field,)*)? }
            }

            pub(super) fn failure(&self) -> &Failure {
                &self.failure
            }

            #[allow(dead_code, reason = "only some are completed later")]
            pub(super) fn failure_mut(&mut self) -> &mut Failure {
                &mut self.failure
            }

            /// Returns the DynamoDB operation, such as `GetItem`; empty if the request was not made yet.
            pub fn operation(&self) -> &str {
                self.failure.operation
            }

            /// Returns the table's name; empty if the request was not made yet.
            pub fn table(&self) -> &str {
                &self.failure.table
            }

            /// Returns what DynamoDB, the SDK or dkmio said, without values that DynamoDB echoes: see
            /// [`Error::server_message`](super::Error::server_message).
            pub fn message(&self) -> &str {
                &self.failure.message
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let help: fn(&Self) -> &'static str = $help;
                let help = if self.failure.unanswered { MAYBE_WRITTEN } else { help(self) };
                write!(f, "{}{help}", self.failure)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.failure).finish()
            }
        }

        impl StdError for $name {
            fn source(&self) -> Option<&(dyn StdError + 'static)> {
                self.failure.source.as_ref().map(|e| &**e as _)
            }
        }
        )*
    };
}

/// What to do about a write without an answer.
pub(super) const MAYBE_WRITTEN: &str =
    "; a write may have happened: read the item before you send it again";

failures! {
    /// The condition of a write was false (`ConditionalCheckFailedException`).
    ConditionFailed { item: Option<Box<Item>>, existence: Existence }:
        |_| "; nothing was written",
        ["ConditionalCheckFailedException"]
            => |failure, answer| ConditionFailed::new(failure, answer.item, Existence::Unknown);

    /// The item has another version than the one that the write was given (`ConditionalCheckFailedException`).
    ///
    /// Where [`Error::is_ambiguous`](super::Error::is_ambiguous) says so, an attempt of this very write went unanswered, and it
    /// may be what moved the version.
    VersionConflict { versions: Versions, item: Option<Box<Item>> }:
        |e| if e.versions.stored.is_none() { "; there is no such item: nothing was written" } else { "; somebody else has written the item: nothing was written, read it again" };

    /// No such table or index (`ResourceNotFoundException`).
    TableNotFound:
        |_| "; check the table's name, the region and the account, or create it with `db.create_table::<T>()`",
        ["ResourceNotFoundException", "TableNotFoundException", "IndexNotFoundException"]
            => |failure, _| TableNotFound::new(failure);

    /// The request is not valid (`ValidationException` and the like), or was found invalid before sending.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoTable, Error};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "notes")]
    /// # struct Notes { #[pk] id: String, text: String }
    /// let note = Notes { id: "n1".to_owned(), text: "x".repeat(500_000) };
    /// let Err(Error::Validation(e)) = Notes::put(&note).into_input() else { panic!("it is too large") };
    /// assert_eq!(e.cause().http_status(), 413);
    /// ```
    Validation { cause: ValidationCause }:
        |_| "",
        ["ValidationException", "SerializationException", "ResourceInUseException", "TableAlreadyExistsException"]
            => |failure, _| Validation::answered(failure);

    /// DynamoDB throttled the request.
    Throttled { reasons: Vec<ThrottlingReason> }:
        |_| "; slow down, spread the keys, or raise the capacity",
        ["ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "Throttling"]
            => |failure, answer| Throttled::new(failure, answer.throttling_reasons);

    /// A partition with local indexes is over 10 GB (`ItemCollectionSizeLimitExceededException`).
    CollectionSizeLimit:
        |_| "; move items to other partition keys: a partition of a table with local indexes holds 10 GB",
        ["ItemCollectionSizeLimitExceededException"]
            => |failure, _| CollectionSizeLimit::new(failure);

    /// A transaction on the same item is under way (`TransactionConflictException`).
    TransactionConflict:
        |_| "; send it again",
        ["TransactionConflictException"]
            => |failure, _| TransactionConflict::new(failure);

    /// No answer in time.
    Timeout:
        |_| "; send it again, or allow more time";

    /// The connection could not be made, or broke.
    Connection { sent: bool }:
        |e| if e.sent && e.failure.writes { MAYBE_WRITTEN } else { "; check the endpoint and the network" };

    /// Any other error code of DynamoDB.
    Service { status: Option<u16> }:
        |e| match (e.is_server_side(), e.failure.writes) {
            (true, true) => MAYBE_WRITTEN,
            (true, false) => "; send it again",
            (false, _) => "",
        };
}

impl ConditionFailed {
    /// Returns what failed, and the item if it was asked for.
    pub(super) fn into_parts(self) -> (Failure, Option<Box<Item>>) {
        (*self.failure, self.item)
    }

    #[cfg(feature = "testing")]
    pub(crate) fn set_item(&mut self, item: Item) {
        self.item = Some(Box::new(item));
    }

    /// Returns the item as it is, without a model; see [`ConditionFailed::item`].
    pub fn raw_item(&self) -> Option<&Item> {
        self.item.as_deref()
    }
}

impl Validation {
    /// Returns why the request is not valid.
    pub fn cause(&self) -> ValidationCause {
        self.cause
    }

    /// Makes the error of a fault that dkmio found before sending.
    pub(super) fn found(cause: ValidationCause, message: impl Into<String>) -> Self {
        Self::new(Failure::before_sending(message), cause)
    }

    /// Makes the error of a request that DynamoDB refused, with the cause that its message names.
    pub(super) fn answered(failure: Failure) -> Self {
        let code = failure.code.as_deref().unwrap_or_default();
        let message = failure.server_message.as_deref();
        let cause = ValidationCause::of_answer(code, message.unwrap_or_default());
        Self::new(failure, cause)
    }
}

impl Throttled {
    /// Returns why, by DynamoDB's `ThrottlingReasons`; empty where it gave none.
    pub fn reasons(&self) -> &[ThrottlingReason] {
        &self.reasons
    }
}

impl Connection {
    /// Returns whether the request may have reached DynamoDB before the connection broke.
    pub fn may_have_been_sent(&self) -> bool {
        self.sent || self.failure.unanswered
    }
}

impl Service {
    /// Returns the HTTP status of the answer.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Returns whether the cause passes: an outage, or another request that is under way.
    pub(super) fn is_passing(&self) -> bool {
        self.is_server_side()
            || matches!(
                self.failure.code.as_deref(),
                Some(
                    "ReplicatedWriteConflictException"
                        | "TransactionInProgressException"
                        | "LimitExceededException"
                )
            )
    }

    pub(crate) fn is_server_side(&self) -> bool {
        self.status.is_some_and(|status| status >= 500)
            || matches!(
                self.failure.code.as_deref(),
                Some("InternalServerError" | "InternalServerErrorException")
            )
    }
}

/// Why DynamoDB throttled a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ThrottlingReason {
    /// The reason, such as `TableReadKeyRangeThroughputExceeded`: what was exceeded, and where.
    pub reason: String,
    /// The ARN of the table or index.
    pub resource: Option<String>,
}
