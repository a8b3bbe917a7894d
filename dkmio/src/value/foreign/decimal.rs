//! `rust_decimal::Decimal` as an exact number of DynamoDB.
//!
//! By itself a `Decimal` is a string to serde, which neither sorts nor adds as a number does. With
//! `#[serde(with = "dkmio::decimal")]` the field is an N of the same value; trailing zeros are not kept, as DynamoDB
//! does not keep them. An `Option<Decimal>` takes it too, with `default`, and as `dkmio::decimal::option`.
//!
//! It reads floats and text too: a model with it can be the body of a request, with `7.5` or `"7.5"`.
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

/// A field that [`dkmio::decimal`](self) writes and reads: a `Decimal` or an `Option<Decimal>`.
#[diagnostic::on_unimplemented(
    message = "`dkmio::decimal` does not write a `{Self}`",
    label = "expected `rust_decimal::Decimal` or `Option<Decimal>`"
)]
pub trait DecimalField: Sized {
    #[doc(hidden)]
    fn number(&self) -> Option<Number>;
    #[doc(hidden)]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

impl DecimalField for Decimal {
    fn number(&self) -> Option<Number> {
        Some(Number::from(*self))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize_lenient(deserializer)?;
        Self::try_from(&number).map_err(D::Error::custom)
    }
}

impl DecimalField for Option<Decimal> {
    fn number(&self) -> Option<Number> {
        self.map(Number::from)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// A number that may be a string.
        struct Lenient(Number);

        impl<'de> Deserialize<'de> for Lenient {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Number::deserialize_lenient(deserializer).map(Self)
            }
        }

        Option::<Lenient>::deserialize(deserializer)?
            .map(|Lenient(number)| Decimal::try_from(&number).map_err(D::Error::custom))
            .transpose()
    }
}

/// Writes a decimal as a number, and `None` as absent.
///
/// # Errors
///
/// Those of the serializer.
pub fn serialize<T: DecimalField, S: Serializer>(
    decimal: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match decimal.number() {
        Some(number) => number.serialize(serializer),
        None => serializer.serialize_none(),
    }
}

/// Reads a number as a decimal, also a number as text, such as `"7.5"` in JSON or in an item that `serde_dynamo` wrote.
///
/// For an `Option<Decimal>` NULL is `None`; so that an absent attribute is too, the field needs `default`.
///
/// # Errors
///
/// That the attribute is no number, or one that a `Decimal` cannot hold exactly.
pub fn deserialize<'de, T: DecimalField, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// What a `Decimal` with this adapter is as a key: a number.
#[doc(hidden)]
pub enum DecimalKey {}

impl DecimalKey {
    /// What DynamoDB stores.
    pub const KIND: KeyKind = KeyKind::N;
}

/// Writes and reads an `Option<Decimal>`: `#[serde(default, with = "dkmio::decimal::option")]`.
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
        super::serialize(decimal, serializer)
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
        super::deserialize(deserializer)
    }
}

/// A number that no `Decimal` holds exactly: a `Decimal` has 28 decimal places, and 96 bits for the digits.
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
