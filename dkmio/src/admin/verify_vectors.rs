//! Compares the vector indexes of a table with its model.

use super::compare_projection::compare_projection;
use super::difference::{Difference, SearchedBy, Vectors};
use crate::schema::{KeyElement, TableSchema, VectorIndexSchema};
use aws_sdk_dynamodb::types::{
    SearchSchemaElementType, TableDescription, VectorDistanceFunction, VectorIndexDescription,
};

pub(super) fn compare_vector_index(
    schema: &TableSchema,
    index: &VectorIndexSchema,
    table: &TableDescription,
    differences: &mut Vec<Difference>,
) {
    let name = || index.name().to_owned();
    let mut indexes = table.vector_indexes().iter();
    let Some(found) = indexes.find(|found| found.index_name() == Some(index.name())) else {
        differences.push(Difference::MissingVectorIndex { index: name() });
        return;
    };
    let (expected, vectors) = (expected_vectors(index), found_vectors(found));
    if expected != vectors {
        differences.push(Difference::Vectors {
            index: name(),
            expected,
            found: vectors,
        });
    }
    let (expected, searched) = (expected_search(index), found_search(found));
    if expected != searched {
        differences.push(Difference::SearchSchema {
            index: name(),
            expected,
            found: searched,
        });
    }
    let is_key = |attribute: &str| {
        let mut searched = index.search_schema().map(KeyElement::name);
        schema.keys().contains(attribute) || searched.any(|name| name == attribute)
    };
    differences.extend(compare_projection(
        index.name(),
        index.projection(),
        found.projection(),
        is_key,
    ));
}

fn expected_vectors(index: &VectorIndexSchema) -> Vectors {
    Vectors {
        attribute: index.attribute().to_owned(),
        dimensions: index.dimensions(),
        distance: index.distance().as_str().to_owned(),
    }
}

fn found_vectors(found: &VectorIndexDescription) -> Vectors {
    let attribute = found.vector_attribute();
    let dimensions = found.dimensions().unwrap_or_default();
    let distance = found
        .distance_function()
        .map(VectorDistanceFunction::as_str);
    Vectors {
        attribute: attribute
            .map(|attribute| attribute.attribute_name().to_owned())
            .unwrap_or_default(),
        dimensions: u32::try_from(dimensions).unwrap_or(u32::MAX),
        distance: distance.unwrap_or_default().to_owned(),
    }
}

fn expected_search(index: &VectorIndexSchema) -> SearchedBy {
    let filters = index.filters().iter().map(KeyElement::name);
    SearchedBy {
        partition: index.partition().map(|element| element.name().to_owned()),
        filters: filters.map(str::to_owned).collect(),
    }
}

fn found_search(found: &VectorIndexDescription) -> SearchedBy {
    let mut searched = SearchedBy::default();
    for element in found.search_schema() {
        let name = element.attribute_name().to_owned();
        match element.search_schema_element_type() {
            SearchSchemaElementType::Hash => searched.partition = Some(name),
            _ => {
                searched.filters.insert(name);
            }
        }
    }
    searched
}
