//! `Get`: reads one item.

use super::attrs::Attrs;
use super::expiry::{is_alive, projection};
use super::input::incomplete;
use super::terminals::terminals;
use crate::codec::CodecError;
use crate::codec::wire::{self, Fault, Reader};
use crate::error::Error;
use crate::executor::{DynamoDb, ItemSink, Operation, made_or_failed};
use crate::expr::{Decoder, Explain, ExplainBuilder, Expression, Selection};
use crate::page::{OnUnreadable, Stop};
use crate::schema::{EncodeKey, EncodedKey, HasTtl, ProjectionOf, Select, Table};
use crate::value::Item;
use aws_sdk_dynamodb::operation::get_item::GetItemInput;
use futures_util::FutureExt;
use std::marker::PhantomData;

/// Reads one item by its full key: DynamoDB's `GetItem`.
///
/// Made by the model's `get`. Yields `None` if there is no such item.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, total: u64 }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let order: Option<Orders> = Orders::get(("usr_123", "ord_456")).consistent().execute(&db).await?;
/// let total: Option<u64> = Orders::get(("usr_123", "ord_456")).select(|o| o.total()).execute(&db).await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a get does nothing until `.execute(&db)` or `.await`"]
pub struct Get<M, O = M> {
    options: GetOptions,
    decoder: Decoder<O>,
    model: PhantomData<fn() -> M>,
}

/// A get without what it yields.
#[derive(Clone)]
struct GetOptions {
    key: EncodedKey,
    consistent: bool,
    exclude_expired: bool,
}

impl<M, O> Clone for Get<M, O> {
    fn clone(&self) -> Self {
        Self {
            options: self.options.clone(),
            decoder: self.decoder.clone(),
            model: PhantomData,
        }
    }
}

impl<M: Table> Get<M> {
    #[doc(hidden)]
    pub fn new<K>(key: K, encode: EncodeKey<K>) -> Self {
        Self {
            options: GetOptions {
                key: EncodedKey::new::<M, K>(key, encode),
                consistent: false,
                exclude_expired: false,
            },
            decoder: Decoder::whole::<M>().of_kind::<M>(),
            model: PhantomData,
        }
    }
}

impl<M: Table, O: Send + 'static> Get<M, O> {
    fn with<P>(self, decoder: Decoder<P>) -> Get<M, P> {
        Get {
            options: self.options,
            decoder: decoder.of_kind::<M>(),
            model: PhantomData,
        }
    }

    /// Reads these attributes only (`ProjectionExpression`), as one value or a tuple.
    ///
    /// DynamoDB reads and bills the whole item, but sends only these attributes.
    pub fn select<Sel: Selection>(
        self,
        attributes: impl FnOnce(&Attrs<M, Select<M>>) -> Sel,
    ) -> Get<M, Sel::Output> {
        let selection = attributes(&Default::default());
        self.with(Decoder::of_selection(&selection))
    }

    /// Reads into a struct that derives [`Projection`](derive@crate::Projection).
    pub fn select_as<P: ProjectionOf<M>>(self) -> Get<M, P> {
        self.with(Decoder::of_names(P::NAMES))
    }

    /// Yields the item without the model, as DynamoDB's values.
    pub fn raw(self) -> Get<M, Item> {
        let paths = self.decoder.paths().to_vec();
        self.with(Decoder::raw(paths))
    }

    /// Reads with strong consistency (`ConsistentRead`): sees all earlier writes, at twice the capacity.
    pub fn consistent(mut self) -> Self {
        self.options.consistent = true;
        self
    }

    /// Yields `None` for an item whose time to live has passed, because DynamoDB may not have deleted it yet.
    pub fn exclude_expired(mut self) -> Self
    where
        M: HasTtl,
    {
        self.options.exclude_expired = true;
        self
    }

    /// Returns the request as it would be sent.
    ///
    /// # Errors
    ///
    /// What [`Get::into_input`] refuses.
    pub fn explain(&self) -> Result<Explain, Error> {
        let input = self.clone().into_input()?;
        Ok(ExplainBuilder::new(GetItemInput::NAME, input.table_name())
            .key(input.key())
            .projection(input.projection_expression())
            .names(input.expression_attribute_names())
            .option("ConsistentRead", input.consistent_read())
            .build())
    }

    /// Returns the SDK's input.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKey`], [`Error::Encode`] and [`Error::Validation`] for what DynamoDB would refuse.
    pub fn into_input(self) -> Result<GetItemInput, Error> {
        self.lower()
            .map_err(|e| e.for_request(GetItemInput::NAME, M::SCHEMA.name()))
    }

    fn lower(self) -> Result<GetItemInput, Error> {
        let projection = projection::<M>(self.decoder.paths(), self.options.exclude_expired);
        let expression = Expression::builder().projection(projection).build()?;
        GetItemInput::builder()
            .table_name(M::SCHEMA.name())
            .set_key(Some(self.options.key.into_item()?))
            .set_consistent_read(self.options.consistent.then_some(true))
            .set_projection_expression(expression.projection)
            .set_expression_attribute_names(expression.names)
            .build()
            .map_err(incomplete)
    }

    fn run(
        self,
        db: DynamoDb,
    ) -> impl Future<Output = Result<Option<O>, Error>> + Send + 'static + use<M, O> {
        self.find::<Stop>(db)
    }

    /// Sends the request.
    pub(super) fn find<E: OnUnreadable>(
        self,
        db: DynamoDb,
    ) -> impl Future<Output = Result<Option<E::Of<O>>, Error>> + Send + 'static + use<M, O, E> {
        let found = GetSink {
            decoder: self.decoder.clone(),
            alive: self.options.exclude_expired.then_some(is_alive::<M>),
            found: None,
        };
        let key = self.options.key.clone();
        let made = self.into_input().map(|input| db.send_reading(input, found));
        made_or_failed(made).map(move |answer| finish::<M, O, E>(answer?.sink.found, &key))
    }

    /// Decodes the item of a transaction.
    pub(super) fn decode<E: OnUnreadable>(
        self,
        item: Option<Item>,
    ) -> Result<Option<E::Of<O>>, Error> {
        let item = item.filter(|item| !self.options.exclude_expired || is_alive::<M>(item));
        let found = item.map(|item| self.decoder.decode(item));
        finish::<M, O, E>(found, &self.options.key)
    }
}

/// Returns what the get yields; the error of an item that does not read names the item's key.
fn finish<M: Table, O: Send + 'static, E: OnUnreadable>(
    found: Option<Result<O, CodecError>>,
    key: &EncodedKey,
) -> Result<Option<E::Of<O>>, Error> {
    Ok(match found {
        None => None,
        Some(Ok(item)) => Some(E::read(item)),
        Some(Err(e)) => {
            let error = e.into_decode_error(Some(M::SCHEMA.name()), key.to_item().ok());
            Some(E::unread(error)?)
        }
    })
}

/// Receives the item of a get.
struct GetSink<O> {
    decoder: Decoder<O>,
    /// Returns `false` for an item that has expired; `None` if expired items count.
    alive: Option<fn(&Item) -> bool>,
    found: Option<Result<O, CodecError>>,
}

impl<O: Send + 'static> ItemSink for GetSink<O> {
    fn for_attempt(&self) -> Self {
        Self {
            decoder: self.decoder.clone(),
            alive: self.alive,
            found: None,
        }
    }

    fn read(&mut self, _: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        if self.alive.is_some() {
            let item = wire::read_item(reader)?;
            self.push("", Some(item));
            return Ok(());
        }
        self.found = Some(self.decoder.read(reader)?);
        Ok(())
    }

    fn push(&mut self, _: &str, item: Option<Item>) {
        let item = item.filter(|item| self.alive.is_none_or(|alive| alive(item)));
        self.found = item.map(|item| self.decoder.decode(item));
    }
}

terminals!([M, O] Get<M, O> => Option<O>);

impl<M: Table, O: Send + 'static> TryFrom<Get<M, O>> for GetItemInput {
    type Error = Error;

    fn try_from(get: Get<M, O>) -> Result<Self, Error> {
        get.into_input()
    }
}
