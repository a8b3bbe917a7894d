//! `Page`: the items of one page, and its cursors.

use super::cursor::Cursor;
use crate::error::DecodeError;
use crate::executor::ConsumedCapacity;
use std::ops::Index;

/// The items of one page of a query or scan, and the cursors of the pages after and before it.
///
/// Without `.limit(n)` a page is the answer to one request: DynamoDB reads up to 1 MB of items, or `.page_size(n)` items, and
/// then applies the filter. A page can be empty and still have a [`next`](Page::next) page.
///
/// Its `Debug` prints the items by the `Debug` of their type, as that of a `Vec` does. dkmio itself prints no items.
///
/// # Examples
///
/// ```no_run
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] user_id: String, #[sk] order_id: String }
/// # async fn run(db: DynamoDb, token: Option<String>) -> Result<(), Error> {
/// let start = token.map(|t| t.parse::<dkmio::Cursor>()).transpose()?; // `None` begins at the start
/// let page = Orders::query("usr_123").limit(20).start_from(start).execute(&db).await?;
/// for order in &page {
///     println!("{order:?}");
/// }
/// let token = page.next().map(|cursor| cursor.to_string());
/// # let _ = token;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) count: usize,
    pub(crate) scanned_count: usize,
    pub(crate) next: Option<Cursor>,
    pub(crate) prev: Option<Cursor>,
    pub(crate) consumed_capacity: Option<ConsumedCapacity>,
}

impl<T> Page<T> {
    /// Returns the items.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// Returns the items as a vector.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// Returns the items, the cursor of the next page and the cursor of the page before, all owned; see
    /// [`next`](Page::next) and [`prev`](Page::prev).
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{Cursor, DynamoDb, DynamoTable, Error};
    /// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] user_id: String, #[sk] order_id: String }
    /// # async fn run(db: DynamoDb) -> Result<(Vec<Orders>, Option<Cursor>), Error> {
    /// let (orders, next, _prev) = Orders::query("usr_123").limit(20).execute(&db).await?.into_parts();
    /// # Ok((orders, next))
    /// # }
    /// ```
    pub fn into_parts(self) -> (Vec<T>, Option<Cursor>, Option<Cursor>) {
        (self.items, self.next, self.prev)
    }

    /// Returns the number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns `true` if the page has no item; it may still have a next page.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Iterates over the items.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// Returns the number of items that DynamoDB returned (`Count`), after the filter.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Returns the number of items that DynamoDB read and billed (`ScannedCount`), before the filter.
    pub fn scanned_count(&self) -> usize {
        self.scanned_count
    }

    /// Returns the cursor of the next page; `None` on the last page.
    pub fn next(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }

    /// Returns the cursor of the page before this one: the same query with `.start_from` this cursor reads the items before the
    /// first item of this page, and hands them out in the order of the query.
    ///
    /// It is `None` on the first page of a query that started without a cursor, and on the first page that a page before can
    /// reach, because nothing is before them. It is also `None` on pages of a scan, because DynamoDB reads a scan in one
    /// direction only. A page before can be empty, as a next page can. It has both cursors too, so that a user can go back and
    /// forth. A `.limit(n)` or `.page_size(n)` counts backwards from the cursor: the page before has the n nearest items.
    ///
    /// With `.select(..)`, a query that starts from a cursor reads the keys too, because this cursor needs them.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] user_id: String, #[sk] number: u32 }
    /// # #[cfg(feature = "embedded")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let db = DynamoDb::embedded();
    /// # db.create_table::<Orders>().await?;
    /// # for number in 1..=5 {
    /// #     Orders::put(&Orders { user_id: "usr_1".into(), number }).execute(&db).await?;
    /// # }
    /// let query = || Orders::query("usr_1").limit(2);
    /// let first = query().execute(&db).await?;
    /// let second = query().start_from(first.next()).execute(&db).await?;
    /// let before = query().start_from(second.prev()).execute(&db).await?;
    /// assert_eq!(before.items(), first.items());
    /// assert!(first.prev().is_none());
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "embedded"))]
    /// # fn main() {}
    /// ```
    pub fn prev(&self) -> Option<&Cursor> {
        self.prev.as_ref()
    }

    /// Returns the capacity that the page used, if `.return_consumed_capacity()` asks for it, or the connection does for all
    /// requests.
    pub fn consumed_capacity(&self) -> Option<&ConsumedCapacity> {
        self.consumed_capacity.as_ref()
    }

    /// Makes a page without items.
    pub(crate) fn empty(next: Option<Cursor>) -> Self {
        Self {
            items: Vec::new(),
            count: 0,
            scanned_count: 0,
            next,
            prev: None,
            consumed_capacity: None,
        }
    }

    /// Reverses a page that was read against the order of the query.
    pub(crate) fn in_order(mut self, back: bool) -> Self {
        if back {
            self.items.reverse();
            std::mem::swap(&mut self.next, &mut self.prev);
        }
        self
    }

    /// Appends the page that was read after this one.
    pub(crate) fn extend(&mut self, page: Self) {
        // As long as no item was handed out, the cursor against the reading is that of the later page. A read from the start
        // has none.
        if self.items.is_empty() && self.prev.is_some() {
            self.prev = page.prev;
        }
        self.items.extend(page.items);
        self.count += page.count;
        self.scanned_count += page.scanned_count;
        self.next = page.next;
        match (&mut self.consumed_capacity, page.consumed_capacity) {
            (Some(sum), Some(more)) => sum.add(&more),
            (sum @ None, more) => *sum = more,
            (Some(_), None) => {}
        }
    }
}

/// A page of a read with `.each()`.
impl<T> Page<Result<T, DecodeError>> {
    /// Splits the page into the items that read as their type and the errors of the others, both in their order.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, total: u64 }
    /// # async fn run(db: DynamoDb) -> Result<(), Error> {
    /// let (orders, unreadable) = Orders::query("usr_1").each().execute(&db).await?.split();
    /// for error in &unreadable {
    ///     eprintln!("{error}"); // `error.key()` has the item's key, `error.path()` the attribute
    /// }
    /// # let _: Vec<Orders> = orders;
    /// # Ok(())
    /// # }
    /// ```
    pub fn split(self) -> (Vec<T>, Vec<DecodeError>) {
        let (mut items, mut errors) = (Vec::with_capacity(self.items.len()), Vec::new());
        for item in self.items {
            match item {
                Ok(item) => items.push(item),
                Err(error) => errors.push(error),
            }
        }
        (items, errors)
    }
}

impl<T> Index<usize> for Page<T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        &self.items[index]
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
