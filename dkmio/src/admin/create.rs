//! `create_table`: makes the table that a model declares, for tests and for programs that manage their own tables.

use super::wait::wait_until;
use crate::change::StreamViewType;
use crate::error::{Error, ValidationCause};
use crate::executor::{DynamoDb, Operation};
use crate::schema::{
    DistanceFunction, IndexProjection, IndexScope, KeySchema, TableDefinition, TableSchema,
    VectorIndexSchema,
};
use crate::value::KeyKind;
use crate::verb::{BoxFuture, incomplete};
use aws_sdk_dynamodb::operation::create_table::CreateTableInput;
use aws_sdk_dynamodb::operation::update_time_to_live::UpdateTimeToLiveInput;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType,
    LocalSecondaryIndex, Projection, ProjectionType, ProvisionedThroughput, ScalarAttributeType,
    SearchSchemaElement, SearchSchemaElementType, StreamSpecification, TableStatus,
    TimeToLiveSpecification, VectorAttributeDefinition, VectorDistanceFunction, VectorIndex,
};
use std::marker::PhantomData;

/// DynamoDB's code for a table that exists already, or is being made.
const IN_USE: &str = "ResourceInUseException";

/// Makes a table as its model declares it: DynamoDB's `CreateTable`, and `UpdateTimeToLive` if it has a `#[ttl]`.
///
/// Made by [`DynamoDb::create_table`]. Waits until the table is active. Billed on demand unless
/// [`provisioned`](CreateTable::provisioned).
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// db.create_table::<Users>().await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "no table is made until `.await`"]
pub struct CreateTable<T> {
    db: DynamoDb,
    provisioned: Option<(u64, u64)>,
    wait: bool,
    if_not_exists: bool,
    stream: Option<StreamViewType>,
    model: PhantomData<fn() -> T>,
}

impl DynamoDb {
    /// Makes the table of a model, with its indexes (`CreateTable`), and switches on its time to live; see
    /// [`CreateTable`].
    pub fn create_table<T: TableDefinition>(&self) -> CreateTable<T> {
        let _ = T::DEFINITION; // An entity is refused here, at the user's call.
        CreateTable {
            db: self.clone(),
            provisioned: None,
            wait: true,
            if_not_exists: false,
            stream: None,
            model: PhantomData,
        }
    }
}

impl<T: TableDefinition> CreateTable<T> {
    /// Bills the table and its global indexes by provisioned throughput, in capacity units a second. DynamoDB has vector
    /// indexes on tables that are billed on demand only.
    pub fn provisioned(mut self, read_units: u64, write_units: u64) -> Self {
        self.provisioned = Some((read_units, write_units));
        self
    }

    /// Switches on the table's stream, and says what its records hold of an item: both images for a
    /// [`Change`](crate::Change), the new one for a [`Latest`](crate::Latest), nothing but keys for a
    /// [`KeyChange`](crate::KeyChange).
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "users")]
    /// # struct Users { #[pk] id: String }
    /// # async fn run(db: DynamoDb) -> Result<(), Error> {
    /// use dkmio::StreamViewType;
    ///
    /// db.create_table::<Users>().stream(StreamViewType::NewAndOldImages).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(mut self, view_type: StreamViewType) -> Self {
        self.stream = Some(view_type);
        self
    }

    /// Does not wait until the table is active. A time to live is not switched on then.
    pub fn no_wait(mut self) -> Self {
        self.wait = false;
        self
    }

    /// Accepts a table of this name that exists already, so that a program can make this call at every start.
    ///
    /// It waits until that table is active, and changes nothing. The table's keys, indexes, time to live and stream are not
    /// compared with what is wanted. [`DynamoDb::verify_table`] compares them.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "users")]
    /// # struct Users { #[pk] id: String }
    /// # async fn run(db: DynamoDb) -> Result<(), Error> {
    /// db.create_table::<Users>().if_not_exists().await?;
    /// let differences = db.verify_table::<Users>().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn if_not_exists(mut self) -> Self {
        self.if_not_exists = true;
        self
    }

    /// Returns the SDK's input.
    ///
    /// # Errors
    ///
    /// [`Error::Validation`] when two keys give one attribute different types, or a table with a vector index is to be
    /// provisioned.
    pub fn to_input(&self) -> Result<CreateTableInput, Error> {
        input(&T::DEFINITION, self.provisioned, self.stream)
            .map_err(|e| e.for_request(CreateTableInput::NAME, T::DEFINITION.name()))
    }

    async fn run(self) -> Result<(), Error> {
        let made = match self.db.send(self.to_input()?).await {
            Ok(_) => true,
            Err(e) if self.if_not_exists && e.code() == Some(IN_USE) => false,
            Err(e) => return Err(e),
        };
        if !self.wait {
            return Ok(());
        }
        let name = T::DEFINITION.name();
        wait_until(&self.db, name, |status| {
            status == Some(&TableStatus::Active)
        })
        .await?;
        if let Some(attribute) = T::DEFINITION.ttl()
            && made
        {
            self.db.send(time_to_live(name, attribute)?).await?;
        }
        Ok(())
    }
}

impl<T: TableDefinition> IntoFuture for CreateTable<T> {
    type Output = Result<(), Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

fn time_to_live(table: &str, attribute: &str) -> Result<UpdateTimeToLiveInput, Error> {
    let specification = TimeToLiveSpecification::builder()
        .enabled(true)
        .attribute_name(attribute)
        .build()
        .map_err(incomplete)?;
    UpdateTimeToLiveInput::builder()
        .table_name(table)
        .time_to_live_specification(specification)
        .build()
        .map_err(incomplete)
}

fn input(
    schema: &TableSchema,
    provisioned: Option<(u64, u64)>,
    stream: Option<StreamViewType>,
) -> Result<CreateTableInput, Error> {
    let stream = stream.map(stream_specification).transpose()?;
    if provisioned.is_some()
        && let Some(index) = schema.vector_indexes().first()
    {
        return Err(Error::invalid(
            ValidationCause::Model,
            format!(
                "the table has vector index `{}`, which DynamoDB has on tables billed on demand only: leave `provisioned` out",
                index.name()
            ),
        ));
    }
    let throughput = provisioned.map(throughput).transpose()?;
    let mut input = CreateTableInput::builder()
        .table_name(schema.name())
        .set_attribute_definitions(Some(attribute_definitions(schema)?))
        .set_key_schema(Some(key_schema(schema.keys())?))
        .set_provisioned_throughput(throughput.clone())
        .set_stream_specification(stream)
        .billing_mode(match throughput {
            Some(_) => BillingMode::Provisioned,
            None => BillingMode::PayPerRequest,
        });
    for index in schema.indexes() {
        let keys = Some(key_schema(index.keys())?);
        let projection = projection(index.projection());
        input = match index.scope() {
            IndexScope::Global => input.global_secondary_indexes(
                GlobalSecondaryIndex::builder()
                    .index_name(index.name())
                    .set_key_schema(keys)
                    .projection(projection)
                    .set_provisioned_throughput(throughput.clone())
                    .build()
                    .map_err(incomplete)?,
            ),
            IndexScope::Local => input.local_secondary_indexes(
                LocalSecondaryIndex::builder()
                    .index_name(index.name())
                    .set_key_schema(keys)
                    .projection(projection)
                    .build()
                    .map_err(incomplete)?,
            ),
        };
    }
    for index in schema.vector_indexes() {
        input = input.vector_indexes(vector_index(index)?);
    }
    input.build().map_err(incomplete)
}

fn stream_specification(view_type: StreamViewType) -> Result<StreamSpecification, Error> {
    StreamSpecification::builder()
        .stream_enabled(true)
        .stream_view_type(view_type.as_str().into())
        .build()
        .map_err(incomplete)
}

fn vector_index(index: &VectorIndexSchema) -> Result<VectorIndex, Error> {
    let attribute = VectorAttributeDefinition::builder()
        .attribute_name(index.attribute())
        .build()
        .map_err(incomplete)?;
    let partition = index.keys().iter();
    let partition = partition.map(|element| (element, SearchSchemaElementType::Hash));
    let filters = index.filters().iter();
    let filters = filters.map(|element| (element, SearchSchemaElementType::InlineFilter));
    let search_schema: Vec<SearchSchemaElement> = partition
        .chain(filters)
        .map(|(element, role)| {
            SearchSchemaElement::builder()
                .attribute_name(element.name())
                .search_schema_element_type(role)
                .build()
                .map_err(incomplete)
        })
        .collect::<Result<_, _>>()?;
    VectorIndex::builder()
        .index_name(index.name())
        .vector_attribute(attribute)
        .set_search_schema((!search_schema.is_empty()).then_some(search_schema))
        .projection(projection(index.projection()))
        .dimensions(index.dimensions().into())
        .distance_function(match index.distance() {
            DistanceFunction::Cosine => VectorDistanceFunction::Cosine,
            DistanceFunction::DotProduct => VectorDistanceFunction::DotProduct,
            DistanceFunction::Euclidean => VectorDistanceFunction::Euclidean,
        })
        .build()
        .map_err(incomplete)
}

fn throughput((read, write): (u64, u64)) -> Result<ProvisionedThroughput, Error> {
    let units = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    ProvisionedThroughput::builder()
        .read_capacity_units(units(read))
        .write_capacity_units(units(write))
        .build()
        .map_err(incomplete)
}

/// The types of all key attributes, each once.
fn attribute_definitions(schema: &TableSchema) -> Result<Vec<AttributeDefinition>, Error> {
    let mut kinds: Vec<(&str, KeyKind)> = Vec::new();
    let indexes = schema
        .indexes()
        .iter()
        .flat_map(|index| index.keys().iter());
    let vector_indexes = schema.vector_indexes().iter();
    let searched = vector_indexes.flat_map(VectorIndexSchema::search_schema);
    for element in schema.keys().iter().chain(indexes).chain(searched) {
        match kinds.iter().find(|(name, _)| *name == element.name()) {
            None => kinds.push((element.name(), element.kind())),
            Some((_, kind)) if *kind == element.kind() => {}
            Some(_) => {
                return Err(Error::invalid(
                    ValidationCause::Model,
                    format!("key attribute `{}` has two types", element.name()),
                ));
            }
        }
    }
    kinds
        .into_iter()
        .map(|(name, kind)| {
            AttributeDefinition::builder()
                .attribute_name(name)
                .attribute_type(match kind {
                    KeyKind::S => ScalarAttributeType::S,
                    KeyKind::N => ScalarAttributeType::N,
                    KeyKind::B => ScalarAttributeType::B,
                })
                .build()
                .map_err(incomplete)
        })
        .collect()
}

fn key_schema(keys: &KeySchema) -> Result<Vec<KeySchemaElement>, Error> {
    let partition = keys.partition().iter().map(|k| (k, KeyType::Hash));
    let sort = keys.sort().iter().map(|k| (k, KeyType::Range));
    partition
        .chain(sort)
        .map(|(element, key_type)| {
            KeySchemaElement::builder()
                .attribute_name(element.name())
                .key_type(key_type)
                .build()
                .map_err(incomplete)
        })
        .collect()
}

fn projection(projection: IndexProjection) -> Projection {
    let builder = Projection::builder();
    match projection {
        IndexProjection::All => builder.projection_type(ProjectionType::All),
        IndexProjection::KeysOnly => builder.projection_type(ProjectionType::KeysOnly),
        IndexProjection::Include(names) => builder
            .projection_type(ProjectionType::Include)
            .set_non_key_attributes(Some(names.iter().map(|n| (*n).to_owned()).collect())),
    }
    .build()
}
