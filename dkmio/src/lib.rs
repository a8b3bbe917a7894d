// Where the names that the README links to lead in rustdoc. The README defines them once more, at its end, for those who read
// the file: in Markdown the first definition of a name counts.
#![doc = include_str!("guide/links.md")]
#![doc = "[guide]: guide"]
#![doc = ""]
// Its snippets run as doctests where the feature gives them an engine.
#![cfg_attr(
    any(not(doctest), feature = "embedded"),
    doc = include_str!("../README.md")
)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod admin;
mod attr;
mod change;
mod client;
pub mod codec;
#[cfg(feature = "streams")]
mod consumer;
pub mod error;
mod executor;
pub mod expr;
pub mod guide;
mod page;
pub mod prelude;
pub mod schema;
#[cfg(feature = "testing")]
pub mod testing;
mod value;
mod verb;

#[doc(hidden)]
pub mod __private;

pub use self::admin::{
    CreateTable, DeleteTable, Difference, KeyNames, Projected, SearchedBy, TableDifferences,
    Vectors, VerifyTable,
};
pub use self::attr::{
    Attr, DynAttr, EntryKey, FlattenedMap, Handle, ListAttr, MapAttr, Path, Segment, attr,
};
pub use self::change::{
    BatchResponse, Change, EventName, FromRecord, KeyChange, Latest, Record, Records,
    StreamViewType, Streamed, UserIdentity,
};
pub use self::client::DynamoDbBuilder;
#[cfg(feature = "embedded")]
pub use self::client::{EmbeddedEngine, EngineError};
#[cfg(feature = "streams")]
pub use self::consumer::{
    ChangeRecord, ChangeStream, Changes, Checkpoint, Checkpoints, FileCheckpoints, Gap,
    ItemCheckpoints, MemoryCheckpoints,
};
#[doc(inline)]
pub use self::error::{CancellationReason, Error};
pub use self::executor::{
    CapacityMeter, CircuitBreaker, CircuitBreakerConfig, CircuitState, ConsumedCapacity, DynamoDb,
    Observation, Observer, Outcome, SdkInput, TableCapacity, VectorBytes,
};
#[doc(inline)]
pub use self::expr::{AttributeType, Condition, Explain, Given, HasSize, Numeric, Ordered, given};
pub use self::page::{
    BorrowedPage, BorrowedPageStream, BorrowedRows, Cursor, CursorSource, ItemStream, Page,
    PageStream,
};
pub use self::schema::{DistanceFunction, SharedTable, Source, Table, TableDefinition};
#[cfg(any(feature = "chrono", feature = "jiff"))]
pub use self::value::Sortable;
#[cfg(feature = "rust_decimal")]
pub use self::value::decimal;
pub use self::value::{
    AttributeValue, Bytes, Distance, EpochSeconds, InvalidNumber, InvalidTtl, InvalidVector, Item,
    KeyAttribute, KeyKind, KeyMember, Number, Prefix, Score, Set, Similarity, TimeAttribute, Ttl,
    Value, Vector, Version,
};
pub use self::verb::*;
#[cfg(feature = "testing")]
pub use dkmio_derive::test;
pub use dkmio_derive::{
    DynamoDocument, DynamoEntities, DynamoEntity, DynamoPatch, DynamoTable, KeyAttribute,
    Projection, SharedTable,
};

/// Loads the SDK's configuration, for [`DynamoDb::from_sdk_config`].
pub use aws_config;
/// The SDK that dkmio sends its requests with.
pub use aws_sdk_dynamodb;
/// The SDK that reads streams.
#[cfg(feature = "streams")]
pub use aws_sdk_dynamodbstreams;
