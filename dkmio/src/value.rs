//! Values as DynamoDB stores them: items, sets, binary, exact numbers, time to live.

mod any;
mod bytes;
pub(crate) mod clock;
mod encoded_item;
mod encoded_vector;
mod foreign;
mod item;
mod key;
mod marker;
mod member;
mod number;
mod order;
mod same;
mod scalar;
mod score;
mod set;
mod size;
#[cfg(any(feature = "chrono", feature = "jiff"))]
mod sortable;
mod time_attribute;
mod ttl;
mod vector;
mod version;

pub use aws_sdk_dynamodb::types::AttributeValue;

pub use self::any::Value;
pub use self::bytes::Bytes;
pub(crate) use self::encoded_item::{EncodedItem, KeyRanges};
pub(crate) use self::encoded_vector::EncodedVector;
#[cfg(feature = "rust_decimal")]
pub use self::foreign::decimal;
pub use self::item::Item;
pub use self::key::{KeyAttribute, KeyKind, Prefix};
pub(crate) use self::marker::{Marker, NEWTYPE_LEVELS, NUMBER_MARKER, SET_MARKER, SetMarker};
pub use self::member::{FixedWidth, Form, KeyMember, assert_member};
pub use self::number::{InvalidNumber, Number};
pub(crate) use self::number::{check_number, compare_numbers, integer_text};
pub(crate) use self::order::compare_scalars;
pub(crate) use self::same::is_same_item;
pub(crate) use self::scalar::Scalar;
pub use self::score::{Distance, Score, Similarity};
pub use self::set::Set;
pub(crate) use self::size::{digits_size, item_size, number_size, value_size};
#[cfg(any(feature = "chrono", feature = "jiff"))]
pub(crate) use self::sortable::Moment;
#[cfg(any(feature = "chrono", feature = "jiff"))]
pub use self::sortable::Sortable;
pub use self::time_attribute::{EpochSeconds, TimeAttribute};
pub use self::ttl::TtlAttribute;
pub(crate) use self::ttl::has_expired;
pub use self::ttl::{InvalidTtl, Ttl};
pub use self::vector::{InvalidVector, Vector};
#[doc(hidden)]
pub use self::vector::{VectorAttribute, assert_vector};
pub use self::version::{Version, VersionAttribute};
