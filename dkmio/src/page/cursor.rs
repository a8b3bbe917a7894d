use crate::error::{Error, InvalidCursor};
use crate::schema::{KeyElement, Source, Table, fnv1a};
use crate::value::{AttributeValue, Item, KeyKind};
use aws_sdk_dynamodb::primitives::Blob;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::str::FromStr;

/// The version of the token's layout: version, owner, key attributes, checksum.
const VERSION: u8 = 1;
/// The longest token, in characters: eight index keys and two table keys at their limits fit.
const MAX_TOKEN: usize = 32 * 1024;

/// Where a query or scan goes on.
///
/// Prints as an opaque URL-safe token, and is parsed back from one. It belongs to the table, index and partition that it
/// was made for; elsewhere it is refused. It holds the keys of one item, encoded but not encrypted.
///
/// # Errors
///
/// Parsing a token that is damaged, or was not made by dkmio, is [`Error::InvalidCursor`]; so is using a cursor with
/// another table, index or partition, or in a query whose sort key condition its key does not fulfil.
///
/// # Examples
///
/// ```
/// use dkmio::{Cursor, Error};
///
/// assert!(matches!("no-token".parse::<Cursor>(), Err(Error::InvalidCursor(_))));
/// ```
#[derive(Clone, PartialEq)]
pub struct Cursor {
    owner: u64,
    key: Item,
}

impl Cursor {
    /// Returns a token with a signature (HMAC-SHA-256), which only who has the key can make: [`Cursor::verify`] reads it.
    ///
    /// A plain token is checked for damage, and for the table, index and partition that it is used with; who knows how it
    /// is made can make one for another place in the same partition. Sign where that matters.
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
    ///     let token = next.sign(secret);
    ///     let page = Orders::query("usr_123").limit(20).start_from(Cursor::verify(&token, secret)?).execute(&db).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn sign(&self, key: &[u8]) -> String {
        let token = self.to_string();
        let signature = URL_SAFE_NO_PAD.encode(mac(key, &token).finalize().into_bytes());
        format!("{token}.{signature}")
    }

    /// Reads a token that [`Cursor::sign`] made with the same key.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidCursor`] when the token is not signed, not with this key, or damaged.
    pub fn verify(token: &str, key: &[u8]) -> Result<Self, Error> {
        let unsigned =
            || invalid("the cursor is not signed with this key; start again without one");
        let (token, signature) = token.rsplit_once('.').ok_or_else(unsigned)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| unsigned())?;
        mac(key, token)
            .verify_slice(&signature)
            .map_err(|_| unsigned())?;
        token.parse()
    }
}

fn mac(key: &[u8], token: &str) -> Hmac<Sha256> {
    // A key of any length is one to HMAC; the empty one stands for what cannot be.
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default()));
    mac.update(token.as_bytes());
    mac
}

/// Where a query or scan is told to begin: a [`Cursor`], a reference to one, or an option of either.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a cursor",
    label = "expected a `Cursor`, or an `Option` of one",
    note = "parse a token first: `token.parse::<dkmio::Cursor>()?`"
)]
pub trait CursorSource {
    #[doc(hidden)]
    fn into_cursor(self) -> Option<Cursor>;
}

macro_rules! sources {
    ($($ty:ty: $cursor:ident => $into:expr;)*) => { $(
        impl CursorSource for $ty {
            fn into_cursor(self) -> Option<Cursor> {
                let $cursor = self;
                $into
            }
        }
    )* };
}
sources! {
    Cursor: cursor => Some(cursor);
    &Cursor: cursor => Some(cursor.clone());
    Option<Cursor>: cursor => cursor;
    Option<&Cursor>: cursor => cursor.cloned();
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cursor").finish_non_exhaustive()
    }
}

/// The query or scan that a cursor belongs to.
#[derive(Clone)]
pub(crate) struct CursorOwner {
    hash: u64,
    /// The key attributes of the table and the index.
    keys: Vec<&'static KeyElement>,
}

impl CursorOwner {
    /// Names the owner: a source, and for a query the values of its partition key.
    pub(crate) fn new<S: Source>(partition: Option<&[AttributeValue]>) -> Self {
        let mut bytes = Vec::with_capacity(64);
        write_bytes(&mut bytes, S::Table::SCHEMA.name().as_bytes());
        write_bytes(&mut bytes, S::INDEX.map_or("", |i| i.name()).as_bytes());
        bytes.push(u8::from(partition.is_some()));
        for value in partition.unwrap_or_default() {
            write_value(&mut bytes, value);
        }
        let mut keys: Vec<&KeyElement> = Vec::new();
        for element in S::Table::KEYS.iter().chain(S::KEYS.iter()) {
            if !keys.iter().any(|k| k.name() == element.name()) {
                keys.push(element);
            }
        }
        keys.sort_by_key(|k| k.name());
        Self {
            hash: fnv1a(&bytes),
            keys,
        }
    }

    pub(crate) fn key_names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.keys.iter().map(|k| k.name())
    }

    /// Makes the cursor that goes on after the key, as DynamoDB sent it.
    pub(crate) fn cursor(&self, key: Item) -> Cursor {
        Cursor {
            owner: self.hash,
            key,
        }
    }

    /// Makes the cursor that goes on after an item; `None` if the item lacks a key attribute.
    pub(crate) fn cursor_after(&self, item: &Item) -> Option<Cursor> {
        let key = self
            .key_names()
            .map(|name| Some((name.to_owned(), item.get(name)?.clone())))
            .collect::<Option<Item>>()?;
        Some(self.cursor(key))
    }

    /// Returns the start key of a cursor that belongs to this owner.
    pub(crate) fn start_key(&self, cursor: Cursor) -> Result<Item, Error> {
        self.check(&cursor)?;
        Ok(cursor.key)
    }

    /// Checks that a cursor belongs to this owner.
    pub(crate) fn check(&self, cursor: &Cursor) -> Result<(), Error> {
        if cursor.owner != self.hash {
            return Err(invalid(
                "the cursor belongs to another table, index or partition; start again without one",
            ));
        }
        let fits = cursor.key.len() == self.keys.len()
            && self.keys.iter().all(|element| {
                matches!(
                    (element.kind(), cursor.key.get(element.name())),
                    (KeyKind::S, Some(AttributeValue::S(_)))
                        | (KeyKind::N, Some(AttributeValue::N(_)))
                        | (KeyKind::B, Some(AttributeValue::B(_)))
                )
            });
        if !fits {
            return Err(invalid(
                "the cursor does not have the keys of this table or index, which may have changed; start again without one",
            ));
        }
        Ok(())
    }
}

fn invalid(message: &str) -> Error {
    Error::InvalidCursor(InvalidCursor::new(message))
}

fn write_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    // Names and keys are far shorter than this length can say.
    out.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
    out.extend_from_slice(bytes);
}

fn write_value(out: &mut Vec<u8>, value: &AttributeValue) {
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
        // Not a key; no engine sends such, and reading the token back refuses it.
        _ => out.push(b'?'),
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&self.owner.to_be_bytes());
        let mut names: Vec<&String> = self.key.keys().collect();
        names.sort();
        for name in names {
            write_bytes(&mut bytes, name.as_bytes());
            write_value(&mut bytes, &self.key[name]);
        }
        let checksum = fnv1a(&bytes).to_be_bytes();
        bytes.extend_from_slice(&checksum);
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(token: &str) -> Result<Self, Error> {
        let damaged = || invalid("the cursor is damaged, or is not one; start again without one");
        if token.len() > MAX_TOKEN {
            return Err(damaged());
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| damaged())?;
        let (content, checksum) = bytes.split_last_chunk::<8>().ok_or_else(damaged)?;
        if fnv1a(content) != u64::from_be_bytes(*checksum) {
            return Err(damaged());
        }
        let mut reader = Reader(content);
        if reader.byte() != Some(VERSION) {
            return Err(invalid(
                "the cursor is of another version of dkmio; start again without one",
            ));
        }
        reader.cursor().ok_or_else(damaged)
    }
}

/// Reads a token's bytes; every read may find that there are too few.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
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

    fn cursor(&mut self) -> Option<Cursor> {
        let (owner, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        let mut key = Item::new();
        while !self.0.is_empty() {
            let name = self.text()?;
            let value = match self.byte()? {
                b'S' => AttributeValue::S(self.text()?),
                b'N' => AttributeValue::N(self.text()?),
                b'B' => AttributeValue::B(Blob::new(self.bytes()?)),
                _ => return None,
            };
            key.insert(name, value);
        }
        Some(Cursor {
            owner: u64::from_be_bytes(*owner),
            key,
        })
    }
}
