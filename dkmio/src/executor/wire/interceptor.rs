use super::super::Call;
use super::Wire;
use crate::error::check_endpoint;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef, Error,
    FinalizerInterceptorContextRef, Output,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SharedResponseDeserializer};
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use aws_types::endpoint_config::EndpointUrl;
use std::sync::{Arc, OnceLock};

tokio::task_local! {
    /// The call that the SDK's client works on here: the interceptor is the client's, and is told by this whose.
    pub(in crate::executor) static CALL: Call;
}

/// The one interceptor that dkmio puts into the SDK, once for a client.
///
/// On the client and not on each operation: what an operation brings along costs it eight allocations and 2 µs.
#[derive(Debug, Default)]
pub(in crate::executor) struct Interceptor {
    /// Whether the client's endpoint was looked at, and is one that requests can be sent to.
    has_usable_endpoint: OnceLock<()>,
}

impl Interceptor {
    /// Refuses an endpoint that the SDK would panic on, or read in another way than it is meant.
    fn check_endpoint(&self, config: &ConfigBag) -> Result<(), BoxError> {
        if self.has_usable_endpoint.get().is_some() {
            return Ok(());
        }
        if let Some(endpoint) = config.load::<EndpointUrl>() {
            check_endpoint(&endpoint.0)?;
        }
        self.has_usable_endpoint.get_or_init(|| ());
        Ok(())
    }
}

impl Intercept for Interceptor {
    fn name(&self) -> &'static str {
        "dkmio"
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.check_endpoint(config)?;
        let Ok(Some(wire)) = CALL.try_with(|call| call.wire().cloned()) else {
            return Ok(());
        };
        let request = context.request_mut();
        let is_json = speaks_json(request.headers());
        let body = request.body().bytes().filter(|_| is_json);
        if let Some(filled) = wire.fill(body) {
            let filled = filled?;
            let length = filled.len().to_string();
            *request.body_mut() = SdkBody::from(filled);
            request.headers_mut().insert("content-length", length);
        }
        if let Some(original) = wire.deserializer() {
            let reading = SplicingDeserializer { original, wire };
            config
                .interceptor_state()
                .store_put(SharedResponseDeserializer::new(reading));
        }
        Ok(())
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let _ = CALL.try_with(Call::begin_attempt);
        Ok(())
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let _ = CALL.try_with(Call::transmit);
        if let Some(connection) = config.load::<CaptureSmithyConnection>() {
            // The SDK's own HTTP client puts its connection in this one's place. One that does not tell of its connections
            // may have any.
            connection.set_connection_retriever(|| Some(any_connection()));
        }
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(Err(error)) = context.output_or_error() {
            let status = context.response().map(|answer| answer.status().as_u16());
            let connection = config.load::<CaptureSmithyConnection>();
            let had_connection = connection.is_none_or(|connection| connection.get().is_some());
            let _ = CALL.try_with(|call| call.failed(error, status, had_connection));
        }
        Ok(())
    }
}

fn any_connection() -> ConnectionMetadata {
    ConnectionMetadata::builder()
        .proxied(false)
        .poison_fn(|| ())
        .build()
}

/// Whether a message is in the protocol that is read and written here.
fn speaks_json(headers: &Headers) -> bool {
    let content_type = headers.get("content-type");
    content_type.is_some_and(|kind| kind.starts_with("application/x-amz-json-1.0"))
}

/// Reads an answer in the SDK's place: its items here, and the rest with the SDK.
#[derive(Debug)]
struct SplicingDeserializer {
    /// Holds the SDK's reading of this operation.
    original: &'static FrozenLayer,
    wire: Arc<dyn Wire>,
}

impl SplicingDeserializer {
    /// Returns the answer without its items, if they are read.
    fn rest(&self, response: &HttpResponse) -> Option<HttpResponse> {
        let content_type = response.headers().get("content-type")?;
        if !response.status().is_success()
            || !content_type.starts_with("application/x-amz-json-1.0")
        {
            return None;
        }
        let rest = self.wire.receive(response.body())?;
        let mut answer = HttpResponse::new(response.status(), SdkBody::from(rest));
        *answer.headers_mut() = response.headers().clone();
        Some(answer)
    }
}

impl DeserializeResponse for SplicingDeserializer {
    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        config: &ConfigBag,
    ) -> Result<Output, OrchestratorError<Error>> {
        let Some(original) = self.original.load::<SharedResponseDeserializer>() else {
            return Err(OrchestratorError::other(
                "the SDK reads no answers of this operation",
            ));
        };
        match self.rest(response) {
            Some(rest) => original.deserialize_nonstreaming_with_config(&rest, config),
            None => original.deserialize_nonstreaming_with_config(response, config),
        }
    }
}
