//! What the test folders share: the models of the documentation.
#![allow(missing_docs, reason = "tests only")]

pub mod events;
pub mod orders;
