//! One signed attempt over the SDK's own parts, without the SDK's call around it.

use super::destination::{Destination, Destinations};
use super::exchange::{self, Came};
use super::invocation;
use super::pause::Pause;
use super::replay::{First, HandOver};
use crate::executor::call::Call;
use crate::executor::clock_skew::ClockSkew;
use crate::executor::interceptor::any_connection;
use crate::executor::sdk_parts::SdkParts;
use crate::executor::splice::{Splice, is_json};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::interceptors::context::{Input, Output};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use std::sync::Arc;
use tokio::time::Instant;

/// A request that is ready but for its destination and its signature. Made before the call's future is polled.
pub(in crate::executor) struct Direct {
    pub(super) parts: Arc<SdkParts>,
    pub(super) shared: Arc<Shared>,
    pub(super) codec: &'static FrozenLayer,
    pub(super) body: SdkBody,
}

/// What the direct attempts of a client share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub(super) skew: Arc<ClockSkew>,
    pub(super) pause: Pause,
    pub(super) destinations: Destinations,
}

/// Serializes an input by the SDK's serializer, and splices its items.
pub(super) fn serialize(
    codec: &FrozenLayer,
    input: Input,
    splice: Option<&Arc<dyn Splice>>,
) -> Result<SdkBody, BoxError> {
    let serializer = codec
        .load::<SharedRequestSerializer>()
        .ok_or("the SDK has no serializer of this operation")?;
    let request = serializer.serialize_input(input, &mut ConfigBag::base())?;
    let body = request
        .body()
        .bytes()
        .filter(|_| is_json(request.headers()));
    match splice.and_then(|splice| splice.splice_request(body)) {
        Some(spliced) => Ok(SdkBody::from(spliced?)),
        None => Ok(request.into_body()),
    }
}

impl Direct {
    /// Sends the request once. Returns the SDK's output if the answer is a readable success; all else is the SDK's.
    pub(in crate::executor) async fn send(self, call: Call) -> Result<Output, HandOver> {
        let unsent = |body| HandOver {
            body,
            first: None,
            timeouts: None,
        };
        let started = Instant::now();
        let body = self.body;
        let (operation, table, now) = (call.operation(), call.table(), self.parts.clock.now());
        let destinations = &self.shared.destinations;
        let found = destinations.of(&self.parts, operation, table, now).await;
        // Otherwise nothing is to be said: the SDK finds the same, and has an error for it if it is one.
        let Ok(destination) = found else {
            return Err(unsent(body));
        };
        let id = invocation::new_id();
        let Some(mut request) = request(&destination, &body, &id) else {
            return Err(unsent(body));
        };
        let connection = CaptureSmithyConnection::new();
        // The HTTP client replaces this with its own; see the interceptor.
        connection.set_connection_retriever(|| Some(any_connection()));
        request.add_extension(connection.clone());
        call.begin_attempt();
        call.transmit();
        let mut came = exchange::send(&self.parts, request, started).await;
        let now = self.parts.clock.now();
        if let Came::Answer { answer, is_whole } = &mut came {
            self.shared.skew.note(answer.headers(), now);
            if *is_whole
                && answer.status().as_u16() == 200
                && let Some(output) = deserialize(self.codec, &self.parts, call.splice(), answer)
            {
                return Ok(output);
            }
        }
        if !came.is_refusal() {
            self.shared.pause.begin(now);
        }
        let timeouts = came.timeouts_of_sdk(&self.parts, started);
        Err(HandOver {
            body,
            timeouts,
            first: Some(First {
                came: came.for_sdk(&self.parts),
                connection,
                id,
                credentials: destination.credentials.clone(),
                parts: self.parts,
                call,
            }),
        })
    }
}

/// Returns the signed request, or `None` if the SDK must make it, or say why it cannot be made.
fn request(destination: &Destination, body: &SdkBody, id: &str) -> Option<HttpRequest> {
    let mut request = destination.template.try_clone()?;
    let bytes = body.bytes()?;
    let mut digits = itoa::Buffer::new();
    let length = digits.format(bytes.len());
    let canonical = &destination.canonical;
    let authorization = canonical.authorization(&destination.second, length, bytes);
    let headers = request.headers_mut();
    headers
        .try_insert("content-length", length.to_owned())
        .ok()?;
    headers.try_insert("authorization", authorization).ok()?;
    headers
        .try_insert("amz-sdk-invocation-id", id.to_owned())
        .ok()?;
    if let Some(trace) = trace_of_lambda() {
        // The SDK escapes what no header can have.
        let is_plain = trace.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        is_plain.then_some(())?;
        headers.try_insert("x-amzn-trace-id", trace).ok()?;
    }
    *request.body_mut() = body.try_clone()?;
    Some(request)
}

/// Reads the answer as the SDK's call does: its items first, and the rest by the SDK's deserializer.
fn deserialize(
    codec: &FrozenLayer,
    parts: &SdkParts,
    splice: Option<&Arc<dyn Splice>>,
    answer: &mut HttpResponse,
) -> Option<Output> {
    let deserializer = codec.load::<SharedResponseDeserializer>()?;
    let rest = splice
        .filter(|splice| splice.codec().is_some() && is_json(answer.headers()))
        .and_then(|splice| splice.splice_answer(answer.body()));
    let Some(rest) = rest else {
        return deserializer
            .deserialize_nonstreaming_with_config(answer, &parts.config)
            .ok();
    };
    let whole = std::mem::replace(answer.body_mut(), SdkBody::from(rest));
    let output = deserializer.deserialize_nonstreaming_with_config(answer, &parts.config);
    *answer.body_mut() = whole;
    output.ok()
}

/// Returns the header by which AWS finds a Lambda function that calls itself without end.
fn trace_of_lambda() -> Option<String> {
    static IS_LAMBDA: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    let is_lambda = IS_LAMBDA.get_or_init(|| std::env::var("AWS_LAMBDA_FUNCTION_NAME").is_ok());
    if !is_lambda {
        return None;
    }
    std::env::var("_X_AMZN_TRACE_ID").ok()
}
