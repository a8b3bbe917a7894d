//! The state before a request: the tables and their items.

use crate::case::{Case, IndexProjection, IndexSchema, KeyElement, Request, Schema};
use crate::send::Fault;
use crate::value::{Item, to_sdk};
use dkmio::aws_sdk_dynamodb::Client;
use dkmio::aws_sdk_dynamodb::error::BuildError;
use dkmio::aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType,
    LocalSecondaryIndex, Projection, ProjectionType, ScalarAttributeType,
};

/// The cases name their tables `T1`, which is shorter than DynamoDB takes.
const PREFIX: &str = "corpus-";

pub(crate) fn sent_name(recorded: &str) -> String {
    format!("{PREFIX}{recorded}")
}

pub(crate) fn recorded_name(sent: String) -> String {
    match sent.strip_prefix(PREFIX) {
        Some(recorded) => recorded.to_owned(),
        None => sent,
    }
}

pub(crate) async fn make(client: &Client, case: &Case) -> Result<(), Fault> {
    for (name, schema) in &case.schemas {
        create(client, name, schema).await?;
    }
    for (table, items) in &case.items {
        for item in items {
            let put = client.put_item().table_name(sent_name(table));
            put.set_item(Some(to_sdk(item))).send().await?;
        }
    }
    Ok(())
}

async fn create(client: &Client, name: &str, schema: &Schema) -> Result<(), Fault> {
    let mut create = client
        .create_table()
        .table_name(sent_name(name))
        .set_key_schema(Some(key_schema(&schema.key)?))
        .billing_mode(BillingMode::PayPerRequest);
    for (name, kind) in &schema.attrs {
        create = create.attribute_definitions(
            AttributeDefinition::builder()
                .attribute_name(name)
                .attribute_type(ScalarAttributeType::from(kind.as_str()))
                .build()?,
        );
    }
    for index in &schema.gsi {
        create = create.global_secondary_indexes(global(index)?);
    }
    for index in &schema.lsi {
        create = create.local_secondary_indexes(local(index)?);
    }
    create.send().await?;
    Ok(())
}

fn global(index: &IndexSchema) -> Result<GlobalSecondaryIndex, BuildError> {
    GlobalSecondaryIndex::builder()
        .index_name(&index.name)
        .set_key_schema(Some(key_schema(&index.key)?))
        .projection(projection(&index.projection))
        .build()
}

fn local(index: &IndexSchema) -> Result<LocalSecondaryIndex, BuildError> {
    LocalSecondaryIndex::builder()
        .index_name(&index.name)
        .set_key_schema(Some(key_schema(&index.key)?))
        .projection(projection(&index.projection))
        .build()
}

fn key_schema(key: &[KeyElement]) -> Result<Vec<KeySchemaElement>, BuildError> {
    key.iter()
        .map(|(name, kind)| {
            KeySchemaElement::builder()
                .attribute_name(name)
                .key_type(KeyType::from(kind.as_str()))
                .build()
        })
        .collect()
}

fn projection(projection: &IndexProjection) -> Projection {
    Projection::builder()
        .projection_type(ProjectionType::from(projection.projection_type.as_str()))
        .set_non_key_attributes(projection.non_key_attributes.clone())
        .build()
}

impl Request {
    /// Returns the name of the table as it is sent.
    pub(crate) fn table(&self) -> Option<String> {
        self.table_name.as_deref().map(sent_name)
    }
}

impl Schema {
    /// Returns the names of the table's key attributes, or of the index's.
    pub(crate) fn key_of(&self, index: Option<&str>) -> Option<&[KeyElement]> {
        let Some(name) = index else {
            return Some(&self.key);
        };
        let mut indexes = self.gsi.iter().chain(&self.lsi);
        Some(&indexes.find(|index| index.name == name)?.key)
    }

    /// Returns the key of an item, or the key itself.
    pub(crate) fn key_in(&self, item: &Item) -> Item {
        let names = self.key.iter().map(|(name, _)| name);
        names
            .filter_map(|name| Some((name.clone(), item.get(name)?.clone())))
            .collect()
    }
}
