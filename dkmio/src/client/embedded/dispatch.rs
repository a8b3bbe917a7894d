//! From a request's target and body to dynoxide's call and back to JSON.
//!
//! dynoxide does this in its HTTP server, which would bring axum and a socket; its native library
//! exposes the calls, the request and response types and the errors. What the server adds is done
//! here the way it does it.

use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::response::Reply;

pub(super) fn dispatch(database: &Database, target: &str, body: &[u8]) -> Reply {
    let operation = target
        .strip_prefix("DynamoDB_20120810.")
        .or_else(|| target.strip_prefix("DynamoDBStreams_20120810."))
        .unwrap_or_default();
    let Some((call, errors)) = served(operation) else {
        return unknown_operation(target);
    };
    match call(database, body) {
        Ok(body) => Reply { status: 200, body },
        Err(error) => {
            let error = errors.of(error);
            Reply {
                status: error.status_code(),
                body: error.to_json(),
            }
        }
    }
}

/// Makes dynoxide's call of a request's body, and returns the body of the answer.
type EngineCall = fn(&Database, &[u8]) -> Result<String, DynoxideError>;

/// How an operation words the two errors that depend on the operation.
#[derive(Clone, Copy)]
enum Errors {
    Plain,
    /// A validation error is in an envelope that counts the errors.
    Enveloped,
    /// A condition that failed has the item too.
    OfStatement,
}

/// Lists dynoxide's operations: DynamoDB's name, dynoxide's function, and how errors are worded.
macro_rules! operations {
    ($($operation:ident $call:ident $errors:ident;)*) => {
        fn served(operation: &str) -> Option<(EngineCall, Errors)> {
            $(if operation == stringify!($operation) {
                let call: EngineCall = |database, body| run(body, |request| database.$call(request));
                return Some((call, Errors::$errors));
            })*
            None
        }
    };
}
operations! {
    CreateTable create_table Plain;
    DeleteTable delete_table Plain;
    DescribeTable describe_table Plain;
    ListTables list_tables Plain;
    UpdateTable update_table Plain;
    UpdateTimeToLive update_time_to_live Plain;
    DescribeTimeToLive describe_time_to_live Plain;
    TagResource tag_resource Plain;
    UntagResource untag_resource Plain;
    ListTagsOfResource list_tags_of_resource Plain;
    PutItem put_item Enveloped;
    GetItem get_item Plain;
    UpdateItem update_item Enveloped;
    DeleteItem delete_item Enveloped;
    Query query Plain;
    Scan scan Plain;
    SearchVectors search_vectors Plain;
    BatchGetItem batch_get_item Plain;
    BatchWriteItem batch_write_item Plain;
    TransactGetItems transact_get_items Plain;
    TransactWriteItems transact_write_items Plain;
    ExecuteStatement execute_statement OfStatement;
    BatchExecuteStatement batch_execute_statement Plain;
    ExecuteTransaction execute_transaction Plain;
    ListStreams list_streams Plain;
    DescribeStream describe_stream Plain;
    GetShardIterator get_shard_iterator Plain;
    GetRecords get_records Plain;
}

fn run<Q: DeserializeOwned, A: Serialize>(
    body: &[u8],
    call: impl FnOnce(Q) -> Result<A, DynoxideError>,
) -> Result<String, DynoxideError> {
    let request = serde_json::from_slice(body).map_err(|error| unreadable(&error))?;
    let answer = call(request)?;
    serde_json::to_string(&answer)
        .map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}

/// DynamoDB serves every operation the SDK can ask for and says nothing but the type; here the
/// caller is told which one is missing.
fn unknown_operation(target: &str) -> Reply {
    let body = serde_json::json!({
        "__type": "com.amazon.coral.service#UnknownOperationException",
        "message": format!("the embedded engine has no operation {target:?}"),
    });
    Reply {
        status: 400,
        body: body.to_string(),
    }
}

impl Errors {
    fn of(self, error: DynoxideError) -> DynoxideError {
        match (self, error) {
            (Self::Enveloped, DynoxideError::EnvelopedValidation(message)) => {
                let message = format!("1 validation error detected: {message}");
                DynoxideError::ValidationException(message)
            }
            (_, DynoxideError::EnvelopedValidation(message)) => {
                DynoxideError::ValidationException(message)
            }
            (
                Self::OfStatement,
                DynoxideError::ConditionalCheckFailedException(message, Some(item)),
            ) => DynoxideError::StatementConditionalCheckFailed(message, item),
            (_, error) => error,
        }
    }
}

/// The error DynamoDB gives for a request that could not be read.
///
/// dynoxide's `Deserialize` impls name the error in a prefix of serde's message. The server also
/// puts a value of the wrong JSON type (a number for a table name) into DynamoDB's words; the SDK
/// is typed and cannot send one, so here those keep serde's.
fn unreadable(error: &serde_json::Error) -> DynoxideError {
    let message = error.to_string();
    if let Some(message) = message.strip_prefix("SERIALIZATION_AS_READ:") {
        DynoxideError::SerializationException(message.to_owned())
    } else if let Some(message) = message.strip_prefix("VALIDATION_AS_READ:") {
        DynoxideError::ValidationException(message.to_owned())
    } else if let Some(message) = message.strip_prefix("SERIALIZATION:") {
        DynoxideError::SerializationException(without_position(message).to_owned())
    } else if let Some(message) = message.strip_prefix("VALIDATION_REQUEST:") {
        DynoxideError::EnvelopedValidation(without_position(message).to_owned())
    } else if let Some(message) = message.strip_prefix("VALIDATION:") {
        DynoxideError::ValidationException(without_position(message).to_owned())
    } else if message.contains("recursion limit exceeded") {
        // serde_json follows 127 levels of JSON; DynamoDB's limit of 32 levels of attribute
        // values is well below, and dynoxide keeps it for what can be read.
        DynoxideError::ValidationException(TOO_DEEP.to_owned())
    } else if message.contains("empty AttributeValue") {
        DynoxideError::ValidationException(EMPTY_VALUE.to_owned())
    } else if message.contains("Supplied AttributeValue") {
        DynoxideError::ValidationException(without_position(&message).to_owned())
    } else if ["missing field", "unknown variant", "invalid type: null"]
        .iter()
        .any(|validation| message.contains(validation))
    {
        DynoxideError::ValidationException(message)
    } else if matches!(error.classify(), Category::Data) {
        DynoxideError::SerializationException(without_position(&message).to_owned())
    } else {
        // Not JSON: DynamoDB has no message for it, and dynoxide then writes none.
        DynoxideError::SerializationException(String::new())
    }
}

const TOO_DEEP: &str = "Nesting Levels have exceeded supported limits: Attributes in the item have \
                        nested levels beyond supported limit";

const EMPTY_VALUE: &str = "Supplied AttributeValue is empty, must contain exactly one of the \
                           supported datatypes";

/// `message` without the " at line 1 column 42" that serde_json adds.
fn without_position(message: &str) -> &str {
    match message.rfind(" at line ") {
        Some(at) if message[at..].contains("column") => &message[..at],
        _ => message,
    }
}
