//! What dkmio logs, as JSON: an event for each request, in a span with OpenTelemetry's names, and never a value.
//!
//! `cargo run --example json_logs`; with `RUST_LOG=dkmio=warn`, retries and the circuit breaker only

use dkmio::{DynamoDb, DynamoTable, Error};
use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "accounts")]
#[gsi(by_owner, name = "by-owner", pk = owner)]
struct Accounts {
    #[pk]
    iban: String,
    owner: String,
    cents: i64,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    // Spans are logged when they close: by then they have the counts, the capacity, the retries and the outcome.
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(
            EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("dkmio=debug")),
        )
        .with_span_events(FmtSpan::CLOSE)
        .init();

    // The name tells connections apart; the capacity is on the spans because it is asked for.
    let db = DynamoDb::builder()
        .embedded()
        .name("ledger")
        .return_consumed_capacity()
        .build();
    db.create_table::<Accounts>().await?;
    let account = Accounts {
        iban: "PE00 1234".to_owned(),
        owner: "Ada".to_owned(),
        cents: 1_000,
    };
    Accounts::put(&account).execute(&db).await?;
    let page = Accounts::by_owner().query("Ada").execute(&db).await?;
    assert_eq!(page.len(), 1);

    // An error is logged by its code; the event has the id that AWS support asks for.
    let again = Accounts::put(&account).if_not_exists().execute(&db).await;
    assert!(matches!(again, Err(Error::ConditionFailed(_))));
    Ok(())
}
