//! Behaviour on a real engine: the embedded one, or that of `DKMIO_TEST_ENDPOINT`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod batches;
mod borrowed;
mod bulk;
mod capacity;
mod changes;
mod consumer;
mod dynamic;
mod each;
mod entities;
mod entity_sets;
mod existence;
mod expression_layer;
mod futures;
mod keys;
mod keys_only;
mod misconfiguration;
mod multi_key;
mod pitfalls;
mod published_design;
mod seed;
mod selections;
mod sequences;
mod table_texts;
mod testing_kit;
mod times;
mod transactions;
mod validation_causes;
mod values;
mod vector_search;
mod verify;
mod versions;
