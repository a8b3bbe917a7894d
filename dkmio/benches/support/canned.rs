//! A client of the SDK whose every request gets the same answer, without a network: what is left is the program's own work.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

#[derive(Clone, Debug)]
struct Canned(Bytes);

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let answer = http::Response::builder()
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amzn-requestid", "RDEXAMPLE")
            .body(SdkBody::from(self.0.clone()))
            .map_err(|e| e.to_string())
            .and_then(|answer| HttpResponse::try_from(answer).map_err(|e| e.to_string()));
        HttpConnectorFuture::ready(answer.map_err(|e| {
            aws_smithy_runtime_api::client::result::ConnectorError::other(e.into(), None)
        }))
    }
}

impl HttpClient for Canned {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

/// Returns a client with the SDK's defaults, that signs its requests and gets this answer to each.
pub fn client(answer: String) -> Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE",
            "secret",
            None,
            None,
            "bench",
        ))
        .http_client(Canned(Bytes::from(answer)))
        .build();
    Client::from_conf(config)
}
