//! `Each`: reads that hand out the errors of single items and go on.

mod batch_get;
mod get;
mod query;
mod scan;

/// A read that hands out each item as `Result<T, DecodeError>`, so that an item that does not read as its type does not end
/// the read.
///
/// Made by `.each()` of a query, a scan, a scan in segments, a get and a batch get. Such an item may come from another program,
/// or from an update of a key that had no item. Without `.each()` the first such item ends the read with
/// [`Error::Decode`](crate::Error::Decode). With it the read goes on: unreadable items keep their positions, count for a
/// `.limit(n)`, and have cursors like others. [`DecodeError`](crate::error::DecodeError) names the item's
/// [`key`](crate::error::DecodeError::key) and the attribute's [`path`](crate::error::DecodeError::path); dkmio reads the key
/// even if it is not selected. Errors that are not of one item, such as a lost connection, end the read.
///
/// Use it for exports, backfills and migrations, and for pages of which one item must not hide the others.
///
/// It has the options of the read, which may come before it or after it.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error, attr};
/// #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// #[dkmio(table = "orders")]
/// struct Orders { #[pk] user_id: String, #[sk] order_id: String, total: u64 }
///
/// # #[cfg(feature = "embedded")]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let db = DynamoDb::embedded();
/// # db.create_table::<Orders>().await?;
/// # for n in 1..=3 {
/// #     let order = Orders { user_id: "usr_1".into(), order_id: format!("ord_{n}"), total: n };
/// #     Orders::put(&order).execute(&db).await?;
/// # }
/// # Orders::update(("usr_1", "ord_2")).set(|_| attr("total"), "much").execute(&db).await?;
/// let mut orders = Orders::scan().each().stream(&db);
/// let (mut sum, mut unreadable) = (0, Vec::new());
/// while let Some(order) = orders.next().await {
///     match order? {
///         Ok(order) => sum += order.total,
///         Err(error) => unreadable.push(error),
///     }
/// }
/// assert_eq!((sum, unreadable.len()), (4, 1));
/// assert_eq!(unreadable[0].path(), "total");
/// assert_eq!(unreadable[0].key().unwrap()["order_id"].as_s().unwrap(), "ord_2");
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "embedded"))]
/// # fn main() {}
/// ```
#[must_use = "a read does nothing until it is executed, streamed or awaited"]
#[derive(Clone)]
pub struct Each<B>(pub(super) B);

impl<B> std::fmt::Debug for Each<B> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Each").finish_non_exhaustive()
    }
}

/// Gives `Each` options of the read inside it.
macro_rules! forward {
    ($builder:ident: $($name:ident($($arg:ident: $ty:ty),*) $(where [$($bounds:tt)*])?;)*) => { $(
        #[doc = concat!("Does what [`", stringify!($builder), "::", stringify!($name), "`](crate::", stringify!($builder), "::", stringify!($name), ") does.")]
        pub fn $name(self, $($arg: $ty),*) -> Self $(where $($bounds)*)? {
            Self(self.0.$name($($arg),*))
        }
    )* };
}
use forward;

/// Gives `Each` the `explain` and the `into_input` of the read inside it.
macro_rules! forward_request {
    ($builder:ident => $input:ty) => {
        /// Returns the request as it would be sent; for a query or scan, that of the first page.
        ///
        /// # Errors
        ///
        #[doc = concat!("As [`", stringify!($builder), "::explain`](crate::", stringify!($builder), "::explain).")]
        pub fn explain(&self) -> Result<Explain, Error> {
            self.0.explain()
        }

        /// Returns the SDK's input; for a query or scan, that of the first page.
        ///
        /// # Errors
        ///
        #[doc = concat!("As [`", stringify!($builder), "::into_input`](crate::", stringify!($builder), "::into_input).")]
        pub fn into_input(self) -> Result<$input, Error> {
            self.0.into_input()
        }
    };
}
use forward_request;
