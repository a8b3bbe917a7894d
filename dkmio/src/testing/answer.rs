//! Answers that the engine did not give, and its answers spoilt.

use super::fault::Fault;
use super::sent::SentRequest;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame};
use serde_json::{Value, json};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The request id of all answers that are made here.
const REQUEST_ID: &str = "FAULT000000000000000000000000000000000000000000000001";

/// An answer, or that the test asked for one that there is none of, such as of HTTP status 7.
pub(super) type Answer = Result<HttpResponse, ConnectorError>;

pub(super) fn ok(body: &Value) -> Answer {
    response(200, body.to_string())
}

/// Returns the error answer of a fault that has one.
pub(super) fn error(request: &SentRequest) -> Option<Answer> {
    Some(match request.fault {
        Fault::Throttled => throttled(
            "ThrottlingException",
            // DynamoDB's model spells the member differently in each.
            ("throttlingReasons", "TableWriteAccountLimitExceeded"),
            request,
        ),
        Fault::HotPartition => throttled(
            "ProvisionedThroughputExceededException",
            ("ThrottlingReasons", "TableReadKeyRangeThroughputExceeded"),
            request,
        ),
        Fault::InternalServerError => code(500, "InternalServerError"),
        Fault::Code(status, name) => code(status, name),
        Fault::Unavailable => response(
            503,
            "<html><body>Service Unavailable</body></html>".to_owned(),
        ),
        Fault::TransactionConflict => canceled(request, &["TransactionConflict"])
            .unwrap_or_else(|| code(400, "TransactionConflictException")),
        Fault::TransactionCanceled(codes) => canceled(request, codes)?,
        Fault::None
        | Fault::ConnectionRefused
        | Fault::Timeout
        | Fault::AnswerLost
        | Fault::AnswerLate
        | Fault::AnswerCut
        | Fault::AnswerTruncated
        | Fault::AnswerNotJson
        | Fault::Unprocessed(_)
        | Fault::UnprocessedUnsent(_)
        | Fault::Slow(_) => return None,
    })
}

fn code(status: u16, name: &str) -> Answer {
    let body = json!({
        "__type": format!("com.amazonaws.dynamodb.v20120810#{name}"),
        "message": format!("the fault {name}"),
    });
    response(status, body.to_string())
}

fn throttled(name: &str, (member, reason): (&str, &str), request: &SentRequest) -> Answer {
    let table = request.tables.first().map_or("table", String::as_str);
    let body = json!({
        "__type": format!("com.amazonaws.dynamodb.v20120810#{name}"),
        "message": "Throughput exceeds the current capacity.",
        (member): [{
            "reason": reason,
            "resource": format!("arn:aws:dynamodb:us-east-1:123456789012:table/{table}"),
        }],
    });
    response(400, body.to_string())
}

/// `None` where the request is no write transaction.
fn canceled(request: &SentRequest, codes: &[&str]) -> Option<Answer> {
    let members = request.body.get("TransactItems")?.as_array()?;
    let mut reasons = vec![json!({ "Code": "None" }); members.len()];
    for (reason, code) in reasons.iter_mut().zip(codes) {
        if *code != "None" {
            *reason = json!({ "Code": code, "Message": format!("the fault {code}") });
        }
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
    let whole = answer.body().bytes().unwrap_or_default();
    let half = || whole.get(..whole.len() / 2).unwrap_or_default().to_vec();
    let body = match fault {
        Fault::AnswerNotJson => SdkBody::from("<html>not what was asked for</html>"),
        Fault::AnswerTruncated => SdkBody::from(half()),
        Fault::AnswerCut => SdkBody::from_body_1_x(CutBody(Some(half().into()))),
        _ => return answer,
    };
    let mut spoilt = HttpResponse::new(answer.status(), body);
    *spoilt.headers_mut() = answer.headers().clone();
    spoilt.headers_mut().remove("content-length");
    spoilt
}

fn response(status: u16, body: String) -> Answer {
    let status = StatusCode::try_from(status).map_err(|e| ConnectorError::other(e.into(), None))?;
    let mut response = HttpResponse::new(status, SdkBody::from(body));
    let headers = response.headers_mut();
    headers.insert("content-type", "application/x-amz-json-1.0");
    headers.insert("x-amzn-requestid", REQUEST_ID);
    Ok(response)
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
