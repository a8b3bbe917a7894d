//! OpenTelemetry's histogram `db.client.operation.duration`, recorded by an observer of each request.
//!
//! `cargo run --example metrics`
//!
//! The observer needs OpenTelemetry's API only. Where the numbers go is up to the program: in production to
//! `opentelemetry_sdk` and an exporter, here to the small provider at the end of this file, which counts in memory.

use dkmio::{DynamoDb, DynamoTable, Error, Observation, Observer, Outcome};
use futures_util::FutureExt;
use opentelemetry::metrics::{
    Histogram, HistogramBuilder, InstrumentProvider, Meter, MeterProvider, SyncInstrument,
};
use opentelemetry::{InstrumentationScope, KeyValue};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Records how long each request took, with OpenTelemetry's attributes.
struct Metrics {
    duration: Histogram<f64>,
}

impl Metrics {
    fn new(meter: &Meter) -> Self {
        let duration = meter
            .f64_histogram("db.client.operation.duration")
            .with_description("Duration of database client operations.")
            .with_unit("s")
            .with_boundaries(vec![0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0])
            .build();
        Self { duration }
    }
}

impl Observer for Metrics {
    fn observe(&self, request: &Observation<'_>) {
        let mut attributes = vec![
            KeyValue::new("db.system.name", "aws.dynamodb"),
            KeyValue::new("db.operation.name", request.operation),
            KeyValue::new("db.collection.name", request.table.to_owned()),
        ];
        let error = match request.outcome {
            Outcome::Failed(e) => Some(e.code().unwrap_or(e.kind())), // few and stable
            Outcome::Dropped => Some("dropped"),
            _ => None,
        };
        attributes.extend(error.map(|error| KeyValue::new("error.type", error.to_owned())));
        self.duration
            .record(request.duration.as_secs_f64(), &attributes);
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "readings")]
struct Readings {
    #[pk]
    sensor: String,
    #[sk]
    at: u64,
    celsius: f64,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let provider = InMemory::default(); // in production `opentelemetry::global::meter("shop")` gives the meter
    let metrics = Metrics::new(&provider.meter("shop"));
    let db = DynamoDb::builder().embedded().observer(metrics).build();

    // What a program does in a day.
    db.create_table::<Readings>().await?;
    let reading = |at| Readings {
        sensor: "roof".to_owned(),
        at,
        celsius: 21.5,
    };
    for at in 1..=6 {
        Readings::put(&reading(at)).execute(&db).await?;
    }
    let twice = Readings::put(&reading(1))
        .if_not_exists()
        .execute(&db)
        .await;
    assert!(matches!(twice, Err(Error::ConditionFailed(_))));
    let all = Readings::query("roof").page_size(4).fetch_all(&db).await?;
    assert_eq!(all.len(), 6);
    // A request whose future is dropped, as by a timeout, is counted too.
    assert!(
        Readings::get(("roof", 1))
            .execute(&db)
            .now_or_never()
            .is_none()
    );

    let counts = provider.report();
    assert_eq!(counts["PutItem readings"], 6);
    assert_eq!(
        counts["PutItem readings ConditionalCheckFailedException"],
        1
    );
    assert_eq!(counts["Query readings"], 2); // two pages, two requests
    assert_eq!(counts["GetItem readings dropped"], 1);
    Ok(())
}

/// The durations of a histogram, by the values of their attributes. A real provider keeps buckets, and exports them.
#[derive(Clone, Default)]
struct InMemory(Arc<Mutex<BTreeMap<String, Vec<f64>>>>);

impl InMemory {
    /// Prints each series, and returns how many requests it has.
    fn report(&self) -> BTreeMap<String, usize> {
        let series = self.0.lock().expect("no recording panics");
        for (name, seconds) in &*series {
            let mean = 1e3 * seconds.iter().sum::<f64>() / seconds.len() as f64;
            println!("{:>3} requests of {mean:>5.2} ms  {name}", seconds.len());
        }
        let counts = series
            .iter()
            .map(|(name, seconds)| (name.clone(), seconds.len()));
        counts.collect()
    }
}

impl MeterProvider for InMemory {
    fn meter_with_scope(&self, _: InstrumentationScope) -> Meter {
        Meter::new(Arc::new(self.clone()))
    }
}

impl InstrumentProvider for InMemory {
    fn f64_histogram(&self, _: HistogramBuilder<'_, Histogram<f64>>) -> Histogram<f64> {
        Histogram::new(Arc::new(self.clone()))
    }
}

impl SyncInstrument<f64> for InMemory {
    fn measure(&self, seconds: f64, attributes: &[KeyValue]) {
        // The first attribute is the system, which is the same for all.
        let values: Vec<_> = attributes[1..]
            .iter()
            .map(|a| a.value.to_string())
            .collect();
        let mut series = self.0.lock().expect("no recording panics");
        series.entry(values.join(" ")).or_default().push(seconds);
    }
}
