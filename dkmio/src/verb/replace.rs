//! `Replace`: puts an item in place of one that was read, also at another key.

use super::Delete;
use super::kind::must_be;
use super::put::Put;
use super::terminals::BoxFuture;
use super::transact_write::{TransactWrite, transact_write};
use crate::attr::{DynAttr, Path};
use crate::codec;
use crate::error::Error;
use crate::executor::DynamoDb;
use crate::expr::{Condition, Term};
use crate::schema::{EncodeKey, EncodedKey, Table};
use crate::value::clock;

/// Puts an item in place of one that was read, which must be as it was read; the key may be another. Made by the model's
/// `replace`.
///
/// At the same key it is a `PutItem`. At another key it is a `TransactWriteItems` of two: the new item is put where there is
/// none, and the old one is deleted. All attributes of the old item are compared, so that an update in between is not lost:
/// the error is [`Error::ConditionFailed`], or [`Error::TransactionCanceled`] if the key differs.
#[must_use = "a replacement does nothing until `.execute(&db)` or `.await`"]
pub struct Replace<M> {
    write: Result<Written<M>, Error>,
}

enum Written<M> {
    Put(Box<Put<M>>),
    Moved(TransactWrite),
}

impl<M: Table> Replace<M> {
    #[doc(hidden)]
    pub fn new<'m>(before: &'m M, after: &'m M, encode: EncodeKey<&'m M>) -> Self {
        Self {
            write: Written::of(before, after, encode),
        }
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// [`Error::ConditionFailed`] if the item has changed, [`Error::TransactionCanceled`] if it has and the key differs, or
    /// if there is an item at the new key, and any other error of these operations.
    pub fn execute(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<(), Error>> + Send + 'static + use<M> {
        self.run(db.clone())
    }

    async fn run(self, db: DynamoDb) -> Result<(), Error> {
        match self.write? {
            Written::Put(put) => put.execute(&db).await,
            Written::Moved(transaction) => transaction.execute(&db).await,
        }
    }
}

impl<M: Table> Written<M> {
    fn of<'m>(before: &'m M, after: &'m M, encode: EncodeKey<&'m M>) -> Result<Self, Error> {
        let now = clock::now();
        let version = before.stamps(now).version;
        let mut stamps = after.stamps(now);
        stamps.version = version;
        let unchanged = match version {
            Some(_) => must_be::<M>(),
            None => unchanged(before)?,
        };
        let old = EncodedKey::new::<M, _>(before, encode).identity();
        let new = EncodedKey::new::<M, _>(after, encode).identity();
        if old.is_some() && old == new {
            let put = Put::stamped(after, stamps).condition(|_| unchanged);
            return Ok(Self::Put(Box::new(put)));
        }
        Ok(Self::Moved(
            transact_write()
                .add(Put::stamped(after, stamps).expecting_any().if_not_exists())
                .label("put")
                .add(
                    Delete::<M>::new(before, encode)
                        .expecting(version)
                        .condition(|_| unchanged),
                )
                .label("delete"),
        ))
    }
}

/// Returns the condition that the item has the attributes of this one, and none of the model's others.
fn unchanged<M: Table>(item: &M) -> Result<Condition, Error> {
    let attributes = codec::to_item(item)?;
    let mut names: Vec<&String> = attributes.keys().collect();
    names.sort();
    let absent = M::SCHEMA.attributes().iter();
    let absent = absent.filter(|name| !attributes.contains_key(**name));
    let own = names.into_iter().filter(|name| !M::KEYS.contains(name));
    let same = own.filter_map(|name| {
        let value = Term::attribute_value(attributes.get(name)?.clone());
        Some(DynAttr::from(Path::root(name.clone())).eq(value))
    });
    let missing = absent.map(|name| DynAttr::from(Path::root(*name)).not_exists());
    Ok(Condition::all(
        [must_be::<M>()].into_iter().chain(same).chain(missing),
    ))
}

/// Sends the request on the [default connection](DynamoDb::set_default).
impl<M: Table> IntoFuture for Replace<M> {
    type Output = Result<(), Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.run(DynamoDb::default_connection()?).await })
    }
}
