//! Waits until a table is active or gone, because DynamoDB makes and drops tables in the background.

use crate::error::{Error, ValidationCause};
use crate::executor::DynamoDb;
use crate::verb::incomplete;
use aws_sdk_dynamodb::operation::describe_table::DescribeTableInput;
use aws_sdk_dynamodb::types::TableStatus;
use std::time::Duration;

/// How often the table is described, and how many times: five minutes in all.
const INTERVAL: Duration = Duration::from_secs(1);
const ATTEMPTS: u32 = 300;

/// Describes a table until its status, or `None` where there is no table, is the wanted one.
pub(super) async fn wait_until(
    db: &DynamoDb,
    table: &str,
    wanted: impl Fn(Option<&TableStatus>) -> bool,
) -> Result<(), Error> {
    for _ in 0..ATTEMPTS {
        let input = DescribeTableInput::builder()
            .table_name(table)
            .build()
            .map_err(incomplete)?;
        let status = match db.send(input).await {
            Ok(output) => output.table.and_then(|t| t.table_status),
            Err(Error::TableNotFound(_)) => None,
            Err(e) => return Err(e),
        };
        if wanted(status.as_ref()) {
            return Ok(());
        }
        tokio::time::sleep(INTERVAL).await;
    }
    Err(Error::invalid(
        ValidationCause::TableState,
        format!(
            "table `{}` has not come to the wanted state within {} seconds; look at its status",
            db.table_name(table),
            ATTEMPTS
        ),
    ))
}
