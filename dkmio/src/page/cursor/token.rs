//! The tokens of cursors: printing and parsing them, with and without a signature.

use super::{Cursor, OwnedPosition, Position, invalid};
use crate::error::{Configuration, Error};
use crate::schema::fnv1a;
use crate::value::{AttributeValue, Item};
use aws_sdk_dynamodb::primitives::Blob;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::Sha256;
use std::fmt;
use std::str::FromStr;

/// The version of a token that reads on after an item: version, owner, key attributes, checksum.
const ONWARD: u8 = 1;
/// The version of any other token: version, owner, direction, key attributes if there are any, checksum.
const DIRECTED: u8 = 2;

const FORTH: u8 = b'F';
const BACK: u8 = b'B';

/// The longest token, in characters: eight index keys and two table keys at their limits fit.
const MAX_TOKEN: usize = 32 * 1024;

impl Cursor {
    /// Returns a token with a signature (HMAC-SHA-256); [`Cursor::verify`] reads it.
    ///
    /// A token without a signature is checked for damage, for the table, index and partition, and for a key that DynamoDB takes.
    /// Somebody who knows its format can still make one for another item of the same partition: sign tokens if that matters.
    /// The token of [`Cursor::start`] is empty with a signature too, because everybody may start at the first item.
    ///
    /// # Errors
    ///
    /// [`Error::Configuration`] if the signing key is empty, because everybody could sign with it.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{Cursor, DynamoDb, DynamoTable, Error};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] user_id: String, #[sk] order_id: String }
    /// # async fn run(db: DynamoDb, secret: &[u8]) -> Result<(), Error> {
    /// let page = Orders::query("usr_123").limit(20).execute(&db).await?;
    /// if let Some(next) = page.next() {
    ///     let token = next.sign(secret)?;
    ///     let page = Orders::query("usr_123").limit(20).start_from(Cursor::verify(&token, secret)?).execute(&db).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn sign(&self, key: &[u8]) -> Result<String, Error> {
        let mac = mac(key)?;
        if self.is_start() {
            return Ok(String::new());
        }
        let token = self.to_string();
        let signature = mac.chain_update(token.as_bytes()).finalize().into_bytes();
        Ok(format!("{token}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// Reads a token that [`Cursor::sign`] made with the same key; the empty one is [`Cursor::start`].
    ///
    /// # Errors
    ///
    /// - [`Error::InvalidCursor`] when the token is not signed, not with this key, or damaged.
    /// - [`Error::Configuration`] when the signing key is empty.
    pub fn verify(token: &str, key: &[u8]) -> Result<Self, Error> {
        let mac = mac(key)?;
        if token.is_empty() {
            return Ok(Self::start());
        }
        let unsigned =
            || invalid("the cursor is not signed with this key; start again without one");
        let (token, signature) = token.rsplit_once('.').ok_or_else(unsigned)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| unsigned())?;
        mac.chain_update(token.as_bytes())
            .verify_slice(&signature)
            .map_err(|_| unsigned())?;
        token.parse()
    }

    /// Returns the bytes of the token without the checksum; empty for the start.
    pub(super) fn content(&self) -> Vec<u8> {
        let Position::Of(position) = &self.0 else {
            return Vec::new();
        };
        let mut bytes = Vec::with_capacity(64);
        match (position.back, &position.key) {
            (false, Some(_)) => {
                bytes.push(ONWARD);
                bytes.extend_from_slice(&position.owner.to_be_bytes());
            }
            (back, _) => {
                bytes.push(DIRECTED);
                bytes.extend_from_slice(&position.owner.to_be_bytes());
                bytes.push(if back { BACK } else { FORTH });
            }
        }
        let key = position.key.iter().flatten();
        let mut attributes: Vec<(&String, &AttributeValue)> = key.collect();
        attributes.sort_by_key(|(name, _)| *name);
        for (name, value) in attributes {
            write_bytes(&mut bytes, name.as_bytes());
            write_value(&mut bytes, value);
        }
        bytes
    }
}

fn mac(key: &[u8]) -> Result<Hmac<Sha256>, Error> {
    let refused = |what: &str| {
        Error::Configuration(Configuration::new(format!(
            "the key that cursors are signed with {what}; give a secret of 32 random bytes"
        )))
    };
    if key.is_empty() {
        return Err(refused("is empty"));
    }
    Hmac::new_from_slice(key).map_err(|_| refused("cannot be used"))
}

pub(super) fn write_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    // Names and keys are far shorter than `u32::MAX`.
    out.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
    out.extend_from_slice(bytes);
}

pub(super) fn write_value(out: &mut Vec<u8>, value: &AttributeValue) {
    match value {
        AttributeValue::S(text) => {
            out.push(b'S');
            write_bytes(out, text.as_bytes());
        }
        AttributeValue::N(text) => {
            out.push(b'N');
            write_bytes(out, text.as_bytes());
        }
        AttributeValue::B(blob) => {
            out.push(b'B');
            write_bytes(out, blob.as_ref());
        }
        // No engine sends a key of another type. Parsing refuses a token with one.
        _ => out.push(b'?'),
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_start() {
            return Ok(());
        }
        let mut bytes = self.content();
        let checksum = fnv1a(&bytes).to_be_bytes();
        bytes.extend_from_slice(&checksum);
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(token: &str) -> Result<Self, Error> {
        if token.is_empty() {
            return Ok(Self::start());
        }
        let damaged = || invalid("the cursor is damaged, or is not one; start again without one");
        if token.len() > MAX_TOKEN {
            return Err(damaged());
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| damaged())?;
        let (content, checksum) = bytes.split_last_chunk::<8>().ok_or_else(damaged)?;
        if fnv1a(content) != u64::from_be_bytes(*checksum) {
            return Err(damaged());
        }
        let mut reader = TokenReader(content);
        let position = match reader.byte() {
            Some(ONWARD) => reader.onward(),
            Some(DIRECTED) => reader.directed(),
            _ => {
                return Err(invalid(
                    "the cursor is of another version of dkmio; start again without one",
                ));
            }
        };
        position
            .map(|position| Self(Position::Of(position)))
            .ok_or_else(damaged)
    }
}

/// Reads a token's bytes. Each read returns `None` if there are too few bytes.
struct TokenReader<'a>(&'a [u8]);

impl<'a> TokenReader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let (len, rest) = self.0.split_first_chunk::<4>()?;
        let (bytes, rest) = rest.split_at_checked(u32::from_be_bytes(*len) as usize)?;
        self.0 = rest;
        Some(bytes)
    }

    fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?.to_vec()).ok()
    }

    fn owner(&mut self) -> Option<u64> {
        let (owner, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        Some(u64::from_be_bytes(*owner))
    }

    /// Reads the key attributes up to the end; `None` if a name comes twice, because the token is damaged.
    fn key(&mut self) -> Option<Item> {
        let mut key = Item::new();
        while !self.0.is_empty() {
            let name = self.text()?;
            let value = match self.byte()? {
                b'S' => AttributeValue::S(self.text()?),
                b'N' => AttributeValue::N(self.text()?),
                b'B' => AttributeValue::B(Blob::new(self.bytes()?)),
                _ => return None,
            };
            if key.insert(name, value).is_some() {
                return None;
            }
        }
        Some(key)
    }

    fn onward(mut self) -> Option<OwnedPosition> {
        let owner = self.owner()?;
        let key = self.key().filter(|key| !key.is_empty())?;
        Some(OwnedPosition {
            owner,
            back: false,
            key: Some(key),
        })
    }

    fn directed(mut self) -> Option<OwnedPosition> {
        let owner = self.owner()?;
        let back = match self.byte()? {
            BACK => true,
            FORTH => false,
            _ => return None,
        };
        let key = self.key()?;
        Some(OwnedPosition {
            owner,
            back,
            key: (!key.is_empty()).then_some(key),
        })
    }
}

/// As the token.
impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// From the token; an empty one is the start.
impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TokenVisitor)
    }
}

struct TokenVisitor;

impl de::Visitor<'_> for TokenVisitor {
    type Value = Cursor;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token of a cursor")
    }

    fn visit_str<E: de::Error>(self, token: &str) -> Result<Cursor, E> {
        token.parse().map_err(E::custom)
    }
}
