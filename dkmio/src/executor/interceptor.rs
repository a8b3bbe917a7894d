//! The one hook that dkmio puts into the SDK: it splices the items of a call, and counts its attempts.

use super::call::{CALL, Call};
use super::clock_skew::ClockSkew;
use super::sdk_parts::Seen;
use super::splice::{Splice, is_json};
use crate::error::check_endpoint;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef, Error, FinalizerInterceptorContextRef, Output,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SharedResponseDeserializer};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use aws_types::endpoint_config::EndpointUrl;
use std::sync::{Arc, OnceLock, Weak};

/// dkmio's interceptor. Made in `connection.rs`, called by the SDK.
///
/// It belongs to the client, because an interceptor of each call costs eight allocations and 2 µs a call.
#[derive(Debug)]
pub(super) struct Interceptor {
    /// Is told of each answer's date.
    skew: Arc<ClockSkew>,
    /// Is shown the first request of each operation that goes direct. Weak, because what it keeps of that request has this
    /// interceptor in it.
    seen: Weak<Seen>,
    /// Set once the client's endpoint is known to be usable.
    has_usable_endpoint: OnceLock<()>,
}

impl Interceptor {
    pub(super) fn new(skew: Arc<ClockSkew>, seen: Weak<Seen>) -> Self {
        Self {
            skew,
            seen,
            has_usable_endpoint: OnceLock::new(),
        }
    }

    /// Refuses an endpoint that would make the SDK panic, or that the SDK would misread.
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
        let Ok((splice, sent)) = CALL.try_with(|call| (call.splice().cloned(), call.sent_body()))
        else {
            return Ok(());
        };
        let request = context.request_mut();
        let is_sent = sent.is_some();
        if let Some(body) = sent {
            let length = body.content_length().unwrap_or_default().to_string();
            *request.body_mut() = body;
            request.headers_mut().insert("content-length", length);
        }
        let Some(splice) = splice else {
            return Ok(());
        };
        let is_json = is_json(request.headers());
        let body = request.body().bytes().filter(|_| is_json);
        if !is_sent && let Some(spliced) = splice.splice_request(body) {
            let spliced = spliced?;
            let length = spliced.len().to_string();
            *request.body_mut() = SdkBody::from(spliced);
            request.headers_mut().insert("content-length", length);
        }
        if let Some(codec) = splice.codec() {
            let deserializer = SplicingDeserializer { codec, splice };
            config
                .interceptor_state()
                .store_put(SharedResponseDeserializer::new(deserializer));
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
        context: &BeforeTransmitInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let _ = CALL.try_with(|call| {
            call.transmit();
            if call.is_seen()
                && let Some(seen) = self.seen.upgrade()
            {
                seen.note(call.operation(), context.request(), components, config);
            }
        });
        if CALL.try_with(Call::is_rehearsal) == Ok(true) {
            return Err("a rehearsal is not sent".into());
        }
        if let Some(connection) = config.load::<CaptureSmithyConnection>() {
            // The SDK's HTTP client replaces this connection with its own. Another HTTP client may not say whether it has a
            // connection, and must count as having one.
            connection.set_connection_retriever(|| Some(any_connection()));
        }
        Ok(())
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(clock) = components.time_source() {
            self.skew.note(context.response().headers(), clock.now());
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

pub(super) fn any_connection() -> ConnectionMetadata {
    ConnectionMetadata::builder()
        .proxied(false)
        .poison_fn(|| ())
        .build()
}

/// Replaces the SDK's deserializer of one call: splices the items out of an answer, and has the SDK read the rest.
#[derive(Debug)]
struct SplicingDeserializer {
    /// Has the SDK's deserializer of the operation.
    codec: &'static FrozenLayer,
    splice: Arc<dyn Splice>,
}

impl SplicingDeserializer {
    /// Returns the answer without its items, or `None` if the SDK must read the whole answer.
    fn rest(&self, response: &HttpResponse) -> Option<HttpResponse> {
        if !response.status().is_success() || !is_json(response.headers()) {
            return None;
        }
        let rest = self.splice.splice_answer(response.body())?;
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
        let Some(sdk) = self.codec.load::<SharedResponseDeserializer>() else {
            return Err(OrchestratorError::other(
                "the SDK has no deserializer of this operation",
            ));
        };
        match self.rest(response) {
            Some(rest) => sdk.deserialize_nonstreaming_with_config(&rest, config),
            None => sdk.deserialize_nonstreaming_with_config(response, config),
        }
    }
}
