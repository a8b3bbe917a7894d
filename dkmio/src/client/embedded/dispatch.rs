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
    match answer(database, operation, body) {
        Some(Ok(body)) => Reply { status: 200, body },
        Some(Err(error)) => {
            let error = for_operation(operation, error);
            Reply {
                status: error.status_code(),
                body: error.to_json(),
            }
        }
        None => unknown_operation(target),
    }
}

/// The answer to `operation`, or `None` where dynoxide has no such operation.
fn answer(
    database: &Database,
    operation: &str,
    body: &[u8],
) -> Option<Result<String, DynoxideError>> {
    Some(match operation {
        "CreateTable" => run(body, |request| database.create_table(request)),
        "DeleteTable" => run(body, |request| database.delete_table(request)),
        "DescribeTable" => run(body, |request| database.describe_table(request)),
        "ListTables" => run(body, |request| database.list_tables(request)),
        "UpdateTable" => run(body, |request| database.update_table(request)),
        "UpdateTimeToLive" => run(body, |request| database.update_time_to_live(request)),
        "DescribeTimeToLive" => run(body, |request| database.describe_time_to_live(request)),
        "TagResource" => run(body, |request| database.tag_resource(request)),
        "UntagResource" => run(body, |request| database.untag_resource(request)),
        "ListTagsOfResource" => run(body, |request| database.list_tags_of_resource(request)),
        "PutItem" => run(body, |request| database.put_item(request)),
        "GetItem" => run(body, |request| database.get_item(request)),
        "UpdateItem" => run(body, |request| database.update_item(request)),
        "DeleteItem" => run(body, |request| database.delete_item(request)),
        "Query" => run(body, |request| database.query(request)),
        "Scan" => run(body, |request| database.scan(request)),
        "SearchVectors" => run(body, |request| database.search_vectors(request)),
        "BatchGetItem" => run(body, |request| database.batch_get_item(request)),
        "BatchWriteItem" => run(body, |request| database.batch_write_item(request)),
        "TransactGetItems" => run(body, |request| database.transact_get_items(request)),
        "TransactWriteItems" => run(body, |request| database.transact_write_items(request)),
        "ExecuteStatement" => run(body, |request| database.execute_statement(request)),
        "BatchExecuteStatement" => run(body, |request| database.batch_execute_statement(request)),
        "ExecuteTransaction" => run(body, |request| database.execute_transaction(request)),
        "ListStreams" => run(body, |request| database.list_streams(request)),
        "DescribeStream" => run(body, |request| database.describe_stream(request)),
        "GetShardIterator" => run(body, |request| database.get_shard_iterator(request)),
        "GetRecords" => run(body, |request| database.get_records(request)),
        _ => return None,
    })
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

/// The words of the two errors that depend on the operation they come from.
fn for_operation(operation: &str, error: DynoxideError) -> DynoxideError {
    match (operation, error) {
        // The tag says that these three report the error in the envelope, and the others bare.
        ("PutItem" | "UpdateItem" | "DeleteItem", DynoxideError::EnvelopedValidation(message)) => {
            DynoxideError::ValidationException(format!("1 validation error detected: {message}"))
        }
        (_, DynoxideError::EnvelopedValidation(message)) => {
            DynoxideError::ValidationException(message)
        }
        (
            "ExecuteStatement",
            DynoxideError::ConditionalCheckFailedException(message, Some(item)),
        ) => DynoxideError::StatementConditionalCheckFailed(message, item),
        (_, error) => error,
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
