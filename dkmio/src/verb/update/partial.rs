//! `Partial`: the updated attributes that an update returns.

use crate::error::Error;
use crate::expr::{Decoder, Selection};
use crate::schema::{Check, Table};
use crate::value::Item;
use crate::verb::attrs::Attrs;
use std::fmt;
use std::marker::PhantomData;

/// The attributes of an item that `UPDATED_OLD` and `UPDATED_NEW` return, read by the model's accessors.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "pages")]
/// # struct Pages { #[pk] url: String, visits: u64 }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let updated = Pages::update("/home").add(|p| p.visits(), 1).return_updated_new().execute(&db).await?;
/// let visits: u64 = updated.get(|p| p.visits())?;
/// # Ok(())
/// # }
/// ```
pub struct Partial<M> {
    item: Item,
    model: PhantomData<fn() -> M>,
}

impl<M: Table> Partial<M> {
    pub(super) fn decoder() -> Decoder<Self> {
        Decoder::of_values(Vec::new(), |_, item| {
            Ok(Self {
                item,
                model: PhantomData,
            })
        })
    }

    /// Reads attributes: one, or a tuple of them.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] for an attribute that is absent and not optional, or that has another type.
    pub fn get<Sel: Selection>(
        &self,
        attributes: impl FnOnce(&Attrs<M, Check<M>>) -> Sel,
    ) -> Result<Sel::Output, Error> {
        Decoder::of_selection(&attributes(&Default::default()))
            .decode(self.item.clone())
            .map_err(|e| e.into_decode(Some(M::SCHEMA.name()), None))
    }
}

impl<M> Partial<M> {
    /// Returns the attributes without the model.
    pub fn raw(&self) -> &Item {
        &self.item
    }
}

/// The names of its attributes, without their values.
impl<M> fmt::Debug for Partial<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names: Vec<&String> = self.item.keys().collect();
        names.sort();
        f.debug_tuple("Partial").field(&names).finish()
    }
}
