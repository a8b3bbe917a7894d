//! Vector indexes as constants: the derive writes them, and the library reads them at run time.

use super::{IndexProjection, KeyElement, KeySchema};

/// How a vector index compares vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DistanceFunction {
    /// The angle between the vectors, from 0 to 2, whatever their lengths: the smaller, the nearer.
    Cosine,
    /// The sum of the products of the vectors' numbers: the larger, the nearer.
    DotProduct,
    /// The length of the difference of the vectors: the smaller, the nearer.
    Euclidean,
}

impl DistanceFunction {
    /// Returns DynamoDB's name of the function.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cosine => "COSINE",
            Self::DotProduct => "DOT_PRODUCT",
            Self::Euclidean => "EUCLIDEAN",
        }
    }
}

/// A vector index as its model declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VectorIndexSchema {
    accessor: &'static str,
    name: &'static str,
    attribute: &'static str,
    dimensions: u32,
    distance: DistanceFunction,
    partition: KeySchema,
    filters: &'static [KeyElement],
    projection: IndexProjection,
}

impl VectorIndexSchema {
    #[doc(hidden)]
    #[allow(
        clippy::too_many_arguments,
        reason = "written by the derive, one fact each"
    )]
    pub const fn new(
        accessor: &'static str,
        name: &'static str,
        attribute: &'static str,
        dimensions: u32,
        distance: DistanceFunction,
        partition: &'static [KeyElement],
        filters: &'static [KeyElement],
        projection: IndexProjection,
    ) -> Self {
        Self {
            accessor,
            name,
            attribute,
            dimensions,
            distance,
            partition: KeySchema::new(partition, &[]),
            filters,
            projection,
        }
    }

    /// Returns the name of the index's accessor on the model.
    pub const fn accessor(&self) -> &'static str {
        self.accessor
    }

    /// Returns the index's name in DynamoDB.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the attribute that holds the vector.
    pub const fn attribute(&self) -> &'static str {
        self.attribute
    }

    /// Returns the number of floats of each vector.
    pub const fn dimensions(&self) -> u32 {
        self.dimensions
    }

    /// Returns how the index compares vectors.
    pub const fn distance(&self) -> DistanceFunction {
        self.distance
    }

    /// Returns the attribute that partitions the index, whose value every search names.
    pub const fn partition(&self) -> Option<&'static KeyElement> {
        match self.partition.partition() {
            [element, ..] => Some(element),
            [] => None,
        }
    }

    /// Returns the attributes that a search may filter on.
    pub const fn filters(&self) -> &'static [KeyElement] {
        self.filters
    }

    /// Returns what the index holds of the table.
    pub const fn projection(&self) -> IndexProjection {
        self.projection
    }

    /// Returns the partition attribute as the key of the index.
    pub(crate) const fn keys(&self) -> &KeySchema {
        &self.partition
    }

    /// Iterates over the attributes of the search schema: that of the partition, then the filters.
    pub(crate) fn search_schema(&self) -> impl Iterator<Item = &'static KeyElement> + use<> {
        self.partition.iter().chain(self.filters)
    }
}
