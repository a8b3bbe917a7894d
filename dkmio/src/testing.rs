//! Tests of programs that use dkmio: a database for each test, faults on purpose, errors made by hand, and a clock that
//! stands still. Feature `testing`, for `[dev-dependencies]`.
//!
//! ```toml
//! [dev-dependencies]
//! dkmio = { version = "0.1", features = ["testing"] }
//! ```
//!
//! [`#[dkmio::test]`](macro@crate::test) runs an async test on an embedded engine of its own, with the tables of the models
//! that it names. Time is paused, as with `#[tokio::test(start_paused = true)]`: what waits (the SDK's retries, timeouts,
//! slow answers) takes no time, so that a test of an outage is as fast as any other.
//!
//! ```
//! use dkmio::testing::{Fault, Faults};
//! use dkmio::{DynamoDb, DynamoTable, Error};
//!
//! #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize, DynamoTable)]
//! #[dkmio(table = "orders")]
//! struct Orders { #[pk] id: String, total: u64 }
//!
//! # mod tests {
//! # use super::*;
//! #[dkmio::test(Orders)]
//! async fn a_throttled_put_is_sent_again(db: DynamoDb, faults: Faults) -> Result<(), Error> {
//!     let order = Orders { id: "ord_1".to_owned(), total: 250 };
//!     faults.inject(Fault::Throttled.times(2));
//!     Orders::put(&order).execute(&db).await?; // the SDK's third attempt
//!     assert_eq!(faults.requests().len(), 3);
//!
//!     faults.inject(Fault::Throttled.always());
//!     let error = Orders::get("ord_1").execute(&db).await.unwrap_err();
//!     assert!(error.is_throttling());
//!     Ok(())
//! }
//! # }
//! ```
//!
//! A test without the macro makes the same with [`TestDatabase`].

mod answer;
mod clock;
mod connector;
mod database;
mod fault;
mod faults;
mod fixtures;
mod partial;
mod plan;
mod run;
mod sent;

pub mod error;

pub use self::clock::{FrozenTime, freeze_time};
pub use self::database::TestDatabase;
pub use self::fault::{Fault, Injection, OperationName, Share};
pub use self::faults::Faults;
pub use self::fixtures::{load, load_json};
pub use self::run::FromTestDatabase;
#[doc(hidden)]
pub use self::run::{Setup, run};
pub use self::sent::SentRequest;
