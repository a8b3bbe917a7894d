//! What an error holds of a batch get, and how the rest is asked for again.

use super::BatchGet;
use crate::codec;
use crate::error::{Error, Unprocessed, ValidationCause};
use crate::schema::{EncodedKey, Table};
use crate::verb::batch::BatchOptions;
use std::any::{TypeId, type_name};

impl Unprocessed {
    /// Returns the batch get of the keys of this model that were not read, to be sent again as it was: with its
    /// consistency, concurrency and time.
    ///
    /// # Errors
    ///
    /// [`Error::Validation`] when the keys left were to be read with a selection: [`Unprocessed::batch_get_as`] keeps it.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] id: String }
    /// # async fn run(db: DynamoDb, ids: Vec<String>) -> Result<(), Error> {
    /// let orders: Vec<Orders> = match Orders::batch_get(ids).consistent().execute(&db).await {
    ///     Err(Error::Unprocessed(e)) => {
    ///         let rest = e.batch_get::<Orders>()?.execute(&db).await?;
    ///         e.items::<Orders>()?.into_iter().chain(rest.into_iter().flatten()).collect()
    ///     }
    ///     found => found?.into_iter().flatten().collect(),
    /// };
    /// # let _ = orders;
    /// # Ok(())
    /// # }
    /// ```
    pub fn batch_get<M: Table>(&self) -> Result<BatchGet<M>, Error> {
        self.batch_get_as()
    }

    /// Returns the batch get of the keys of this model that were not read, as [`Unprocessed::batch_get`] does, with the
    /// selection that it had: `O` is what that yields, such as `(String, u64)`.
    ///
    /// # Errors
    ///
    /// [`Error::Validation`] when keys left of this model were to be read as something else than `O`, or in two ways that
    /// both yield `O`.
    pub fn batch_get_as<M: Table, O: Send + 'static>(&self) -> Result<BatchGet<M, O>, Error> {
        let mut again: Option<BatchGet<M, O>> = None;
        for part in self.parts(TypeId::of::<M>()) {
            let Some(setup) = part.setup.downcast_ref::<BatchGet<M, O>>() else {
                if part.keys.is_empty() {
                    continue;
                }
                return Err(mismatch::<M>(&format!(
                    "as something else than `{}`; name what its selection yields in `batch_get_as`",
                    type_name::<O>()
                )));
            };
            let keys = part.keys.iter();
            let keys = keys.map(|(_, key)| EncodedKey::of_item(M::KEYS, key));
            match &mut again {
                Some(batch) if !batch.keys.is_empty() => {
                    if !part.keys.is_empty() && !batch.reads_like(setup) {
                        return Err(mismatch::<M>("in two ways; read them by `keys()`"));
                    }
                    batch.keys.extend(M::KEYS, keys, EncodedKey::encode);
                }
                _ => {
                    let mut batch = setup.emptied();
                    batch.keys.extend(M::KEYS, keys, EncodedKey::encode);
                    again = Some(batch);
                }
            }
        }
        let mut again = again.ok_or_else(|| {
            Error::invalid(
                ValidationCause::Options,
                format!(
                    "the batch read nothing of `{}` as `{}`",
                    M::SCHEMA.name(),
                    type_name::<O>()
                ),
            )
        })?;
        if let Some(options) = self.setup().downcast_ref::<BatchOptions>() {
            again.options = *options;
        }
        Ok(again)
    }

    /// Returns the items of this model that were read, in any order.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when an item does not read as the model, as it may not after a `.select(..)`:
    /// [`Unprocessed::items_as`] reads what was selected.
    pub fn items<M: Table>(&self) -> Result<Vec<M>, Error> {
        let parts = self.parts(TypeId::of::<M>());
        let items = parts.flat_map(|part| part.read);
        items
            .map(|(_, item)| codec::from_item(item.clone()))
            .collect()
    }

    /// Returns what was read with a selection of this model that yields `O`, in any order.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when an item does not read as `O`.
    pub fn items_as<M: Table, O: Send + 'static>(&self) -> Result<Vec<O>, Error> {
        let mut items = Vec::new();
        for part in self.parts(TypeId::of::<M>()) {
            let Some(setup) = part.setup.downcast_ref::<BatchGet<M, O>>() else {
                continue;
            };
            for (_, item) in part.read {
                items.extend(setup.decode_item(item.clone())?);
            }
        }
        Ok(items)
    }
}

impl<M: Table, O: Send + 'static> BatchGet<M, O> {
    /// Whether two batch gets that yield the same read it in the same way.
    fn reads_like(&self, other: &Self) -> bool {
        self.decoder.paths() == other.decoder.paths()
            && self.consistent == other.consistent
            && self.exclude_expired == other.exclude_expired
    }
}

fn mismatch<M: Table>(how: &str) -> Error {
    Error::invalid(
        ValidationCause::Options,
        format!(
            "the keys left of `{}` were to be read {how}",
            M::SCHEMA.name()
        ),
    )
}
