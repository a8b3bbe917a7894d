//! Starts the service: `cargo run -p orders-service`, then `curl localhost:3000/openapi.json`.
//!
//! | variable | says |
//! |---|---|
//! | `PORT` | the port, 3000 unless set |
//! | `DYNAMODB` | `embedded`, which it is unless set: an engine in this process; `aws`: region and credentials as the SDK finds them |
//! | `TABLE_PREFIX` | what the table's name begins with |
//! | `CURSOR_KEY` | at least 16 bytes that cursors are signed with; with `aws` it has to be set |
//!
//! Logs are JSON lines. SIGINT and SIGTERM end it once the requests under way are answered.

use dkmio::DynamoDb;
use orders_service::{App, CursorKey, Orders, router};
use std::env;
use std::error::Error;
use tokio::net::TcpListener;
use tokio::signal;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().json().flatten_event(true).init();
    let app = app().await?;
    let port: u16 = env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind(("0.0.0.0", port)).await?;
    tracing::info!(port, "listening");
    axum::serve(listener, router(app))
        .with_graceful_shutdown(stop())
        .await?;
    Ok(())
}

async fn app() -> Result<App, Box<dyn Error>> {
    let key = env::var("CURSOR_KEY").ok();
    let prefix = env::var("TABLE_PREFIX").unwrap_or_default();
    let db = DynamoDb::builder().table_prefix(prefix).name("orders");
    let (db, key) = match env::var("DYNAMODB").as_deref() {
        Ok("aws") => (
            db.build(),
            key.ok_or("`CURSOR_KEY` is not set: all instances sign cursors with it")?,
        ),
        Ok("embedded") | Err(_) => (
            db.embedded().build(),
            key.unwrap_or_else(|| "for this process only".to_owned()),
        ),
        Ok(other) => return Err(format!("`DYNAMODB` is `aws` or `embedded`, not `{other}`").into()),
    };
    db.create_table::<Orders>().if_not_exists().await?;
    db.verify_table::<Orders>().await?.into_result()?;
    let cursor_key = CursorKey::new(key).ok_or("`CURSOR_KEY` has fewer than 16 bytes")?;
    Ok(App { db, cursor_key })
}

/// Ends at SIGINT or SIGTERM.
async fn stop() {
    let interrupt = signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = signal::unix::signal(signal::unix::SignalKind::terminate()) else {
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupt.await;
    }
}
