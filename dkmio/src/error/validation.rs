//! Why a request is not valid, and whose fault that is.

/// Why a request is not valid: returned by [`Validation::cause`](super::Validation::cause), so that a service can tell its caller's fault from its
/// own.
///
/// dkmio finds most causes before sending. Some only DynamoDB can find, such as an update that makes the stored item too
/// large; those that it names in its message have the same variants, with `None` for a size that it does not tell.
///
/// # Examples
///
/// ```
/// use dkmio::Error;
/// use dkmio::error::ValidationCause;
///
/// /// The HTTP status that a service answers with.
/// fn status(error: &Error) -> u16 {
///     match error {
///         Error::ConditionFailed(_) => 409,
///         Error::InvalidKey(_) | Error::InvalidCursor(_) => 400,
///         Error::Validation(e) => match e.cause() {
///             ValidationCause::Duplicate => 422,
///             other => other.http_status(),
///         },
///         e if e.is_retryable() => 503,
///         _ => 500,
///     }
/// }
/// # let _ = status;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValidationCause {
    /// The item is over 400 KB; an update can make it so.
    ItemTooLarge {
        /// The item's size in bytes; `None` where DynamoDB found it.
        size: Option<usize>,
        /// The most that DynamoDB takes, in bytes.
        limit: usize,
    },
    /// The request is too large in all: over 4 MB of items in a transaction, or over 2 MB of values in expressions.
    RequestTooLarge {
        /// The size in bytes, or of the part of it that is too large already; `None` where DynamoDB found it.
        size: Option<usize>,
        /// The most that DynamoDB takes, in bytes.
        limit: usize,
    },
    /// There are too many of something: members of a transaction, segments of a scan.
    TooMany {
        /// How many there are; `None` where DynamoDB found it.
        count: Option<usize>,
        /// The most that DynamoDB takes.
        limit: usize,
    },
    /// The text of an expression is over 4 KB.
    ExpressionTooLong {
        /// The length in bytes; `None` where DynamoDB found it.
        size: Option<usize>,
        /// The most that DynamoDB takes, in bytes.
        limit: usize,
    },
    /// An expression has over 300 operators and functions.
    TooManyOperators {
        /// How many it has, or more than that; `None` where DynamoDB found it.
        count: Option<usize>,
        /// The most that DynamoDB takes.
        limit: usize,
    },
    /// Lists and maps in each other, or a document path, have over 32 levels.
    NestedTooDeep {
        /// The most levels that DynamoDB takes.
        limit: usize,
    },
    /// A key is not one of the table or index: a wrong type, too long, or missing. What dkmio finds of that before sending
    /// is [`Error::InvalidKey`](super::Error::InvalidKey).
    Key,
    /// An item or path is in the request twice.
    Duplicate,
    /// There is nothing to do, or a value is empty: no members, an update that changes nothing, an empty set, a name of no
    /// characters, a list of no alternatives.
    Empty,
    /// A value that is out of its range: bounds in the wrong order, a page size of 0, a token that is too long.
    Value,
    /// A document path that was given as text does not parse.
    Path,
    /// An expression that DynamoDB does not have: an operand of the wrong type, a function in the wrong place.
    Expression,
    /// The stored item has not the parents of a path that an update sets. Set the parent first.
    DocumentPath,
    /// The stored item has a value of another type than the update needs, as `add` on a string.
    OperandType,
    /// Options that do not go together, a method that was called out of place, or a request that lacks a part.
    Options,
    /// The model does not fit its table, or contradicts itself.
    Model,
    /// The table is not in a state in which this can be done: it exists already, or is being made.
    TableState,
    /// DynamoDB refused the request for a reason of its own: the message says why.
    Remote,
}

impl ValidationCause {
    /// Returns the HTTP status that a service may answer its caller with, if the request was made of the caller's data.
    ///
    /// 413 for sizes; 400 for what data decides: keys, duplicates, empty and wrong values, limits of expressions; 409 for
    /// what the stored item decides ([`DocumentPath`](Self::DocumentPath), [`OperandType`](Self::OperandType)); 500 for
    /// what only the program decides, and where DynamoDB's reason is not known.
    pub fn http_status(&self) -> u16 {
        match self {
            Self::ItemTooLarge { .. } | Self::RequestTooLarge { .. } => 413,
            Self::TooMany { .. }
            | Self::ExpressionTooLong { .. }
            | Self::TooManyOperators { .. }
            | Self::NestedTooDeep { .. }
            | Self::Key
            | Self::Duplicate
            | Self::Empty
            | Self::Path
            | Self::Value => 400,
            Self::DocumentPath | Self::OperandType => 409,
            Self::Expression | Self::Options | Self::Model | Self::TableState | Self::Remote => 500,
        }
    }

    /// Reads the cause of what DynamoDB refused: it has words only.
    pub(super) fn of_answer(code: &str, message: &str) -> Self {
        if matches!(
            code,
            "ResourceInUseException" | "TableAlreadyExistsException"
        ) {
            return Self::TableState;
        }
        let says = |words: &[&str]| words.iter().any(|words| message.contains(words));
        if says(&["Item size has exceeded", "Item size to update has exceeded"]) {
            return Self::ItemTooLarge {
                size: None,
                limit: 400 * 1024,
            };
        }
        if says(&["Expression size has exceeded"]) {
            return Self::ExpressionTooLong {
                size: None,
                limit: 4 * 1024,
            };
        }
        if says(&["Nesting Levels have exceeded"]) {
            return Self::NestedTooDeep { limit: 32 };
        }
        if says(&["contains duplicates", "multiple operations on one item"]) {
            return Self::Duplicate;
        }
        if says(&["document path provided in the update expression is invalid"]) {
            return Self::DocumentPath;
        }
        if says(&["operand in the update expression has an incorrect data type"]) {
            return Self::OperandType;
        }
        if says(&[
            "key element does not match the schema",
            "conditions on the keys is invalid",
            "Type mismatch for key",
            "Type mismatch for Index Key",
            "Missing the key",
            "key attribute cannot contain an empty",
            "Size of hashkey has exceeded",
            "size of all range keys has exceeded",
            "Size of rangekey has exceeded",
        ]) {
            return Self::Key;
        }
        if says(&["may not be empty", "may not contain an empty"]) {
            return Self::Empty;
        }
        Self::Remote
    }
}
