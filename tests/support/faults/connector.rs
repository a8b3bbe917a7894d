use super::log::UnderWay;
use super::{Engine, Fault, Logged, Shared, answer, partial};
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
use std::sync::Arc;
use std::time::Duration;

/// The SDK's HTTP client: the engine with faults before it.
#[derive(Clone, Debug)]
pub(super) struct FaultClient {
    engine: Engine,
    shared: Arc<Shared>,
}

impl FaultClient {
    pub(super) fn new(engine: Engine, shared: Arc<Shared>) -> Self {
        Self { engine, shared }
    }
}

impl HttpClient for FaultClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let engine = self.engine.lock().unwrap().clone();
        SharedHttpConnector::new(FaultConnector {
            engine: engine.http_connector(settings, components),
            shared: self.shared.clone(),
        })
    }
}

#[derive(Debug)]
struct FaultConnector {
    engine: SharedHttpConnector,
    shared: Arc<Shared>,
}

impl HttpConnector for FaultConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let body = request.body().bytes().unwrap_or_default();
        let body = serde_json::from_slice(body).unwrap_or(Value::Null);
        let (fault, latency) = {
            let mut plan = self.shared.plan();
            (plan.next(&operation), plan.latency)
        };
        let logged = Logged {
            operation,
            body,
            fault,
        };
        let call = Call {
            under_way: self.shared.log.begin(logged.clone()),
            engine: self.engine.clone(),
            request,
            logged,
        };
        HttpConnectorFuture::new(call.answer(latency))
    }
}

/// One request on its way.
struct Call {
    under_way: UnderWay,
    engine: SharedHttpConnector,
    request: HttpRequest,
    logged: Logged,
}

impl Call {
    async fn answer(self, latency: Duration) -> Result<HttpResponse, ConnectorError> {
        let _under_way = self.under_way;
        if !latency.is_zero() {
            tokio::time::sleep(latency).await;
        }
        if let Some(error) = answer::error(&self.logged) {
            tokio::task::yield_now().await;
            return Ok(error);
        }
        let fault = self.logged.fault;
        match fault {
            Fault::Refused => return Err(broken(io::ErrorKind::ConnectionRefused)),
            Fault::Timeout => return pending().await,
            Fault::Unprocessed(share) | Fault::Disguised(share) => {
                let operation = &self.logged.operation;
                if let Some(mut parts) = partial::cut(operation, &self.logged.body, share) {
                    if matches!(fault, Fault::Disguised(_)) {
                        parts.disguise();
                    }
                    return in_part(&self.engine, self.request, operation, parts).await;
                }
            }
            _ => {}
        }
        let answer = self.engine.call(self.request).await?;
        match fault {
            Fault::LostAnswer => Err(broken(io::ErrorKind::ConnectionReset)),
            Fault::LateAnswer => pending().await,
            _ => Ok(answer::spoilt(fault, answer)),
        }
    }
}

async fn in_part(
    engine: &SharedHttpConnector,
    mut request: HttpRequest,
    operation: &str,
    parts: partial::Parts,
) -> Result<HttpResponse, ConnectorError> {
    let Some(done) = &parts.done else {
        tokio::task::yield_now().await;
        return Ok(answer::ok(&parts.into_answer(operation, None)));
    };
    *request.body_mut() = SdkBody::from(done.to_string());
    let answer = engine.call(request).await?;
    if !answer.status().is_success() {
        return Ok(answer);
    }
    let body = serde_json::from_slice(answer.body().bytes().unwrap_or_default()).unwrap();
    Ok(answer::ok(&parts.into_answer(operation, Some(body))))
}

fn broken(kind: io::ErrorKind) -> ConnectorError {
    let error = io::Error::from(kind);
    match kind {
        io::ErrorKind::ConnectionRefused => ConnectorError::io(error.into()).never_connected(),
        _ => ConnectorError::io(error.into()),
    }
}
