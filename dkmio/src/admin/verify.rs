//! `verify_table`: compares the description of a table with its model, so that a wrong table is found before the first
//! query.

use super::compare_projection::compare_projection;
use super::difference::{Difference, KeyNames, TableDifferences};
use super::verify_vectors::compare_vector_index;
use crate::error::Error;
use crate::executor::DynamoDb;
use crate::schema::{
    IndexSchema, IndexScope, KeyElement, TableDefinition, TableSchema, VectorIndexSchema,
};
use crate::value::KeyKind;
use crate::verb::{BoxFuture, incomplete};
use aws_sdk_dynamodb::operation::describe_table::DescribeTableInput;
use aws_sdk_dynamodb::operation::describe_time_to_live::DescribeTimeToLiveInput;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, KeySchemaElement, KeyType, Projection, ScalarAttributeType,
    TableDescription, TimeToLiveDescription, TimeToLiveStatus,
};
use std::marker::PhantomData;

/// Compares a table with its model: DynamoDB's `DescribeTable`, and `DescribeTimeToLive` if the model has a `#[ttl]`.
///
/// Made by [`DynamoDb::verify_table`]. Use it in a test of a deployment or at the start of a program, to find a
/// difference before the first query fails. An index that the model does not declare is no difference, because another
/// model may declare it.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let differences = db.verify_table::<Users>().await?;
/// assert!(differences.is_empty(), "{differences}");
/// # Ok(())
/// # }
/// ```
#[must_use = "no table is looked at until `.await`"]
pub struct VerifyTable<T> {
    db: DynamoDb,
    model: PhantomData<fn() -> T>,
}

impl DynamoDb {
    /// Compares the table of a model with the model, and lists every difference (`DescribeTable`,
    /// `DescribeTimeToLive`); see [`VerifyTable`].
    pub fn verify_table<T: TableDefinition>(&self) -> VerifyTable<T> {
        let _ = T::DEFINITION; // An entity is refused here, at the user's call.
        VerifyTable {
            db: self.clone(),
            model: PhantomData,
        }
    }
}

impl<T: TableDefinition> VerifyTable<T> {
    async fn run(self) -> Result<TableDifferences, Error> {
        let schema = &T::DEFINITION;
        let name = self.db.table_name(schema.name());
        let input = DescribeTableInput::builder()
            .table_name(schema.name())
            .build()
            .map_err(incomplete)?;
        let table = match self.db.send(input).await {
            Ok(output) => output.table,
            Err(Error::TableNotFound(_)) => None,
            Err(e) => return Err(e),
        };
        let Some(table) = table else {
            return Ok(TableDifferences::new(name, vec![Difference::MissingTable]));
        };
        let mut differences = Vec::new();
        compare_keys(schema, &table, &mut differences);
        if let Some(attribute) = schema.ttl() {
            let input = DescribeTimeToLiveInput::builder()
                .table_name(schema.name())
                .build()
                .map_err(incomplete)?;
            let found = self.db.send(input).await?.time_to_live_description;
            differences.extend(compare_ttl(attribute, found.as_ref()));
        }
        for index in schema.indexes() {
            compare_index(schema, index, &table, &mut differences);
        }
        for index in schema.vector_indexes() {
            compare_vector_index(schema, index, &table, &mut differences);
        }
        Ok(TableDifferences::new(name, differences))
    }
}

impl<T: TableDefinition> IntoFuture for VerifyTable<T> {
    type Output = Result<TableDifferences, Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Compares the primary key, and the types of all key attributes that the table has.
fn compare_keys(schema: &TableSchema, table: &TableDescription, differences: &mut Vec<Difference>) {
    let (expected, found) = (KeyNames::of(schema.keys()), key_names(table.key_schema()));
    if expected != found {
        differences.push(Difference::TableKey { expected, found });
    }
    let indexes = schema.indexes().iter().flat_map(|i| i.keys().iter());
    let mut seen: Vec<&str> = Vec::new();
    let vector_indexes = schema.vector_indexes().iter();
    let searched = vector_indexes.flat_map(VectorIndexSchema::search_schema);
    for element in schema.keys().iter().chain(indexes).chain(searched) {
        if !seen.contains(&element.name()) {
            seen.push(element.name());
            differences.extend(compare_type(element, table.attribute_definitions()));
        }
    }
}

/// Compares the type of a key attribute. An attribute that is in no key of the table has no type there: the key differs
/// then.
fn compare_type(element: &KeyElement, definitions: &[AttributeDefinition]) -> Option<Difference> {
    let definition = definitions
        .iter()
        .find(|definition| definition.attribute_name() == element.name())?;
    let found = match definition.attribute_type() {
        ScalarAttributeType::S => Some(KeyKind::S),
        ScalarAttributeType::N => Some(KeyKind::N),
        ScalarAttributeType::B => Some(KeyKind::B),
        _ => None,
    };
    (found != Some(element.kind())).then(|| Difference::KeyType {
        attribute: element.name().to_owned(),
        expected: element.kind(),
        found,
    })
}

fn compare_ttl(attribute: &str, found: Option<&TimeToLiveDescription>) -> Option<Difference> {
    let on = found.filter(|found| {
        matches!(
            found.time_to_live_status(),
            Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling)
        )
    });
    match on.and_then(TimeToLiveDescription::attribute_name) {
        Some(found) if found == attribute => None,
        Some(found) => Some(Difference::TimeToLiveAttribute {
            expected: attribute.to_owned(),
            found: found.to_owned(),
        }),
        None => Some(Difference::TimeToLiveOff {
            attribute: attribute.to_owned(),
        }),
    }
}

/// What DynamoDB says of an index.
struct Found<'a> {
    keys: &'a [KeySchemaElement],
    projection: Option<&'a Projection>,
}

fn find<'a>(table: &'a TableDescription, name: &str, scope: IndexScope) -> Option<Found<'a>> {
    match scope {
        IndexScope::Global => table
            .global_secondary_indexes()
            .iter()
            .find(|index| index.index_name() == Some(name))
            .map(|index| Found {
                keys: index.key_schema(),
                projection: index.projection(),
            }),
        IndexScope::Local => table
            .local_secondary_indexes()
            .iter()
            .find(|index| index.index_name() == Some(name))
            .map(|index| Found {
                keys: index.key_schema(),
                projection: index.projection(),
            }),
    }
}

fn compare_index(
    schema: &TableSchema,
    index: &IndexSchema,
    table: &TableDescription,
    differences: &mut Vec<Difference>,
) {
    let (name, scope) = (index.name(), index.scope());
    let other = match scope {
        IndexScope::Global => IndexScope::Local,
        IndexScope::Local => IndexScope::Global,
    };
    let found = match find(table, name, scope) {
        Some(found) => found,
        None => {
            let Some(found) = find(table, name, other) else {
                differences.push(Difference::MissingIndex {
                    index: name.to_owned(),
                    scope,
                });
                return;
            };
            differences.push(Difference::IndexScope {
                index: name.to_owned(),
                expected: scope,
            });
            found
        }
    };
    let (expected, keys) = (KeyNames::of(index.keys()), key_names(found.keys));
    if expected != keys {
        differences.push(Difference::IndexKey {
            index: name.to_owned(),
            expected,
            found: keys,
        });
    }
    let keys = |name: &str| index.keys().contains(name) || schema.keys().contains(name);
    differences.extend(compare_projection(
        name,
        index.projection(),
        found.projection,
        keys,
    ));
}

fn key_names(elements: &[KeySchemaElement]) -> KeyNames {
    let of = |key_type: KeyType| {
        let elements = elements.iter().filter(|e| *e.key_type() == key_type);
        elements.map(|e| e.attribute_name().to_owned()).collect()
    };
    KeyNames {
        partition: of(KeyType::Hash),
        sort: of(KeyType::Range),
    }
}
