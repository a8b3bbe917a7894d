//! Hands a direct attempt over to the SDK's call: what came of it is the SDK's first attempt.

use super::identity::AsBefore;
use super::invocation::OfAttempt;
use crate::executor::call::Call;
use crate::executor::sdk_parts::SdkParts;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{Builder, Config, Credentials, IdentityCache};
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use std::fmt;
use std::future::pending;
use std::sync::{Arc, Mutex};

/// A request that the SDK must send, or has to settle. Made by the direct attempt, taken in `send.rs`.
pub(in crate::executor) struct HandOver {
    /// The body that was sent, with its items.
    pub(in crate::executor) body: SdkBody,
    /// `None` if nothing was sent.
    pub(super) first: Option<First>,
    /// What is left of the timeouts.
    pub(super) timeouts: Option<TimeoutConfig>,
}

/// What came of the attempt that was sent.
pub(super) struct First {
    /// `None` if nothing ever comes.
    pub(super) came: Option<Result<HttpResponse, ConnectorError>>,
    pub(super) connection: CaptureSmithyConnection,
    pub(super) id: String,
    /// What it was signed with.
    pub(super) credentials: Credentials,
    /// The parts for the attempts to come.
    pub(super) parts: Arc<SdkParts>,
    pub(super) call: Call,
}

impl HandOver {
    /// Returns `true` if an attempt was sent.
    pub(in crate::executor) fn was_sent(&self) -> bool {
        self.first.is_some()
    }

    /// Returns what the SDK's call is to be configured with.
    pub(in crate::executor) fn into_config(self) -> Option<Builder> {
        let first = self.first?;
        let as_before = AsBefore::new(first.credentials.clone(), first.parts.clone());
        let mut config = Config::builder()
            .credentials_provider(as_before)
            .identity_cache(IdentityCache::no_cache())
            .invocation_id_generator(OfAttempt(first.id.clone()))
            .http_client(Replay {
                http_client: first.parts.http_client.clone(),
                first: Arc::new(Mutex::new(Some(first))),
            });
        if let Some(timeouts) = self.timeouts {
            config = config.timeout_config(timeouts);
        }
        Some(config)
    }
}

/// Answers the first request with what came already, and sends the others.
#[derive(Clone)]
struct Replay {
    first: Arc<Mutex<Option<First>>>,
    http_client: SharedHttpClient,
}

impl HttpClient for Replay {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(ReplayConnector {
            first: self.first.clone(),
            connector: self.http_client.http_connector(settings, components),
        })
    }
}

struct ReplayConnector {
    first: Arc<Mutex<Option<First>>>,
    connector: SharedHttpConnector,
}

/// Shows no answer.
impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay").finish_non_exhaustive()
    }
}

/// Shows no answer.
impl fmt::Debug for ReplayConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplayConnector").finish_non_exhaustive()
    }
}

impl HttpConnector for ReplayConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        // Behind a poisoned lock the value is whole, because it is taken in one step.
        let first = self.first.lock().unwrap_or_else(|e| e.into_inner()).take();
        let Some(First {
            came,
            connection,
            call,
            ..
        }) = first
        else {
            return self.connector.call(request);
        };
        call.take_over();
        if let Some(of_sdk) = request.extension::<CaptureSmithyConnection>() {
            // The SDK closes the connection of an attempt that failed: this one's.
            of_sdk.set_connection_retriever(move || connection.get());
        }
        match came {
            Some(came) => HttpConnectorFuture::ready(came),
            None => HttpConnectorFuture::new(pending()),
        }
    }
}
