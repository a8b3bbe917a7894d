//! What queries and scans have in common: their options, the request that these make, and the ways to run a read.

mod expressions;
mod input;
mod one_kind;
mod options;
mod terminals;

pub(super) use self::input::{explain_read, notes};
pub(super) use self::options::{ReadOptions, Want, read_options};
pub(super) use self::terminals::read_terminals;
