//! A catalogue that goes on while DynamoDB is away: it answers from its cache, and does not wait for DynamoDB while the
//! circuit is open.
//!
//! `cargo run --example resilience`; the outage is made here, in front of the embedded engine.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use dkmio::aws_sdk_dynamodb::Client;
use dkmio::aws_sdk_dynamodb::config::retry::RetryConfig;
use dkmio::{CircuitBreakerConfig, CircuitState, DynamoDb, DynamoTable, EmbeddedEngine, Error};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::time::sleep;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "products")]
struct Products {
    #[pk]
    id: String,
    name: String,
    cents: u64,
}

/// Reads products, and remembers them for an outage.
struct Catalogue {
    db: DynamoDb,
    cache: HashMap<String, Products>,
}

#[derive(Debug, PartialEq)]
enum Source {
    DynamoDb,
    Cache,
}

impl Catalogue {
    async fn product(&mut self, id: &str) -> Result<Option<(Products, Source)>, Error> {
        match Products::get(id).execute(&self.db).await {
            Ok(Some(product)) => {
                self.cache.insert(id.to_owned(), product.clone());
                Ok(Some((product, Source::DynamoDb)))
            }
            Ok(None) => {
                self.cache.remove(id);
                Ok(None)
            }
            // An outage, throttling, or an open circuit, for which nothing was even sent: what was read last will do.
            Err(e) if e.is_retryable() => match self.cache.get(id) {
                Some(product) => Ok(Some((product.clone(), Source::Cache))),
                None => Err(e),
            },
            // A mistake of ours: no cache mends it.
            Err(e) => Err(e),
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let network = Network::default();
    let db = DynamoDb::builder()
        .client(client(&network)?)
        .circuit_breaker(Some(CircuitBreakerConfig {
            failure_threshold: 3,
            recovery_timeout: Duration::from_millis(200), // seconds, in production
        }))
        .build();
    db.create_table::<Products>().await?;
    let lamp = Products {
        id: "lamp".to_owned(),
        name: "Desk lamp".to_owned(),
        cents: 3_990,
    };
    Products::put(&lamp).execute(&db).await?;
    let mut catalogue = Catalogue {
        db: db.clone(),
        cache: HashMap::new(),
    };

    println!("DynamoDB is there:");
    assert_eq!(read(&mut catalogue, &network).await?, (Source::DynamoDb, 1));

    network.is_down.store(true, Ordering::Relaxed);
    println!("DynamoDB is away; each read tries it, twice, until three have failed in a row:");
    for _ in 0..3 {
        assert_eq!(read(&mut catalogue, &network).await?, (Source::Cache, 2));
    }
    assert_eq!(db.circuit_breaker().state(), CircuitState::Open);
    println!("The circuit is open; reads do not try any more:");
    for _ in 0..3 {
        assert_eq!(read(&mut catalogue, &network).await?, (Source::Cache, 0));
    }
    match Products::put(&lamp).execute(&db).await {
        Err(Error::CircuitOpen(e)) => println!(
            "  a write says when to come again: in {} ms",
            e.retry_after().as_millis()
        ),
        other => panic!("{other:?}"),
    }

    network.is_down.store(false, Ordering::Relaxed);
    sleep(Duration::from_millis(250)).await;
    println!("DynamoDB is back; the first read finds out, and closes the circuit:");
    assert_eq!(read(&mut catalogue, &network).await?, (Source::DynamoDb, 1));
    assert_eq!(db.circuit_breaker().state(), CircuitState::Closed);
    Ok(())
}

/// Reads a product, and says from where it came and how many requests that took.
async fn read(catalogue: &mut Catalogue, network: &Network) -> Result<(Source, usize), Error> {
    let before = network.requests.load(Ordering::Relaxed);
    let started = Instant::now();
    let found = catalogue.product("lamp").await?;
    let (product, source) = found.expect("the lamp is in the catalogue");
    let requests = network.requests.load(Ordering::Relaxed) - before;
    println!(
        "  {} from {source:?}, {requests} requests, {:.1} ms",
        product.name,
        started.elapsed().as_secs_f64() * 1e3
    );
    Ok((source, requests))
}

/// A client of the embedded engine behind a network that can be down.
fn client(network: &Network) -> Result<Client, Box<dyn std::error::Error>> {
    let engine = EmbeddedEngine::in_memory()?;
    let retries = RetryConfig::standard()
        .with_max_attempts(2)
        .with_initial_backoff(Duration::from_millis(5));
    let behind = Behind {
        network: network.clone(),
        engine: engine.clone(),
    };
    let config = engine.client().config().to_builder();
    let config = config.retry_config(retries).http_client(behind).build();
    Ok(Client::from_conf(config))
}

#[derive(Clone, Debug, Default)]
struct Network {
    is_down: Arc<AtomicBool>,
    requests: Arc<AtomicUsize>,
}

#[derive(Clone, Debug)]
struct Behind {
    network: Network,
    engine: EmbeddedEngine,
}

impl HttpClient for Behind {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector {
            network: self.network.clone(),
            engine: self.engine.http_connector(settings, components),
        })
    }
}

#[derive(Debug)]
struct Connector {
    network: Network,
    engine: SharedHttpConnector,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.network.requests.fetch_add(1, Ordering::Relaxed);
        if self.network.is_down.load(Ordering::Relaxed) {
            let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
            return HttpConnectorFuture::ready(Err(ConnectorError::io(refused.into())));
        }
        self.engine.call(request)
    }
}
