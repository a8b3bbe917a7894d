//! `VectorIndex` and `Search`: the items whose vectors are nearest to one.

mod filter;
mod found;

pub use self::filter::{FilterHandle, OperatorOfSearch, SearchFilter};
pub use self::found::Match;
use self::found::SearchSink;
use super::attrs::SourceAttrs;
use super::input::incomplete;
use crate::attr::{DynAttr, Path};
use crate::error::{Error, ValidationCause};
use crate::executor::{DynamoDb, Operation, Payload, PayloadOperation, made_or_failed};
use crate::expr::{
    Condition, Decoder, Explain, ExplainBuilder, Expression, Projection, Selection, Term, and,
};
use crate::schema::{
    KeyFault, KeyValues, ProjectionOf, Scoped, Searchable, Select, Source, Table, TakesPartition,
    VectorIndexSchema, VectorSource, check_key_condition,
};
use crate::value::{EncodedVector, Item};
use aws_sdk_dynamodb::operation::search_vectors::SearchVectorsInput;
use futures_util::FutureExt;
use std::marker::PhantomData;

/// How many items a search returns if it does not say.
const USUAL_TOP: u32 = 10;
/// DynamoDB's limit for the items of one search.
const MAX_TOP: u32 = 100;

/// A vector index to search, made by the model's accessor for it, such as `Docs::by_meaning()`.
///
/// DynamoDB answers neither queries nor scans of it.
#[must_use = "an index does nothing until it is searched"]
pub struct VectorIndex<S> {
    source: PhantomData<fn() -> S>,
}

impl<S: VectorSource> VectorIndex<S> {
    #[doc(hidden)]
    #[allow(clippy::new_without_default, reason = "made by generated code only")]
    pub fn new() -> Self {
        Self {
            source: PhantomData,
        }
    }

    /// Finds the items whose vectors are nearest to this one (`SearchVectors`); see [`Search`].
    pub fn search(self, vector: &S::Vector) -> Search<S> {
        Search {
            vector: EncodedVector::of(vector.as_ref()),
            partition: None,
            filter: None,
            top: USUAL_TOP,
            decoder: Decoder::whole::<S::Table>(),
            types: PhantomData,
        }
    }
}

/// Finds the items of a vector index whose vectors are nearest to one, the nearest first: DynamoDB's `SearchVectors`.
///
/// Made by [`VectorIndex::search`]. DynamoDB searches by approximation, and eventually consistently: an item that was
/// put a moment ago may be missing. There are no pages. The answer leaves the vectors out, unless `select` or
/// `select_as` names them and the index projects them.
///
/// It is billed by the bytes that DynamoDB reads of the index, not by capacity units:
/// [`ConsumedCapacity::vector_bytes`](crate::ConsumedCapacity::vector_bytes).
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoDb, DynamoTable, Error, Vector};
///
/// #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// #[dkmio(table = "docs")]
/// #[vector_index(
///     by_meaning, on = embedding, dimensions = 3, distance = cosine,
///     pk = tenant, filter(lang), project(title)
/// )]
/// struct Docs {
///     #[pk]
///     id: String,
///     tenant: String,
///     lang: String,
///     title: String,
///     embedding: Option<Vector<3>>,
/// }
///
/// # #[cfg(feature = "embedded")]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let db = DynamoDb::embedded();
/// db.create_table::<Docs>().await?;
/// # Docs::put(&Docs {
/// #     id: "1".into(), tenant: "acme".into(), lang: "en".into(), title: "On trees".into(),
/// #     embedding: Some(Vector::from([0.9, 0.1, 0.0])),
/// # }).execute(&db).await?;
/// let found = Docs::by_meaning()
///     .search(&Vector::from([1.0, 0.0, 0.0]))
///     .within("acme")
///     .filter(|d| d.lang().eq("en"))
///     .top(5)
///     .execute(&db)
///     .await?;
/// for hit in &found {
///     println!("{}: {}", hit.score, hit.item.title);
/// }
/// # assert_eq!(found.len(), 1);
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "embedded"))]
/// # fn main() {}
/// ```
#[must_use = "a search does nothing until it is executed or awaited"]
pub struct Search<S: VectorSource, O = <S as Source>::Item, K = <S as VectorSource>::Start> {
    vector: Result<EncodedVector, crate::codec::CodecError>,
    partition: Option<KeyValues>,
    filter: Option<Condition>,
    top: u32,
    decoder: Decoder<O>,
    types: PhantomData<fn() -> (S, K)>,
}

impl<S: VectorSource, O, K> Clone for Search<S, O, K> {
    fn clone(&self) -> Self {
        Self {
            vector: self.vector.clone(),
            partition: self.partition.clone(),
            filter: self.filter.clone(),
            decoder: self.decoder.clone(),
            ..*self
        }
    }
}

impl<S: VectorSource, O: Send + 'static, K: 'static> Search<S, O, K> {
    fn with<P>(self, decoder: Decoder<P>) -> Search<S, P, K> {
        Search {
            vector: self.vector,
            partition: self.partition,
            filter: self.filter,
            top: self.top,
            decoder,
            types: PhantomData,
        }
    }

    /// Searches the items with this value of the index's partition attribute. An index that has one needs it.
    pub fn within<P>(self, partition: P) -> Search<S, O, Scoped>
    where
        K: TakesPartition<P, S::Pk>,
    {
        Search {
            vector: self.vector,
            partition: Some(K::encode(partition)),
            filter: self.filter,
            top: self.top,
            decoder: self.decoder,
            types: PhantomData,
        }
    }

    /// Finds only items whose attribute equals a value (`SearchConditionExpression`); called again for another
    /// attribute, finds the items for which both hold.
    ///
    /// DynamoDB filters within the search, so that as many items are found as there are, and takes the attributes that
    /// the index declares in `filter(..)`, each once.
    pub fn filter(mut self, condition: impl FnOnce(&S::Filters) -> SearchFilter) -> Self {
        and(&mut self.filter, condition(&Default::default()).0);
        self
    }

    /// Sets how many items are found at most (`TopK`), from 1 to 100; 10 unless it is set.
    pub fn top(mut self, items: u32) -> Self {
        self.top = items;
        self
    }

    /// Reads these attributes only (`ProjectionExpression`), as one value or a tuple.
    pub fn select<Sel: Selection>(
        self,
        attributes: impl FnOnce(&SourceAttrs<S, Select<S>>) -> Sel,
    ) -> Search<S, Sel::Output, K> {
        let selection = attributes(&Default::default());
        self.with(Decoder::of_selection(&selection))
    }

    /// Reads into a struct that derives [`Projection`](derive@crate::Projection).
    pub fn select_as<P: ProjectionOf<S>>(self) -> Search<S, P, K> {
        self.with(Decoder::of_exact_names(P::NAMES))
    }

    /// Yields the items without the model, as DynamoDB's values.
    pub fn raw(self) -> Search<S, Item, K> {
        let paths = self.decoder.paths().to_vec();
        self.with(Decoder::raw(paths))
    }
}

impl<S: VectorSource, O: Send + 'static, K: 'static> Search<S, O, K> {
    /// Returns the request as it would be sent, with the length of the vector in place of its numbers.
    ///
    /// # Errors
    ///
    /// What [`Search::into_input`] refuses.
    pub fn explain(&self) -> Result<Explain, Error>
    where
        K: Searchable,
    {
        let search = self.clone();
        let (input, vector) = search.lower().map_err(located::<S>)?;
        let numbers = vector.sdk_numbers()?.len();
        Ok(
            ExplainBuilder::new(SearchVectorsInput::NAME, input.table_name())
                .index(input.index_name())
                .option(
                    "SearchConditionExpression",
                    input.search_condition_expression(),
                )
                .projection(input.projection_expression())
                .names(input.expression_attribute_names())
                .values(input.expression_attribute_values())
                .option("TopK", input.top_k())
                .option("SearchVector", Some(format!("{numbers} numbers")))
                .build(),
        )
    }

    /// Returns the SDK's input.
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] for a vector with NaN or infinity, [`Error::InvalidKey`] for a partition that DynamoDB would
    /// refuse, [`Error::Validation`] for a [`top`](Self::top) out of range, or an attribute that is filtered twice.
    pub fn into_input(self) -> Result<SearchVectorsInput, Error>
    where
        K: Searchable,
    {
        let (mut input, vector) = self.lower().map_err(located::<S>)?;
        input.put_payload(&Payload::Vector(vector))?;
        Ok(input)
    }

    /// Returns the input with an empty vector, and the vector.
    fn lower(self) -> Result<(SearchVectorsInput, EncodedVector), Error> {
        let vector = self.vector.map_err(|e| e.into_encode(None))?;
        let top = i32::try_from(self.top).ok();
        let Some(top) = top.filter(|_| (1..=MAX_TOP).contains(&self.top)) else {
            return Err(Error::invalid(
                ValidationCause::Value,
                format!(
                    "a search finds 1 to {MAX_TOP} items, and this one asks for {}",
                    self.top
                ),
            ));
        };
        let index = S::VECTOR_INDEX;
        let condition = condition(index, self.partition, self.filter)?;
        let expression = Expression::builder()
            .optional_filter(condition)
            .projection(Projection::covering(self.decoder.paths()))
            .build()?;
        let input = SearchVectorsInput::builder()
            .table_name(S::Table::SCHEMA.name())
            .set_index_name(index.map(|index| index.name().to_owned()))
            .set_search_condition_expression(expression.filter)
            .set_projection_expression(expression.projection)
            .set_expression_attribute_names(expression.names)
            .set_expression_attribute_values(expression.values)
            .set_search_vector(Some(Vec::new()))
            .top_k(top)
            .build()
            .map_err(incomplete)?;
        Ok((input, vector))
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// As [`into_input`](Self::into_input), [`Error::Decode`] for an item that does not read, and any other error of
    /// this operation. DynamoDB answers a search of an index that is still being filled with [`Error::Validation`].
    pub fn execute(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<Vec<Match<O, S::Score>>, Error>> + Send + 'static + use<S, O, K>
    where
        K: Searchable,
    {
        self.run(db.clone())
    }

    fn run(
        self,
        db: DynamoDb,
    ) -> impl Future<Output = Result<Vec<Match<O, S::Score>>, Error>> + Send + 'static + use<S, O, K>
    {
        let found = SearchSink::<S, O>::new(self.decoder.clone());
        let made = self.lower().map_err(located::<S>).map(|(input, vector)| {
            let build = move || Ok(input.clone());
            db.send_writing(build, Payload::Vector(vector), found)
        });
        made_or_failed(made).map(|answer| answer?.sink.into_matches())
    }
}

/// Joins the partition and the filters, which may name each attribute once.
fn condition(
    index: Option<&VectorIndexSchema>,
    partition: Option<KeyValues>,
    filter: Option<Condition>,
) -> Result<Option<Condition>, Error> {
    let mut paths = Vec::new();
    if let Some(filter) = &filter {
        filter.paths(&mut paths);
    }
    let mut paths = paths.iter().map(|path| path.attribute());
    while let Some(attribute) = paths.next() {
        if paths.clone().any(|other| other == attribute) {
            return Err(Error::invalid(
                ValidationCause::Expression,
                format!(
                    "the search filters `{attribute}` twice; DynamoDB takes one value of each attribute"
                ),
            ));
        }
    }
    let mut joined = None;
    if let (Some(index), Some(partition)) = (index, partition) {
        let values = partition.map_err(KeyFault::into_error)?;
        check_key_condition(index.keys(), &values)?;
        for (element, value) in index.keys().iter().zip(values) {
            let attribute = DynAttr::from(Path::root(element.name()));
            and(&mut joined, attribute.eq(Term::attribute_value(value)));
        }
    }
    if let Some(filter) = filter {
        and(&mut joined, filter);
    }
    Ok(joined)
}

fn located<S: Source>(error: Error) -> Error {
    error.for_request(SearchVectorsInput::NAME, S::Table::SCHEMA.name())
}

/// Sends the request on the [default connection](DynamoDb::set_default).
impl<S: VectorSource, O: Send + 'static, K: Searchable + 'static> IntoFuture for Search<S, O, K> {
    type Output = Result<Vec<Match<O, S::Score>>, Error>;
    type IntoFuture = super::BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.run(DynamoDb::default_connection()?).await })
    }
}

impl<S: VectorSource, O: Send + 'static, K: Searchable + 'static> TryFrom<Search<S, O, K>>
    for SearchVectorsInput
{
    type Error = Error;

    fn try_from(search: Search<S, O, K>) -> Result<Self, Error> {
        search.into_input()
    }
}
