//! Lets users send the inputs that `into_input()` returns with the SDK's client.

use super::operation::Operation;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

/// An input of the SDK that can be sent with the SDK's own client: what `into_input()` of a builder returns.
///
/// For requests that dkmio's builders cannot make: change a field of the input, send it, and get the SDK's output or error.
/// All fields are sent. Nothing of the connection takes part: no table prefix, no circuit breaker, no span, no wire codec.
///
/// # Examples
///
/// ```
/// use dkmio::aws_sdk_dynamodb::types::ReturnItemCollectionMetrics;
/// use dkmio::{DynamoDb, DynamoTable, SdkInput};
///
/// #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// #[dkmio(table = "users")]
/// struct Users { #[pk] id: String, name: String }
///
/// # #[cfg(feature = "embedded")]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let db = DynamoDb::embedded();
/// # db.create_table::<Users>().await?;
/// let client = db.client().await?;
/// let user = Users { id: "usr_1".to_owned(), name: "Ada".to_owned() };
/// let mut input = Users::put(&user).if_not_exists().into_input()?;
/// input.return_item_collection_metrics = Some(ReturnItemCollectionMetrics::Size);
/// let output = input.send_with(&client).await?;
/// assert!(output.attributes().is_none());
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "embedded"))]
/// # fn main() {}
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an input that a builder returns",
    label = "not returned by `into_input()`",
    note = "the inputs are those of get, put, update, delete, query, scan, search and write transactions"
)]
pub trait SdkInput: Sealed + Sized {
    /// The SDK's output of this operation.
    type Output;
    /// The SDK's error of this operation.
    type Error;

    /// Sends the input with the SDK's client, as it is.
    ///
    /// # Errors
    ///
    /// The SDK's error of the operation.
    fn send_with(
        self,
        client: &Client,
    ) -> impl Future<Output = Result<Self::Output, SdkError<Self::Error, HttpResponse>>> + Send + 'static;
}

/// Keeps users from implementing [`SdkInput`].
#[doc(hidden)]
pub trait Sealed {}

macro_rules! inputs {
    ($($module:ident $input:ident $output:ident $error:ident;)*) => { $(
        impl Sealed for operation::$module::$input {}

        impl SdkInput for operation::$module::$input {
            type Output = operation::$module::$output;
            type Error = operation::$module::$error;

            fn send_with(
                self,
                client: &Client,
            ) -> impl Future<Output = Result<Self::Output, SdkError<Self::Error, HttpResponse>>> + Send + 'static {
                self.into_sdk_call(client)
            }
        }
    )* };
}
inputs! {
    get_item GetItemInput GetItemOutput GetItemError;
    put_item PutItemInput PutItemOutput PutItemError;
    update_item UpdateItemInput UpdateItemOutput UpdateItemError;
    delete_item DeleteItemInput DeleteItemOutput DeleteItemError;
    query QueryInput QueryOutput QueryError;
    scan ScanInput ScanOutput ScanError;
    search_vectors SearchVectorsInput SearchVectorsOutput SearchVectorsError;
    transact_write_items TransactWriteItemsInput TransactWriteItemsOutput TransactWriteItemsError;
}
