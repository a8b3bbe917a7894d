//! The version of an item, for optimistic locking.

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// How often an item has been written: the field of a model that is marked `#[version]`.
///
/// A new item has the version 0, [`Version::NEW`], and the first write stores 1. It is stored as a number (`N`). An item without
/// the attribute, from before the model had a version, reads as 0 and takes part from its next write on.
///
/// A write that is given the item itself checks that the item still has this version, and every write moves it by one. See
/// [versions](crate::guide::versions).
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoDb, DynamoTable, Error, Version};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, DynamoTable)]
/// #[dkmio(table = "orders")]
/// struct Orders {
///     #[pk]
///     id: String,
///     status: String,
///     #[version]
///     version: Version,
/// }
///
/// /// Returns `false` if somebody else changed the order in the meantime.
/// async fn ship(db: &DynamoDb, order: &mut Orders) -> Result<bool, Error> {
///     order.status = "SHIPPED".to_owned();
///     match Orders::save(order).execute(db).await {
///         Ok(()) => Ok(true), // `order.version` is that of the stored item
///         Err(Error::VersionConflict(_)) => Ok(false),
///         Err(e) => Err(e),
///     }
/// }
/// # let _ = ship;
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u64);

impl Version {
    /// The version of an item that has not been written yet.
    pub const NEW: Self = Self(0);

    /// Returns the version of this number.
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// Returns the number.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Returns the version after the next write.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<u64> for Version {
    fn from(number: u64) -> Self {
        Self(number)
    }
}

impl From<Version> for u64 {
    fn from(version: Version) -> Self {
        version.0
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}

impl<'de> Deserialize<'de> for Version {
    // As an option, so that serde reads a missing attribute as 0 without `#[serde(default)]`.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(VersionVisitor)
    }
}

struct VersionVisitor;

impl<'de> Visitor<'de> for VersionVisitor {
    type Value = Version;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a version")
    }

    fn visit_none<E>(self) -> Result<Version, E> {
        Ok(Version::NEW)
    }

    fn visit_unit<E>(self) -> Result<Version, E> {
        Ok(Version::NEW)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Version, D::Error> {
        u64::deserialize(deserializer).map(Version)
    }
}

/// The type of a `#[version]` field: [`Version`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a version",
    label = "expected `dkmio::Version`",
    note = "a version is a number that dkmio moves by one with each write: write `version: Version`"
)]
pub trait VersionAttribute {}
impl VersionAttribute for Version {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::Version;

    #[test]
    fn a_version_is_a_number_to_serde_and_reads_from_nothing() {
        #[derive(serde::Serialize, serde::Deserialize)]
        struct Body {
            version: Version,
        }
        let body = Body {
            version: Version::new(7),
        };
        let json = serde_json::to_string(&body).unwrap();
        assert_eq!(json, r#"{"version":7}"#);
        for (json, version) in [
            (json.as_str(), 7),
            ("{}", 0),
            (r#"{"version":null}"#, 0),
            (r#"{"version":0}"#, 0),
        ] {
            let body: Body = serde_json::from_str(json).unwrap();
            assert_eq!(body.version.get(), version, "{json}");
        }
        assert!(serde_json::from_str::<Body>(r#"{"version":-1}"#).is_err());
        assert_eq!(Version::new(u64::MAX).next(), Version::new(u64::MAX));
    }
}
