//! Whether an engine takes the table that a model declares, and makes of it what was declared.

use crate::database::Database;
use dkmio::aws_sdk_dynamodb::types::{KeySchemaElement, KeyType, Projection, ProjectionType};
use dkmio::schema::{IndexProjection, IndexScope, KeySchema};
use dkmio::{DynamoDb, Table};
use std::collections::BTreeMap;

/// What an index is, as far as a model declares it.
#[derive(Debug, PartialEq)]
struct Index {
    global: bool,
    keys: Vec<(String, KeyType)>,
    projection: ProjectionType,
    others: Vec<String>,
}

/// Creates the table of a model, and compares what there is then with what the model declares.
///
/// # Panics
///
/// When the engine refuses the table, or makes another one.
pub fn is_accepted<M: Table>() {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
        .block_on(create::<M>());
}

async fn create<M: Table>() {
    let (client, prefix) = (Database::client(), Database::prefix());
    let db = DynamoDb::builder()
        .client(client.clone())
        .table_prefix(prefix.clone())
        .build();
    let name = M::SCHEMA.name();
    if let Err(error) = Database::create::<M>(&db).await {
        panic!("the engine refuses the table `{name}`: {error}");
    }
    let described = client.describe_table().table_name(prefix + name);
    let table = described.send().await.unwrap().table.unwrap();
    assert_eq!(found_keys(table.key_schema()), keys(M::SCHEMA.keys()));
    let declared: BTreeMap<String, Index> = M::SCHEMA
        .indexes()
        .iter()
        .map(|index| {
            let (projection, others) = declared_projection(index.projection());
            let index_is = Index {
                global: index.scope() == IndexScope::Global,
                keys: keys(index.keys()),
                projection,
                others,
            };
            (index.name().to_owned(), index_is)
        })
        .collect();
    let global = table.global_secondary_indexes().iter().map(|index| {
        let parts = (index.index_name(), index.key_schema(), index.projection());
        (true, parts)
    });
    let local = table.local_secondary_indexes().iter().map(|index| {
        let parts = (index.index_name(), index.key_schema(), index.projection());
        (false, parts)
    });
    let found: BTreeMap<String, Index> = global
        .chain(local)
        .map(|(global, (name, keys, projection))| {
            let (projection, others) = found_projection(projection.unwrap());
            let index = Index {
                global,
                keys: found_keys(keys),
                projection,
                others,
            };
            (name.unwrap().to_owned(), index)
        })
        .collect();
    assert_eq!(found, declared, "the indexes of `{name}`");
}

fn keys(keys: &KeySchema) -> Vec<(String, KeyType)> {
    let partition = keys.partition().iter().map(|key| (key, KeyType::Hash));
    let sort = keys.sort().iter().map(|key| (key, KeyType::Range));
    partition
        .chain(sort)
        .map(|(key, key_type)| (key.name().to_owned(), key_type))
        .collect()
}

fn found_keys(keys: &[KeySchemaElement]) -> Vec<(String, KeyType)> {
    keys.iter()
        .map(|key| (key.attribute_name().to_owned(), key.key_type().clone()))
        .collect()
}

fn declared_projection(projection: IndexProjection) -> (ProjectionType, Vec<String>) {
    match projection {
        IndexProjection::All => (ProjectionType::All, Vec::new()),
        IndexProjection::KeysOnly => (ProjectionType::KeysOnly, Vec::new()),
        IndexProjection::Include(others) => {
            let mut others: Vec<String> = others.iter().map(|&name| name.to_owned()).collect();
            others.sort();
            (ProjectionType::Include, others)
        }
    }
}

fn found_projection(projection: &Projection) -> (ProjectionType, Vec<String>) {
    let mut others = projection.non_key_attributes().to_vec();
    others.sort();
    (projection.projection_type().unwrap().clone(), others)
}
