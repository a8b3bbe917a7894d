//! `BatchGet`: the builder of a batch get of one table.

use super::decoded_items::DecodedItems;
use super::key_list::Keys;
use super::plan::BatchMember;
use super::results::{ItemDecoder, Results};
use super::run::read_all;
use crate::attr::Path;
use crate::error::Error;
use crate::executor::{DynamoDb, Operation};
use crate::expr::{Decoder, Expression, Selection};
use crate::page::{OnUnreadable, Stop};
use crate::schema::{EncodeKey, EncodedKey, HasTtl, ProjectionOf, Select, Table};
use crate::value::Item;
use crate::verb::attrs::Attrs;
use crate::verb::batch::{BatchOptions, batch_options};
use crate::verb::expiry::projection;
use crate::verb::terminals::BoxFuture;
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use std::any::TypeId;
use std::marker::PhantomData;
use std::sync::Arc;

/// Reads many items by their full keys: DynamoDB's `BatchGetItem`, 100 keys a request.
///
/// Made by the model's `batch_get`. Yields the items in the order of the keys, and `None` for a key without an item; a key that
/// is given twice is read once. Several requests are under way at the same time. dkmio sends again the keys that DynamoDB
/// leaves unprocessed, with growing random waits.
///
/// # Errors
///
/// [`Error::Unprocessed`] if the time for that runs out, or a request fails: with the items that were read and exactly the keys
/// that were not.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, total: u64 }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let keys = [("usr_1", "ord_1"), ("usr_2", "ord_7")];
/// let orders: Vec<Option<Orders>> = Orders::batch_get(keys).execute(&db).await?;
/// let totals: Vec<Option<u64>> = Orders::batch_get(keys).select(|o| o.total()).execute(&db).await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a batch get does nothing until `.execute(&db)` or `.await`"]
pub struct BatchGet<M, O = M> {
    pub(super) keys: Keys,
    pub(super) consistent: bool,
    pub(super) options: BatchOptions,
    pub(super) item_decoder: ItemDecoder<O>,
    model: PhantomData<fn() -> M>,
}

impl<M, O> Clone for BatchGet<M, O> {
    fn clone(&self) -> Self {
        self.with_keys(self.keys.clone())
    }
}

impl<M, O> BatchGet<M, O> {
    /// Returns the same batch get of other keys.
    pub(super) fn with_keys(&self, keys: Keys) -> Self {
        Self {
            keys,
            consistent: self.consistent,
            options: self.options,
            item_decoder: self.item_decoder.clone(),
            model: PhantomData,
        }
    }
}

impl<M: Table> BatchGet<M> {
    #[doc(hidden)]
    pub fn of<K>(keys: impl IntoIterator<Item = K>, encode: EncodeKey<K>) -> Self {
        let mut all = Keys::default();
        if M::SCHEMA.entity().is_some() {
            // Each key is made of several members first.
            let keys = keys
                .into_iter()
                .map(|key| EncodedKey::new::<M, K>(key, encode));
            all.extend(M::KEYS, keys, EncodedKey::encode);
        } else {
            all.extend(M::KEYS, keys, encode);
        }
        Self::new(all)
    }

    pub(super) fn new(keys: Keys) -> Self {
        Self {
            keys,
            consistent: false,
            options: BatchOptions::default(),
            item_decoder: ItemDecoder {
                decoder: Decoder::whole::<M>().of_kind::<M>(),
                exclude_expired: false,
            },
            model: PhantomData,
        }
    }
}

batch_options!([M: Table, O: Send + 'static] BatchGet<M, O>);

impl<M: Table, O: Send + 'static> BatchGet<M, O> {
    fn with<P>(self, decoder: Decoder<P>) -> BatchGet<M, P> {
        BatchGet {
            keys: self.keys,
            consistent: self.consistent,
            options: self.options,
            item_decoder: ItemDecoder {
                decoder: decoder.of_kind::<M>(),
                exclude_expired: self.item_decoder.exclude_expired,
            },
            model: PhantomData,
        }
    }

    /// Reads these attributes only (`ProjectionExpression`), as one value or a tuple.
    ///
    /// DynamoDB reads and bills the whole items, but sends only these attributes.
    pub fn select<Sel: Selection>(
        self,
        attributes: impl FnOnce(&Attrs<M, Select<M>>) -> Sel,
    ) -> BatchGet<M, Sel::Output> {
        let selection = attributes(&Default::default());
        self.with(Decoder::of_selection(&selection))
    }

    /// Reads into a struct that derives [`Projection`](derive@crate::Projection).
    pub fn select_as<P: ProjectionOf<M>>(self) -> BatchGet<M, P> {
        self.with(Decoder::of_names(P::NAMES))
    }

    /// Reads with strong consistency (`ConsistentRead`), at twice the capacity.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Yields `None` for an item whose time to live has passed, because DynamoDB may not have deleted it yet.
    pub fn exclude_expired(mut self) -> Self
    where
        M: HasTtl,
    {
        self.item_decoder.exclude_expired = true;
        self
    }

    /// Takes the keys out, and returns them as a member of a plan. Its errors name the table.
    pub(in crate::verb) fn lower(&mut self) -> Result<BatchMember, Error> {
        self.lower_member()
            .map_err(|e| e.for_request(BatchGetItemInput::NAME, M::SCHEMA.name()))
    }

    fn lower_member(&mut self) -> Result<BatchMember, Error> {
        let keys = std::mem::take(&mut self.keys);
        keys.check()?;
        let ItemDecoder {
            decoder,
            exclude_expired,
        } = self.item_decoder.clone();
        let mut paths = decoder.paths().to_vec();
        if !paths.is_empty() {
            // The keys are read too, because they tell which of the items in an answer is which.
            paths.extend(M::KEYS.iter().map(|k| Path::root(k.name())));
        }
        let projection = projection::<M>(&paths, exclude_expired);
        let expression = Expression::builder().projection(projection).build()?;
        // Expired items are dropped by their time to live, which only the item itself has, not what it is decoded to.
        let decodes_as_read = !exclude_expired;
        Ok(BatchMember {
            table: M::SCHEMA.name(),
            model: TypeId::of::<M>(),
            setup: Arc::new(self.with_keys(Keys::default())),
            schema: M::KEYS,
            keys,
            consistent: self.consistent,
            projection: expression.projection,
            names: expression.names,
            decoded: decodes_as_read.then(|| DecodedItems::maker(decoder)),
        })
    }

    /// Takes the items of this member, in the order of its keys.
    pub(in crate::verb) fn items<E: OnUnreadable>(
        &self,
        results: &mut Results,
        member: usize,
    ) -> Result<Vec<Option<E::Of<O>>>, Error> {
        results.all::<M, O, E>(member, &self.item_decoder)
    }

    /// Sends the requests.
    ///
    /// # Errors
    ///
    /// [`Error::Unprocessed`], and any other error of this operation when nothing was read.
    pub fn execute(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<Vec<Option<O>>, Error>> + Send + 'static + use<M, O> {
        self.run::<Stop>(db.clone())
    }

    pub(in crate::verb) async fn run<E: OnUnreadable>(
        mut self,
        db: DynamoDb,
    ) -> Result<Vec<Option<E::Of<O>>>, Error> {
        let members = vec![self.lower()?];
        let mut results = read_all(&db, members, self.options).await?;
        self.items::<E>(&mut results, 0)
    }

    /// Sends the requests, and returns the items as the SDK's values.
    pub(in crate::verb) async fn read_raw(
        mut self,
        db: &DynamoDb,
    ) -> Result<Vec<Option<Item>>, Error> {
        let mut member = self.lower()?;
        member.decoded = None;
        let mut results = read_all(db, vec![member], self.options).await?;
        Ok(results
            .take(0)
            .map(|found| found.map(|found| found.received.into_item()))
            .collect())
    }
}

/// Sends the requests on the [default connection](DynamoDb::set_default).
impl<M: Table, O: Send + 'static> IntoFuture for BatchGet<M, O> {
    type Output = Result<Vec<Option<O>>, Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.run::<Stop>(DynamoDb::default_connection()?).await })
    }
}
