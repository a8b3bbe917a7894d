//! The HTTP responses of DynamoDB.

use std::sync::atomic::{AtomicU64, Ordering};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::{HttpError, StatusCode};
use aws_smithy_types::body::SdkBody;

/// What an operation answered: the status and the JSON body.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: String,
}

pub(super) fn response(reply: Reply) -> Result<HttpResponse, HttpError> {
    let status = StatusCode::try_from(reply.status)?;
    let length = reply.body.len().to_string();
    let mut response = HttpResponse::new(status, SdkBody::from(reply.body));
    let headers = response.headers_mut();
    headers.try_insert("content-type", "application/x-amz-json-1.0")?;
    headers.try_insert("content-length", length)?;
    headers.try_insert("x-amzn-requestid", request_id())?;
    Ok(response)
}

/// A request id unique in the process, of the 52 letters and digits DynamoDB's have.
fn request_id() -> String {
    static REQUESTS: AtomicU64 = AtomicU64::new(1);
    format!("EMBEDDED{:044}", REQUESTS.fetch_add(1, Ordering::Relaxed))
}
