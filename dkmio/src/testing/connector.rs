//! The SDK's HTTP client in tests: the embedded engine with faults before it.

use super::answer;
use super::fault::Fault;
use super::faults::Faults;
use super::partial::{Parts, cut};
use super::sent::{SentRequest, UnderWay, tables};
use crate::client::{EmbeddedEngine, EngineError};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use serde_json::Value;
use std::future::pending;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The engine that answers now, or why there is none.
pub(super) type SharedEngine = Arc<Mutex<Result<EmbeddedEngine, EngineError>>>;

#[derive(Clone, Debug)]
pub(super) struct FaultClient {
    pub(super) engine: SharedEngine,
    pub(super) faults: Faults,
}

impl HttpClient for FaultClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        match &*engine {
            Ok(engine) => SharedHttpConnector::new(FaultConnector {
                engine: engine.http_connector(settings, components),
                faults: self.faults.clone(),
            }),
            Err(e) => SharedHttpConnector::new(NoEngine(e.to_string())),
        }
    }
}

/// Says why there is no engine.
#[derive(Debug)]
struct NoEngine(String);

impl HttpConnector for NoEngine {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let error = ConnectorError::user(self.0.clone().into());
        HttpConnectorFuture::ready(Err(error))
    }
}

#[derive(Debug)]
struct FaultConnector {
    engine: SharedHttpConnector,
    faults: Faults,
}

impl HttpConnector for FaultConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let body = request.body().bytes().unwrap_or_default();
        let body = serde_json::from_slice(body).unwrap_or(Value::Null);
        let tables = tables(&body);
        let (fault, latency) = self.faults.next(&operation, &tables);
        let sent = SentRequest {
            operation,
            tables,
            body,
            fault,
        };
        let attempt = Attempt {
            under_way: self.faults.sent().begin(sent.clone()),
            engine: self.engine.clone(),
            request,
            sent,
        };
        HttpConnectorFuture::new(attempt.answer(latency))
    }
}

/// One request on its way.
struct Attempt {
    under_way: UnderWay,
    engine: SharedHttpConnector,
    request: HttpRequest,
    sent: SentRequest,
}

impl Attempt {
    async fn answer(self, latency: Duration) -> Result<HttpResponse, ConnectorError> {
        let _under_way = self.under_way;
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
        if let Some(error) = answer::error(&self.sent) {
            tokio::task::yield_now().await;
            return error;
        }
        let SentRequest {
            operation,
            body,
            fault,
            ..
        } = &self.sent;
        match *fault {
            Fault::ConnectionRefused => return Err(broken(io::ErrorKind::ConnectionRefused)),
            Fault::Timeout => return pending().await,
            Fault::Slow(duration) => tokio::time::sleep(duration).await,
            Fault::Unprocessed(share) | Fault::UnprocessedUnsent(share) => {
                if let Some(mut parts) = cut(operation, body, share) {
                    if matches!(fault, Fault::UnprocessedUnsent(_)) {
                        parts.give_unsent_keys();
                    }
                    return in_part(&self.engine, self.request, parts).await;
                }
            }
            _ => {}
        }
        let answer = self.engine.call(self.request).await?;
        match fault {
            Fault::AnswerLost => Err(broken(io::ErrorKind::ConnectionReset)),
            Fault::AnswerLate => pending().await,
            fault => Ok(answer::spoilt(*fault, answer)),
        }
    }
}

async fn in_part(
    engine: &SharedHttpConnector,
    mut request: HttpRequest,
    parts: Parts,
) -> Result<HttpResponse, ConnectorError> {
    let Some(done) = &parts.done else {
        tokio::task::yield_now().await;
        return answer::ok(&parts.into_answer(None));
    };
    *request.body_mut() = SdkBody::from(done.to_string());
    let answer = engine.call(request).await?;
    if !answer.status().is_success() {
        return Ok(answer);
    }
    let body = serde_json::from_slice(answer.body().bytes().unwrap_or_default())
        .map_err(|e| ConnectorError::other(e.into(), None))?;
    answer::ok(&parts.into_answer(Some(body)))
}

fn broken(kind: io::ErrorKind) -> ConnectorError {
    let error = io::Error::from(kind);
    match kind {
        io::ErrorKind::ConnectionRefused => ConnectorError::io(error.into()).never_connected(),
        _ => ConnectorError::io(error.into()),
    }
}
