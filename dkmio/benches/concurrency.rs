//! How much faster a batch get is whose requests are sent side by side, on a connection with latency.
//!
//! `cargo bench -p dkmio --features embedded --bench concurrency`
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "it prints what it measured, and ends where it cannot"
)]

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use dkmio::aws_sdk_dynamodb::Client;
use dkmio::{DynamoDb, DynamoTable, EmbeddedEngine};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

const KEYS: u64 = 10_000;
/// Keys of one request.
const CHUNK: usize = 100;
const LATENCY: Duration = Duration::from_millis(20);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "readings")]
struct Readings {
    #[pk]
    sensor: u64,
    #[sk]
    at: u64,
    celsius: f64,
}

/// The engine behind a network of this latency: each answer comes so much later.
#[derive(Debug)]
struct Distant<T>(T);

impl HttpClient for Distant<EmbeddedEngine> {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Distant(self.0.http_connector(settings, components)))
    }
}

impl HttpConnector for Distant<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let engine = self.0.clone();
        HttpConnectorFuture::new(async move {
            tokio::time::sleep(LATENCY).await;
            engine.call(request).await
        })
    }
}

fn key(n: u64) -> (u64, u64) {
    (n % 500, n / 500)
}

async fn timed<T>(future: impl Future<Output = T>) -> (T, Duration) {
    let started = Instant::now();
    (future.await, started.elapsed())
}

#[tokio::main]
async fn main() {
    let engine = EmbeddedEngine::in_memory().unwrap();
    let near = DynamoDb::from_client(engine.client());
    near.create_table::<Readings>().await.unwrap();
    let readings = (0..KEYS).map(|n| {
        let (sensor, at) = key(n);
        let celsius = (n % 40) as f64 / 2.0;
        Readings {
            sensor,
            at,
            celsius,
        }
    });
    let readings = futures_util::stream::iter(readings);
    Readings::batch_write()
        .put_stream(&near, readings)
        .await
        .unwrap();
    let config = engine.client().config().to_builder();
    let config = config.http_client(Distant(engine)).build();
    let far = DynamoDb::from_client(Client::from_conf(config));

    let keys: Vec<(u64, u64)> = (0..KEYS).map(key).collect();
    // The connection's first request is made before the clock runs.
    Readings::get(keys[0]).execute(&far).await.unwrap();

    let (one_by_one, sequential) = timed(async {
        let mut found = Vec::new();
        for chunk in keys.chunks(CHUNK) {
            let chunk = Readings::batch_get(chunk.iter().copied());
            found.extend(chunk.execute(&far).await.unwrap());
        }
        found
    })
    .await;
    let batch = Readings::batch_get(keys.iter().copied());
    let (side_by_side, concurrent) = timed(batch.execute(&far)).await;
    assert!(one_by_one.iter().all(Option::is_some));
    assert_eq!(one_by_one, side_by_side.unwrap());

    println!("a batch get of {KEYS} keys, {LATENCY:?} of latency");
    println!("chunk after chunk:   {sequential:>8.1?}");
    println!("default concurrency: {concurrent:>8.1?}");
    let ratio = sequential.as_secs_f64() / concurrent.as_secs_f64();
    println!("{ratio:.1} times faster");
}
