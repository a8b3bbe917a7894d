//! Answers that the engine did not give, and its answers spoilt.

use super::{Fault, Logged};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame};
use serde_json::{Value, json};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

pub(super) const REQUEST_ID: &str = "FAULT000000000000000000000000000000000000000000000001";

pub(super) fn ok(body: &Value) -> HttpResponse {
    response(200, body.to_string())
}

/// The error answer of a fault that has one.
pub(super) fn error(request: &Logged) -> Option<HttpResponse> {
    Some(match request.fault {
        Fault::Throttle => throttled(
            "ThrottlingException",
            "TableWriteAccountLimitExceeded",
            request,
        ),
        Fault::HotKey => throttled(
            "ProvisionedThroughputExceededException",
            "TableReadKeyRangeThroughputExceeded",
            request,
        ),
        Fault::InternalServerError => code(500, "InternalServerError"),
        Fault::Code(status, name) => code(status, name),
        Fault::Unavailable => response(
            503,
            "<html><body>Service Unavailable</body></html>".to_owned(),
        ),
        Fault::Conflict => canceled(request, &["TransactionConflict"])
            .unwrap_or_else(|| code(400, "TransactionConflictException")),
        Fault::Canceled(codes) => canceled(request, codes)?,
        _ => return None,
    })
}

fn code(status: u16, name: &str) -> HttpResponse {
    let body = json!({
        "__type": format!("com.amazonaws.dynamodb.v20120810#{name}"),
        "message": format!("the fault {name}"),
    });
    response(status, body.to_string())
}

fn throttled(name: &str, reason: &str, request: &Logged) -> HttpResponse {
    let table = request.body["TableName"].as_str().unwrap_or("orders");
    // The model spells the member differently in each.
    let reasons = match request.fault {
        Fault::HotKey => "ThrottlingReasons",
        _ => "throttlingReasons",
    };
    let body = json!({
        "__type": format!("com.amazonaws.dynamodb.v20120810#{name}"),
        "message": "Throughput exceeds the current capacity.",
        (reasons): [{
            "reason": reason,
            "resource": format!("arn:aws:dynamodb:us-east-1:123456789012:table/{table}"),
        }],
    });
    response(400, body.to_string())
}

/// `None` where the request is no transaction.
fn canceled(request: &Logged, codes: &[&str]) -> Option<HttpResponse> {
    let members = request.body["TransactItems"].as_array()?;
    let mut reasons = vec![json!({ "Code": "None" }); members.len()];
    for (reason, code) in reasons.iter_mut().zip(codes) {
        *reason = json!({ "Code": code, "Message": format!("the fault {code}") });
    }
    let body = json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": "Transaction cancelled, please refer cancellation reasons for specific reasons",
        "CancellationReasons": reasons,
    });
    Some(response(400, body.to_string()))
}

/// Spoils what the engine answered.
pub(super) fn spoilt(fault: Fault, answer: HttpResponse) -> HttpResponse {
    let whole = answer.body().bytes().unwrap_or_default().to_vec();
    let half = whole[..whole.len() / 2].to_vec();
    let body = match fault {
        Fault::MalformedJson => SdkBody::from("<html>not what was asked for</html>"),
        Fault::TruncatedJson => SdkBody::from(half),
        Fault::CutAnswer => SdkBody::from_body_1_x(CutBody(Some(half.into()))),
        _ => return answer,
    };
    let mut spoilt = HttpResponse::new(answer.status(), body);
    *spoilt.headers_mut() = answer.headers().clone();
    spoilt.headers_mut().remove("content-length");
    spoilt
}

fn response(status: u16, body: String) -> HttpResponse {
    let status = StatusCode::try_from(status).unwrap();
    let mut response = HttpResponse::new(status, SdkBody::from(body));
    let headers = response.headers_mut();
    headers.insert("content-type", "application/x-amz-json-1.0");
    headers.insert("x-amzn-requestid", REQUEST_ID);
    response
}

/// A body that breaks off.
struct CutBody(Option<Bytes>);

impl Body for CutBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        Poll::Ready(Some(match self.0.take() {
            Some(bytes) => Ok(Frame::data(bytes)),
            None => Err(io::ErrorKind::ConnectionReset.into()),
        }))
    }
}
