//! The present time as an attribute stores it.

use super::attrs::Attrs;
use crate::attr::Handle;
use crate::expr::Operand;
use crate::schema::{Check, EncodedTime, Table};
use crate::value::{AttributeValue, TimeAttribute};
use std::time::Duration;

/// Encodes a time as `set` of the attribute would.
#[doc(hidden)]
pub fn encode_time<M: Table, H: Handle, T>(
    attribute: impl FnOnce(&Attrs<M, Check<M>>) -> H,
    since_epoch: Duration,
) -> EncodedTime
where
    T: TimeAttribute + Operand<H::Type>,
{
    // The handle names the attribute, and with it how its type is encoded.
    let _ = attribute(&Default::default());
    let value = T::at(since_epoch).into_term().into_value()?;
    Ok(value.unwrap_or(AttributeValue::Null(true)))
}
