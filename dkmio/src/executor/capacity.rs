//! The capacity that requests use, as DynamoDB reports it: of one request, and summed by a meter.

use aws_sdk_dynamodb::types;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};

/// Capacity units that were used, for each table and index: what DynamoDB says when it is asked to
/// (`ReturnConsumedCapacity`), summed over the requests of an operation.
///
/// From [`Page::consumed_capacity`](crate::Page::consumed_capacity), a [`CapacityMeter`] or an
/// [`Observer`](crate::Observer).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumedCapacity {
    tables: BTreeMap<String, TableCapacity>,
}

/// The capacity of one table and its indexes, as a part of a [`ConsumedCapacity`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableCapacity {
    total: f64,
    /// Read units, where DynamoDB tells them from write units: in transactions.
    read: Option<f64>,
    /// Write units, likewise.
    write: Option<f64>,
    /// The units of the table itself, without its indexes.
    own: Option<f64>,
    indexes: BTreeMap<String, f64>,
    vectors: BTreeMap<String, VectorBytes>,
}

/// The bytes that vector indexes are billed, in place of capacity units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct VectorBytes {
    /// Those of searches (`VectorSearchRequestBytes`).
    pub searched: f64,
    /// Those of writes that change what an index holds (`VectorWriteRequestBytes`).
    pub written: f64,
}

impl VectorBytes {
    fn of(reported: &types::VectorCapacity) -> Self {
        Self {
            searched: reported.vector_search_request_bytes().unwrap_or_default(),
            written: reported.vector_write_request_bytes().unwrap_or_default(),
        }
    }

    fn add(&mut self, other: Self) {
        self.searched += other.searched;
        self.written += other.written;
    }

    fn to_json(self) -> serde_json::Value {
        let mut json = serde_json::json!({});
        let members = [
            ("VectorSearchRequestBytes", self.searched),
            ("VectorWriteRequestBytes", self.written),
        ];
        for (name, bytes) in members {
            if bytes > 0.0 {
                json[name] = bytes.into();
            }
        }
        json
    }
}

impl ConsumedCapacity {
    pub(crate) fn of(reported: &[types::ConsumedCapacity]) -> Option<Self> {
        let mut consumed = Self::default();
        for reported in reported {
            let table = reported.table_name().unwrap_or_default();
            let table = consumed.tables.entry(table.to_owned()).or_default();
            table.add(&TableCapacity::of(reported));
        }
        (!consumed.tables.is_empty()).then_some(consumed)
    }

    /// Returns the capacity of a search, which DynamoDB reports without names.
    pub(crate) fn of_search(table: &str, index: &str, bytes: f64) -> Self {
        let searched = VectorBytes {
            searched: bytes,
            written: 0.0,
        };
        let table_capacity = TableCapacity {
            vectors: BTreeMap::from([(index.to_owned(), searched)]),
            ..TableCapacity::default()
        };
        Self {
            tables: BTreeMap::from([(table.to_owned(), table_capacity)]),
        }
    }

    /// Adds the capacity of another request.
    pub(crate) fn add(&mut self, other: &Self) {
        for (name, table) in &other.tables {
            match self.tables.get_mut(name) {
                Some(sum) => sum.add(table),
                None => {
                    self.tables.insert(name.clone(), table.clone());
                }
            }
        }
    }

    /// Returns the units in all, of reads and writes, tables and indexes.
    pub fn total(&self) -> f64 {
        self.tables.values().map(TableCapacity::total).sum()
    }

    /// Returns the bytes of vector indexes in all, which are no part of the units.
    pub fn vector_bytes(&self) -> VectorBytes {
        let mut sum = VectorBytes::default();
        for bytes in self
            .tables
            .values()
            .flat_map(|table| table.vectors.values())
        {
            sum.add(*bytes);
        }
        sum
    }

    /// Returns the part of one table and its indexes, by its name in the connection.
    pub fn table(&self, name: &str) -> Option<&TableCapacity> {
        self.tables.get(name)
    }

    /// Iterates over the tables, by name.
    pub fn tables(&self) -> impl Iterator<Item = (&str, &TableCapacity)> {
        self.tables
            .iter()
            .map(|(name, table)| (name.as_str(), table))
    }
}

impl TableCapacity {
    fn of(reported: &types::ConsumedCapacity) -> Self {
        let local = reported.local_secondary_indexes().into_iter().flatten();
        let global = reported.global_secondary_indexes().into_iter().flatten();
        let units = |capacity: &types::Capacity| capacity.capacity_units().unwrap_or_default();
        Self {
            total: reported.capacity_units().unwrap_or_default(),
            read: reported.read_capacity_units(),
            write: reported.write_capacity_units(),
            own: reported.table().map(units),
            indexes: local
                .chain(global)
                .map(|(name, capacity)| (name.clone(), units(capacity)))
                .collect(),
            vectors: reported
                .vector_indexes()
                .into_iter()
                .flatten()
                .map(|(name, capacity)| (name.clone(), VectorBytes::of(capacity)))
                .collect(),
        }
    }

    fn add(&mut self, other: &Self) {
        let sum = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => Some(a + b),
            (a, b) => a.or(b),
        };
        self.total += other.total;
        self.read = sum(self.read, other.read);
        self.write = sum(self.write, other.write);
        self.own = sum(self.own, other.own);
        for (name, units) in &other.indexes {
            *self.indexes.entry(name.clone()).or_default() += units;
        }
        for (name, bytes) in &other.vectors {
            self.vectors.entry(name.clone()).or_default().add(*bytes);
        }
    }

    /// Returns the units in all: of the table and its indexes.
    pub fn total(&self) -> f64 {
        self.total
    }

    /// Returns the read units, where DynamoDB tells them from write units: in transactions.
    pub fn read(&self) -> Option<f64> {
        self.read
    }

    /// Returns the write units, where DynamoDB tells them from read units: in transactions.
    pub fn write(&self) -> Option<f64> {
        self.write
    }

    /// Returns the units of the table itself, without its indexes.
    pub fn own(&self) -> Option<f64> {
        self.own
    }

    /// Returns the units of one index; zero if it was not used.
    pub fn index(&self, name: &str) -> f64 {
        self.indexes.get(name).copied().unwrap_or_default()
    }

    /// Iterates over the indexes that were used, by name.
    pub fn indexes(&self) -> impl Iterator<Item = (&str, f64)> {
        self.indexes
            .iter()
            .map(|(name, units)| (name.as_str(), *units))
    }

    /// Returns the bytes of one vector index; zero if it was not used.
    pub fn vector_index(&self, name: &str) -> VectorBytes {
        self.vectors.get(name).copied().unwrap_or_default()
    }

    /// Iterates over the vector indexes that were used, by name.
    pub fn vector_indexes(&self) -> impl Iterator<Item = (&str, VectorBytes)> {
        self.vectors
            .iter()
            .map(|(name, bytes)| (name.as_str(), *bytes))
    }
}

/// As JSON in DynamoDB's words: the form that OpenTelemetry has for `aws.dynamodb.consumed_capacity`.
impl fmt::Display for ConsumedCapacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tables: Vec<serde_json::Value> = self
            .tables()
            .map(|(name, table)| {
                let mut json = serde_json::json!({
                    "TableName": name,
                    "CapacityUnits": table.total,
                });
                let units = |units: f64| serde_json::json!({ "CapacityUnits": units });
                if let Some(own) = table.own {
                    json["Table"] = units(own);
                }
                if !table.indexes.is_empty() {
                    json["Indexes"] = table
                        .indexes()
                        .map(|(name, used)| (name.to_owned(), units(used)))
                        .collect();
                }
                if !table.vectors.is_empty() {
                    json["VectorIndexes"] = table
                        .vector_indexes()
                        .map(|(name, bytes)| (name.to_owned(), bytes.to_json()))
                        .collect();
                }
                json
            })
            .collect();
        write!(f, "{}", serde_json::Value::from(tables))
    }
}

/// Adds up the capacity that operations use: [`DynamoDb::metered`](crate::DynamoDb::metered).
///
/// It works with every verb, and sums over all pages of a walk and all requests of a batch. What a failed request used is
/// not in it: DynamoDB does not say. Clones share one sum.
///
/// # Examples
///
/// ```
/// # use dkmio::{CapacityMeter, DynamoDb, DynamoTable, Error};
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # #[gsi(by_status, name = "by-status", pk = status)]
/// # struct Orders { #[pk] id: String, status: String }
/// # #[cfg(feature = "embedded")]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let db = DynamoDb::embedded();
/// # db.create_table::<Orders>().await?;
/// # let order = Orders { id: "ord_1".to_owned(), status: "PENDING".to_owned() };
/// let meter = CapacityMeter::new();
/// Orders::put(&order).execute(&db.metered(&meter)).await?;
/// let used = meter.consumed();
/// println!("{} units", used.total());
/// for (table, part) in used.tables() {
///     println!("{table}: {:?}, its index: {}", part.own(), part.index("by-status"));
/// }
/// # assert_eq!(used.total(), 2.0);
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "embedded"))]
/// # fn main() {}
/// ```
#[derive(Clone, Debug, Default)]
pub struct CapacityMeter {
    consumed: Arc<Mutex<ConsumedCapacity>>,
}

impl CapacityMeter {
    /// Makes a meter at zero.
    pub fn new() -> Self {
        Self::default()
    }

    fn sum(&self) -> MutexGuard<'_, ConsumedCapacity> {
        // Behind a poisoned lock the sum is whole, because nothing panics while the lock is held.
        self.consumed.lock().unwrap_or_else(|e| e.into_inner())
    }

    pub(super) fn add(&self, consumed: &ConsumedCapacity) {
        self.sum().add(consumed);
    }

    /// Returns what was used so far.
    pub fn consumed(&self) -> ConsumedCapacity {
        self.sum().clone()
    }

    /// Returns what was used so far, and begins at zero.
    pub fn take(&self) -> ConsumedCapacity {
        std::mem::take(&mut self.sum())
    }
}
