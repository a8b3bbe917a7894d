mod again;
mod decoded_items;
mod item_matcher;
mod keys;
mod plan;
mod results;
mod run;
mod stream;

use self::decoded_items::{Decoded, DecodedItems};
use self::keys::Keys;
use self::plan::{Member, Plan};
use self::results::{FoundItem, Results};
use self::run::read_all;
pub use self::stream::{BatchGetItems, BatchGetStream};
use super::attrs::Attrs;
use super::batch::{BatchOptions, batch_options};
use super::expiry::{is_alive, projection};
use super::{BoxFuture, Each};
use crate::attr::Path;
use crate::error::{DecodeError, Error};
use crate::executor::{DynamoDb, Operation};
use crate::expr::{Decoder, Expression, Selection};
use crate::page::{GoOn, OnUnreadable, Stop};
use crate::schema::{EncodeKey, HasTtl, ProjectionOf, Select, Table};
use crate::value::Item;
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use std::any::TypeId;
use std::marker::PhantomData;
use std::sync::Arc;

/// Reads many items by their full keys: DynamoDB's `BatchGetItem`, 100 keys a request.
///
/// Made by the model's `batch_get`. Yields the items in the order of the keys, `None` where there is none; a key that is
/// asked for twice is read once. Requests are sent side by side. What DynamoDB leaves unprocessed is sent again, with
/// growing random waits.
///
/// # Errors
///
/// [`Error::Unprocessed`] when the time for that runs out, or an error comes in the midst: with the items that were read
/// and exactly the keys that were not.
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
    keys: Keys,
    consistent: bool,
    exclude_expired: bool,
    decoder: Decoder<O>,
    options: BatchOptions,
    model: PhantomData<fn() -> M>,
}

impl<M, O> Clone for BatchGet<M, O> {
    fn clone(&self) -> Self {
        Self {
            keys: self.keys.clone(),
            consistent: self.consistent,
            exclude_expired: self.exclude_expired,
            decoder: self.decoder.clone(),
            options: self.options,
            model: PhantomData,
        }
    }
}

impl<M: Table> BatchGet<M> {
    #[doc(hidden)]
    pub fn of<K>(keys: impl IntoIterator<Item = K>, encode: EncodeKey<K>) -> Self {
        let mut all = Keys::default();
        all.extend(M::KEYS, keys, encode);
        Self::new(all)
    }

    fn new(keys: Keys) -> Self {
        Self {
            keys,
            consistent: false,
            exclude_expired: false,
            decoder: Decoder::whole(),
            options: BatchOptions::default(),
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
            exclude_expired: self.exclude_expired,
            decoder,
            options: self.options,
            model: PhantomData,
        }
    }

    /// Reads these attributes only (`ProjectionExpression`), as one value or a tuple.
    ///
    /// The whole items are read and billed all the same; less of them is sent.
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

    /// Yields `None` for an item whose time to live has passed, which DynamoDB may not have deleted yet.
    pub fn exclude_expired(mut self) -> Self
    where
        M: HasTtl,
    {
        self.exclude_expired = true;
        self
    }

    /// Takes the keys out, with how they are read.
    fn lower(&mut self) -> Result<Member, Error> {
        let keys = std::mem::take(&mut self.keys);
        keys.check()?;
        let mut paths = self.decoder.paths().to_vec();
        if !paths.is_empty() {
            // Answers come in any order: the keys tell which is which.
            paths.extend(M::KEYS.iter().map(|k| Path::root(k.name())));
        }
        let projection = projection::<M>(&paths, self.exclude_expired);
        let expression = Expression::builder().projection(projection).build()?;
        Ok(Member {
            table: M::SCHEMA.name(),
            model: TypeId::of::<M>(),
            setup: Arc::new(self.emptied()),
            schema: M::KEYS,
            keys,
            consistent: self.consistent,
            projection: expression.projection,
            names: expression.names,
            // Whether an item has expired is seen in the item alone.
            sheet: (!self.exclude_expired).then(|| DecodedItems::maker(self.decoder.clone())),
        })
    }

    /// Returns the same batch get without its keys.
    fn emptied(&self) -> Self {
        Self {
            keys: Keys::default(),
            consistent: self.consistent,
            exclude_expired: self.exclude_expired,
            decoder: self.decoder.clone(),
            options: self.options,
            model: PhantomData,
        }
    }

    /// Takes what was found of this member, in the order of the keys.
    fn decode<E: OnUnreadable>(
        &self,
        found: &mut Results,
        member: usize,
    ) -> Result<Vec<Option<E::Of<O>>>, Error> {
        let decoded = found.decoded(member);
        if found.is_all(member, &decoded) {
            return Ok(E::read_all(decoded.items));
        }
        self.decode_each::<E>(found, member, decoded).collect()
    }

    /// Takes what was found of this member and what of it was decoded as it came, in the order of the keys.
    fn decode_each<E: OnUnreadable>(
        &self,
        found: &mut Results,
        member: usize,
        mut decoded: Decoded<O>,
    ) -> impl Iterator<Item = Result<Option<E::Of<O>>, Error>> {
        found.take(member).map(move |answer| {
            let Some(FoundItem { place, kept }) = answer else {
                return Ok(None);
            };
            match place.and_then(|place| decoded.take(place)) {
                Some(Ok(item)) => Ok(Some(E::read(item))),
                Some(Err(e)) => {
                    let key = Some(M::KEYS.of(&kept.into_item()));
                    let error = e.into_decode_error(Some(M::SCHEMA.name()), key);
                    Ok(Some(E::unread(error)?))
                }
                None => self.decode_item::<E>(kept.into_item()),
            }
        })
    }

    fn decode_item<E: OnUnreadable>(&self, item: Item) -> Result<Option<E::Of<O>>, Error> {
        if self.exclude_expired && !is_alive::<M>(&item) {
            return Ok(None);
        }
        let key = M::KEYS.of(&item);
        Ok(Some(match self.decoder.decode(item) {
            Ok(item) => E::read(item),
            Err(e) => E::unread(e.into_decode_error(Some(M::SCHEMA.name()), Some(key)))?,
        }))
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
        let db = db.clone();
        async move { self.run(&db).await }
    }

    /// Reads the items without decoding them.
    pub(super) async fn read_raw(mut self, db: &DynamoDb) -> Result<Vec<Option<Item>>, Error> {
        let mut member = self.lower()?;
        member.sheet = None;
        let mut found = read_all(db, Plan::of(vec![member]), self.options).await?;
        Ok(found
            .take(0)
            .map(|answer| answer.map(|answer| answer.kept.into_item()))
            .collect())
    }

    async fn run(self, db: &DynamoDb) -> Result<Vec<Option<O>>, Error> {
        let options = self.options;
        read_one(self, options, db).await
    }
}

/// Reads a batch that goes on past items that do not read.
pub(super) async fn run_each<M: Table, O: Send + 'static>(
    each: Each<BatchGet<M, O>>,
    db: &DynamoDb,
) -> Result<Vec<Option<Result<O, DecodeError>>>, Error> {
    let options = each.0.options;
    read_one(each, options, db).await
}

/// Reads one member by itself.
async fn read_one<G: BatchGetMember>(
    member: G,
    options: BatchOptions,
    db: &DynamoDb,
) -> Result<Vec<Option<G::Item>>, Error> {
    let members = (member,);
    let (items,) = BatchGetAll { members, options }.run(db).await?;
    Ok(items)
}

/// Sends the requests on the [default connection](DynamoDb::set_default).
impl<M: Table, O: Send + 'static> IntoFuture for BatchGet<M, O> {
    type Output = Result<Vec<Option<O>>, Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.run(&DynamoDb::default_connection()?).await })
    }
}

/// Reads from several tables in one batch: a tuple of up to eight batch gets gives a tuple of their results.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] id: String }
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let (orders, users) = dkmio::batch_get((Orders::batch_get(["ord_1"]), Users::batch_get(["usr_1", "usr_2"])))
///     .execute(&db)
///     .await?;
/// # let _: (Vec<Option<Orders>>, Vec<Option<Users>>) = (orders, users);
/// # Ok(())
/// # }
/// ```
pub fn batch_get<G: BatchGetMembers>(members: G) -> BatchGetAll<G> {
    BatchGetAll {
        members,
        options: BatchOptions::default(),
    }
}

/// A batch get over several tables; made by [`batch_get`].
#[must_use = "a batch get does nothing until `.execute(&db)` or `.await`"]
pub struct BatchGetAll<G> {
    members: G,
    options: BatchOptions,
}

batch_options!([G: BatchGetMembers] BatchGetAll<G>);

impl<G: BatchGetMembers> BatchGetAll<G> {
    /// Sends the requests.
    ///
    /// # Errors
    ///
    /// [`Error::Unprocessed`], and any other error of this operation when nothing was read.
    pub fn execute(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<G::Output, Error>> + Send + 'static + use<G> {
        let db = db.clone();
        async move { self.run(&db).await }
    }

    async fn run(mut self, db: &DynamoDb) -> Result<G::Output, Error> {
        let members = self
            .members
            .lower()
            .map_err(|e| e.for_request(BatchGetItemInput::NAME, "(before sending)"))?;
        let found = read_all(db, Plan::of(members), self.options).await?;
        self.members.decode(found)
    }
}

/// Sends the requests on the [default connection](DynamoDb::set_default).
impl<G: BatchGetMembers> IntoFuture for BatchGetAll<G> {
    type Output = Result<G::Output, Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.run(&DynamoDb::default_connection()?).await })
    }
}

/// The members of a batch get over several tables.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read in a batch",
    label = "expected a tuple of up to eight `batch_get`s"
)]
pub trait BatchGetMembers: Send + 'static {
    /// What is read: a tuple of vectors.
    type Output: Send + 'static;
    #[doc(hidden)]
    fn lower(&mut self) -> Result<Vec<Member>, Error>;
    #[doc(hidden)]
    fn decode(self, found: Results) -> Result<Self::Output, Error>;
}

/// A batch get of one table in a batch over several.
pub trait BatchGetMember: Send + 'static {
    /// What is read of each item.
    type Item: Send + 'static;
    #[doc(hidden)]
    fn lower(&mut self) -> Result<Member, Error>;
    #[doc(hidden)]
    fn decode(self, found: &mut Results, member: usize) -> Result<Vec<Option<Self::Item>>, Error>;
}

impl<M: Table, O: Send + 'static> BatchGetMember for BatchGet<M, O> {
    type Item = O;

    fn lower(&mut self) -> Result<Member, Error> {
        Self::lower(self)
    }

    fn decode(self, found: &mut Results, member: usize) -> Result<Vec<Option<O>>, Error> {
        Self::decode::<Stop>(&self, found, member)
    }
}

impl<M: Table, O: Send + 'static> BatchGetMember for Each<BatchGet<M, O>> {
    type Item = Result<O, DecodeError>;

    fn lower(&mut self) -> Result<Member, Error> {
        self.0.lower()
    }

    fn decode(self, found: &mut Results, member: usize) -> Result<Vec<Option<Self::Item>>, Error> {
        BatchGet::decode::<GoOn>(&self.0, found, member)
    }
}

macro_rules! members {
    ($($G:ident $i:tt),*) => {
        impl<$($G: BatchGetMember),*> BatchGetMembers for ($($G,)*) {
            type Output = ($(Vec<Option<$G::Item>>,)*);

            fn lower(&mut self) -> Result<Vec<Member>, Error> {
                Ok(vec![$(self.$i.lower()?),*])
            }

            fn decode(self, mut found: Results) -> Result<Self::Output, Error> {
                Ok(($(self.$i.decode(&mut found, $i)?,)*))
            }
        }
    };
}
members!(G0 0);
members!(G0 0, G1 1);
members!(G0 0, G1 1, G2 2);
members!(G0 0, G1 1, G2 2, G3 3);
members!(G0 0, G1 1, G2 2, G3 3, G4 4);
members!(G0 0, G1 1, G2 2, G3 3, G4 4, G5 5);
members!(G0 0, G1 1, G2 2, G3 3, G4 4, G5 5, G6 6);
members!(G0 0, G1 1, G2 2, G3 3, G4 4, G5 5, G6 6, G7 7);
