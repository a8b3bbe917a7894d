//! An HTTP client that answers as a test says, and keeps what was sent byte for byte.

use aws_sdk_dynamodb::config::interceptors::BeforeSerializationInterceptorContextMut;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_dynamodb::config::{
    BehaviorVersion, Builder, ConfigBag, Credentials, Intercept, Region, RuntimeComponents,
};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use dkmio::DynamoDb;
use std::fmt;
use std::sync::{Arc, Mutex};

/// The key that requests are signed with.
pub const SECRET: &str = "canned-secret";

/// A request as it went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub method: String,
    pub uri: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Sent {
    /// Returns a header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the operation, such as `PutItem`.
    pub fn operation(&self) -> &str {
        let target = self.header("x-amz-target").unwrap();
        target.rsplit('.').next().unwrap()
    }

    /// Returns the body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

type Answer = dyn Fn(usize, &Sent) -> HttpResponse + Send + Sync;

/// An HTTP client that answers by the request and its number, from 0. Clones share what was sent.
#[derive(Clone)]
pub struct Canned {
    answer: Arc<Answer>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Canned {
    /// Returns a client that answers so.
    pub fn new(answer: impl Fn(usize, &Sent) -> HttpResponse + Send + Sync + 'static) -> Self {
        Self {
            answer: Arc::new(answer),
            sent: Arc::default(),
        }
    }

    /// Returns a configuration of the SDK's with this client, and up to three attempts.
    pub fn config(&self) -> Builder {
        // The default bucket is the process's: the retries of one test would use up those of another.
        let partition = RetryPartition::custom("canned")
            .token_bucket(TokenBucket::unlimited())
            .build();
        aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("canned", SECRET, None, None, "canned"))
            .endpoint_url("http://canned.invalid")
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .retry_partition(partition)
            .http_client(self.clone())
    }

    /// Returns a connection over this client, with the wire codec or without.
    pub fn db(&self, has_codec: bool) -> DynamoDb {
        connection(self.config(), has_codec)
    }

    /// Returns what was sent so far, each attempt by itself.
    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }
}

/// Returns a connection with this configuration of the SDK's, with the wire codec or without.
pub fn connection(config: Builder, has_codec: bool) -> DynamoDb {
    DynamoDb::builder()
        .client(aws_sdk_dynamodb::Client::from_conf(config.build()))
        .wire_codec(has_codec)
        .build()
}

/// Returns an answer in DynamoDB's protocol.
pub fn json(status: u16, body: impl Into<SdkBody>) -> HttpResponse {
    let mut answer = bare(status, body);
    let headers = answer.headers_mut();
    headers.insert("content-type", "application/x-amz-json-1.0");
    answer
}

/// Returns an answer without headers.
pub fn bare(status: u16, body: impl Into<SdkBody>) -> HttpResponse {
    HttpResponse::new(StatusCode::try_from(status).unwrap(), body.into())
}

impl fmt::Debug for Canned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Canned").finish_non_exhaustive()
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

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let headers = request.headers().iter();
        let sent = Sent {
            method: request.method().to_owned(),
            uri: request.uri().to_owned(),
            headers: headers
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect(),
            body: request.body().bytes().unwrap().to_vec(),
        };
        let mut all = self.sent.lock().unwrap();
        let answer = (self.answer)(all.len(), &sent);
        all.push(sent);
        HttpConnectorFuture::ready(Ok(answer))
    }
}

/// Returns an interceptor of a program's own, that changes inputs before the SDK writes them.
pub fn changing(change: impl Fn(&mut Input) + Send + Sync + 'static) -> impl Intercept + 'static {
    Changing(change)
}

struct Changing<F>(F);

impl<F> fmt::Debug for Changing<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Changing")
    }
}

impl<F: Fn(&mut Input) + Send + Sync> Intercept for Changing<F> {
    fn name(&self) -> &'static str {
        "changing"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        (self.0)(context.input_mut());
        Ok(())
    }
}
