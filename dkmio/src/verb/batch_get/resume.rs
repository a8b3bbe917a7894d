//! What an error has of a batch get: the items that were read, and the batch get of the keys left.

use super::builder::BatchGet;
use super::key_list::Keys;
use crate::error::{DecodeError, Error, Unprocessed, ValidationCause};
use crate::page::{GoOn, OnUnreadable, Stop};
use crate::schema::{EncodedKey, Table};
use crate::verb::batch::BatchOptions;
use crate::verb::read_model::read_model;
use std::any::{TypeId, type_name};

impl Unprocessed {
    /// Returns the batch get of the keys of this model that were not read, with the consistency, the concurrency and the retry
    /// budget of the batch.
    ///
    /// # Errors
    ///
    /// [`Error::Validation`] if the batch get of the keys left has a selection: [`Unprocessed::batch_get_as`] keeps it.
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

    /// Returns the batch get of the keys of this model that were not read, as [`Unprocessed::batch_get`] does, with its selection:
    /// `O` is what the selection yields, such as `(String, u64)`.
    ///
    /// # Errors
    ///
    /// [`Error::Validation`] if the batch gets of the keys left of this model yield something else than `O`, or if two of them
    /// yield `O` with different options.
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
                    let mut batch = setup.with_keys(Keys::default());
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
    /// [`Error::Decode`] if an item does not read as the model, for example because the batch get has a selection:
    /// [`Unprocessed::items_as`] reads the selection.
    pub fn items<M: Table>(&self) -> Result<Vec<M>, Error> {
        Ok(self.each::<M>().into_iter().collect::<Result<_, _>>()?)
    }

    /// Returns each item of this model that was read, in any order, or the error of an item that does not read as the model.
    ///
    /// Use it for a batch get with `.each()`, and [`Unprocessed::items`] for one without.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] id: String }
    /// # async fn run(db: DynamoDb, ids: Vec<String>) -> Result<(), Error> {
    /// if let Err(Error::Unprocessed(e)) = Orders::batch_get(ids).each().execute(&db).await {
    ///     let read: Vec<Result<Orders, dkmio::error::DecodeError>> = e.each();
    ///     let rest = e.batch_get::<Orders>()?.each().execute(&db).await?;
    /// #   let _ = (read, rest);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn each<M: Table>(&self) -> Vec<Result<M, DecodeError>> {
        let parts = self.parts(TypeId::of::<M>());
        let items = parts.flat_map(|part| part.read);
        items.map(|(_, item)| read_model(item.clone())).collect()
    }

    /// Returns the items of this model that were read with a selection that yields `O`, in any order.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if an item does not read as `O`.
    pub fn items_as<M: Table, O: Send + 'static>(&self) -> Result<Vec<O>, Error> {
        let items = self.read_as::<M, O, Stop>();
        items.collect()
    }

    /// Returns each item of this model that was read with a selection that yields `O`, in any order, or the error of an item
    /// that does not read as `O`. See [`Unprocessed::each`].
    pub fn each_as<M: Table, O: Send + 'static>(&self) -> Vec<Result<O, DecodeError>> {
        let items = self.read_as::<M, O, GoOn>();
        // With `GoOn` an item that does not read is not an `Err` of the iterator, so that nothing is dropped.
        items.filter_map(Result::ok).collect()
    }

    fn read_as<M: Table, O: Send + 'static, E: OnUnreadable>(
        &self,
    ) -> impl Iterator<Item = Result<E::Of<O>, Error>> {
        let parts = self.parts(TypeId::of::<M>()).filter_map(|part| {
            let setup = part.setup.downcast_ref::<BatchGet<M, O>>()?;
            Some((setup, part.read))
        });
        parts.flat_map(|(setup, read)| {
            let items = read.iter().map(|(_, item)| item.clone());
            items.filter_map(|item| setup.item_decoder.decode::<M, E>(item).transpose())
        })
    }
}

impl<M: Table, O: Send + 'static> BatchGet<M, O> {
    /// `true` if both select the same attributes and read them with the same options.
    fn reads_like(&self, other: &Self) -> bool {
        let (one, two) = (&self.item_decoder, &other.item_decoder);
        one.decoder.paths() == two.decoder.paths()
            && one.exclude_expired == two.exclude_expired
            && self.consistent == other.consistent
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
