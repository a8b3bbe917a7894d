//! `rust_decimal::Decimal` as an exact number of DynamoDB.
//!
//! By itself a `Decimal` is a string to serde, which neither sorts nor adds as a number does. With
//! `#[serde(with = "dkmio::decimal")]` the field is an N of the same value; trailing zeros are not kept, as DynamoDB
//! does not keep them. For an `Option<Decimal>` it is `dkmio::decimal::option`.
//!
//! Such a field may be a key, of the table or of an index, which then sorts as numbers do. [`Number`](crate::Number) is
//! a key without `with`, and converts from and to `Decimal`.
//!
//! # Examples
//!
//! ```
//! use dkmio::{Number, codec};
//! use rust_decimal::Decimal;
//!
//! #[derive(serde::Serialize, serde::Deserialize)]
//! struct Price {
//!     #[serde(with = "dkmio::decimal")]
//!     net: Decimal,
//!     #[serde(default, with = "dkmio::decimal::option")]
//!     discount: Option<Decimal>,
//! }
//!
//! let item = codec::to_item(&Price { net: Decimal::new(1250, 2), discount: None })?;
//! assert_eq!(item["net"].as_n().map(String::as_str), Ok("12.5"));
//! assert_eq!(codec::from_item::<Price>(item)?.net, Decimal::new(1250, 2));
//!
//! let number = Number::from(Decimal::new(1250, 2));
//! assert_eq!(Decimal::try_from(&number).unwrap(), Decimal::new(125, 1));
//! # Ok::<(), dkmio::Error>(())
//! ```
//!
//! As a key:
//!
//! ```
//! use dkmio::DynamoTable;
//! use rust_decimal::Decimal;
//!
//! #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
//! #[dkmio(table = "offers")]
//! #[gsi(by_discount, pk = shop, sk = discount)]
//! struct Offers {
//!     #[pk]
//!     shop: String,
//!     #[sk]
//!     #[serde(with = "dkmio::decimal")]
//!     price: Decimal,
//!     #[serde(default, with = "dkmio::decimal::option")]
//!     discount: Option<Decimal>,
//! }
//!
//! let cheap = Offers::query("shop_1").sk(|k| k.lt(Decimal::new(999, 2)));
//! let reduced = Offers::by_discount().query("shop_1").sk(|k| k.ge(5));
//! # let _ = (cheap, reduced);
//! ```

use crate::value::{KeyKind, Number};
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

/// Writes a decimal as a number.
///
/// # Errors
///
/// Those of the serializer.
pub fn serialize<S: Serializer>(decimal: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    Number::from(*decimal).serialize(serializer)
}

/// Reads a number as a decimal.
///
/// # Errors
///
/// That the attribute is no number, or one that a `Decimal` cannot hold exactly.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let number = Number::deserialize(deserializer)?;
    Decimal::try_from(&number).map_err(D::Error::custom)
}

/// What a `Decimal` with this adapter is as a key: a number.
#[doc(hidden)]
pub enum DecimalKey {}

impl DecimalKey {
    /// What DynamoDB stores.
    pub const KIND: KeyKind = KeyKind::N;
}

/// The same for an `Option<Decimal>`: `#[serde(default, with = "dkmio::decimal::option")]`.
pub mod option {
    #[doc(hidden)]
    pub use super::DecimalKey;
    use super::*;

    /// Writes a decimal as a number, and `None` as absent.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(
        decimal: &Option<Decimal>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        decimal.map(Number::from).serialize(serializer)
    }

    /// Reads a number as a decimal, and NULL as `None`; so that an absent attribute reads as `None` too, the field
    /// needs `default`.
    ///
    /// # Errors
    ///
    /// That the attribute is no number, or one that a `Decimal` cannot hold exactly.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Decimal>, D::Error> {
        Option::<Number>::deserialize(deserializer)?
            .map(|number| Decimal::try_from(&number).map_err(D::Error::custom))
            .transpose()
    }
}

/// Why a number is no `Decimal`: that has 28 decimal places, and 96 bits for the digits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the number does not fit `Decimal` exactly")]
pub struct DecimalOverflow(());

impl From<Decimal> for Number {
    fn from(decimal: Decimal) -> Self {
        Self::canonical(&decimal.to_string())
    }
}

impl TryFrom<&Number> for Decimal {
    type Error = DecimalOverflow;

    fn try_from(number: &Number) -> Result<Self, DecimalOverflow> {
        Self::from_str_exact(number.as_str()).map_err(|_| DecimalOverflow(()))
    }
}

impl TryFrom<Number> for Decimal {
    type Error = DecimalOverflow;

    fn try_from(number: Number) -> Result<Self, DecimalOverflow> {
        Self::try_from(&number)
    }
}
