//! Claims that hold for every input.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a test fails by panicking"
)]

mod codec;
mod conditions;
mod cursors;
mod entity_updates;
mod index_items;
mod key_types;
mod member_ranges;
mod paths;
mod promise;
mod records;
mod table_updates;
mod wire;
mod wire_edges;
