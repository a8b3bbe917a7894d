//! `TransactWriteItems`: writes items of any tables, all or none.
//!
//! [`builder`] collects members, each lowered already by [`member`] or [`condition_check`]; [`lowered`] makes the request of
//! them, which [`explain`] shows.

mod builder;
mod condition_check;
mod explain;
mod lowered;
mod member;

pub use self::builder::{TransactWrite, transact_write};
pub use self::condition_check::ConditionCheck;
