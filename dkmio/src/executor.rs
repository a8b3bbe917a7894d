//! The one way to DynamoDB: every request of every verb is sent by [`DynamoDb::send`], [`DynamoDb::send_reading`] or
//! [`DynamoDb::send_writing`].

mod background;
mod backoff;
mod breaker;
mod call;
mod capacity;
mod clock_skew;
mod connection;
mod interceptor;
mod items;
mod observer;
mod operation;
mod payload;
mod response;
mod route;
mod sdk_input;
mod sdk_parts;
mod send;
mod signature;
mod span;
mod splice;
#[cfg(feature = "streams")]
mod streams;
mod table_names;
mod why_not_direct;

pub(crate) use self::background::Background;
pub(crate) use self::backoff::Backoff;
pub use self::breaker::{CircuitBreaker, CircuitBreakerConfig, CircuitState};
pub use self::capacity::{CapacityMeter, ConsumedCapacity, TableCapacity, VectorBytes};
pub use self::connection::DynamoDb;
pub(crate) use self::connection::{ClientSource, MadeClient, Settings};
pub(crate) use self::items::ItemSink;
pub use self::observer::{Observation, Observer, Outcome};
pub(crate) use self::operation::{Operation, PagedOperation, PayloadOperation, RawPage};
pub(crate) use self::payload::{Payload, PutRun, TableKeys};
pub use self::sdk_input::SdkInput;
pub(crate) use self::send::made_or_failed;
pub(crate) use self::table_names::TableNames;
