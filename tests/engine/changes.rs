//! Changes: read from the stream of a table, and from recorded events of Lambda.

mod batches;
mod images;
mod keys;
mod recorded;
mod sets;
mod sources;
