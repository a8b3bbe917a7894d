//! Says at compile time which types DynamoDB can add and subtract.

use crate::attr::Any;
use crate::value::{Number, Ttl};

/// A type that DynamoDB stores as a number: what arithmetic and `add` need.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number",
    label = "arithmetic works on numbers",
    note = "implement `dkmio::Numeric` for a numeric newtype of your own"
)]
pub trait Numeric {}

impl Numeric for Any {}

macro_rules! numeric {
    ($($ty:ty),*) => { $(impl Numeric for $ty {})* };
}
numeric!(
    u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64, Number, Ttl
);
