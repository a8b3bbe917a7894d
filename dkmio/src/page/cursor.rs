//! `Cursor`: where a query or scan goes on.

pub(crate) mod owner;
mod token;

use crate::error::{Error, InvalidCursor};
use crate::value::Item;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The start of the next page of a query or scan, or of the page before.
///
/// Made by [`Page::next`](crate::Page::next) and [`Page::prev`](crate::Page::prev), taken by `.start_from(..)`. It prints as
/// an opaque URL-safe token, and is parsed from one; serde writes and reads it as that string. It belongs to the table, index
/// and partition that it was made for, and other queries refuse it. It has the keys of one item, encoded but not encrypted.
///
/// An empty string is [`Cursor::start`], so that a service can pass on the parameter of its own request.
///
/// It can be the key of a map. Cursors are compared by their tokens, which is not the order of their items.
///
/// # Errors
///
/// Parsing a token that is damaged, or was not made by dkmio, is [`Error::InvalidCursor`]; so is using a cursor with
/// another table, index or partition, in a query whose sort key condition its key does not fulfil, or with a key that
/// DynamoDB would not take.
///
/// # Examples
///
/// ```
/// use dkmio::{Cursor, Error};
///
/// assert!(matches!("no-token".parse::<Cursor>(), Err(Error::InvalidCursor(_))));
/// assert_eq!("".parse::<Cursor>()?, Cursor::start());
/// # Ok::<(), Error>(())
/// ```
///
/// In a request and a response of a web service:
///
/// ```
/// use dkmio::{Cursor, DynamoDb, DynamoTable, Error};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, DynamoTable)]
/// #[dkmio(table = "orders")]
/// struct Orders { #[pk] user_id: String, #[sk] order_id: String }
///
/// #[derive(Deserialize)]
/// struct Params {
///     #[serde(default)]
///     cursor: Cursor, // absent or empty: from the start
/// }
///
/// #[derive(Serialize)]
/// struct Body {
///     orders: Vec<Orders>,
///     prev: Option<Cursor>,
///     next: Option<Cursor>,
/// }
///
/// async fn list(db: &DynamoDb, params: Params) -> Result<Body, Error> {
///     let page = Orders::query("usr_123").limit(20).start_from(params.cursor).execute(db).await?;
///     let (prev, next) = (page.prev().cloned(), page.next().cloned());
///     Ok(Body { orders: page.into_items(), prev, next })
/// }
/// # let _ = list;
/// ```
#[derive(Clone, Default)]
pub struct Cursor(Position);

#[derive(Clone, Default)]
enum Position {
    /// The start of any query or scan.
    #[default]
    Start,
    Of(OwnedPosition),
}

/// A position in one query or scan. `CursorOwner` makes it and takes it back; `token` writes and parses it.
#[derive(Clone)]
struct OwnedPosition {
    /// The hash of the query or scan.
    owner: u64,
    /// `true` reads against the order of the query.
    back: bool,
    /// The keys of the item after which the reading begins. `None` begins at the first item in the direction of `back`.
    key: Option<Item>,
}

impl Cursor {
    /// Returns the cursor that starts at the first item of any query or scan. Its token is empty.
    ///
    /// # Examples
    ///
    /// ```
    /// use dkmio::Cursor;
    ///
    /// assert!(Cursor::start().is_start());
    /// assert_eq!(Cursor::start().to_string(), "");
    /// ```
    pub fn start() -> Self {
        Self::default()
    }

    /// Returns `true` for a cursor that was made by [`Cursor::start`], or from an empty string.
    pub fn is_start(&self) -> bool {
        matches!(self.0, Position::Start)
    }

    /// `true` if a query that starts from this cursor reads against its order.
    pub(crate) fn goes_back(&self) -> bool {
        matches!(&self.0, Position::Of(position) if position.back)
    }
}

/// What `.start_from(..)` takes: a [`Cursor`], a reference to one, or an option of either.
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
    Cursor: cursor => Some(cursor).filter(|cursor| !cursor.is_start());
    &Cursor: cursor => cursor.clone().into_cursor();
    Option<Cursor>: cursor => cursor?.into_cursor();
    Option<&Cursor>: cursor => cursor?.into_cursor();
}

impl PartialEq for Cursor {
    fn eq(&self, other: &Self) -> bool {
        self.content() == other.content()
    }
}

impl Eq for Cursor {}

impl Hash for Cursor {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.content().hash(state);
    }
}

impl PartialOrd for Cursor {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cursor {
    fn cmp(&self, other: &Self) -> Ordering {
        self.content().cmp(&other.content())
    }
}

/// Without the key.
impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cursor").finish_non_exhaustive()
    }
}

fn invalid(message: &str) -> Error {
    Error::InvalidCursor(InvalidCursor::new(message))
}
