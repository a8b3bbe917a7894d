//! What `verify_table` returns: each way in which a table can differ from its model, as a type and as a sentence.

use crate::schema::{IndexScope, KeyElement, KeySchema};
use crate::value::KeyKind;
use std::collections::BTreeSet;
use std::fmt;

/// Where a table differs from its model: what [`DynamoDb::verify_table`](crate::DynamoDb::verify_table) yields.
///
/// Prints as one line for each difference. It is an error too, for a program that wants to stop there:
/// [`TableDifferences::into_result`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "what differs is told here only"]
pub struct TableDifferences {
    table: String,
    differences: Vec<Difference>,
}

impl TableDifferences {
    pub(super) fn new(table: String, differences: Vec<Difference>) -> Self {
        Self { table, differences }
    }

    /// Returns the table's name in the connection.
    pub fn table(&self) -> &str {
        &self.table
    }

    /// Returns whether the table is as its model declares it.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// Returns the number of differences.
    pub fn len(&self) -> usize {
        self.differences.len()
    }

    /// Iterates over the differences: the table's own first, then those of each index in the order of the model.
    pub fn iter(&self) -> std::slice::Iter<'_, Difference> {
        self.differences.iter()
    }

    /// Returns itself as an error if there is any difference.
    ///
    /// # Errors
    ///
    /// The differences, if there are any.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl IntoIterator for TableDifferences {
    type Item = Difference;
    type IntoIter = std::vec::IntoIter<Difference>;

    fn into_iter(self) -> Self::IntoIter {
        self.differences.into_iter()
    }
}

impl<'a> IntoIterator for &'a TableDifferences {
    type Item = &'a Difference;
    type IntoIter = std::slice::Iter<'a, Difference>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for TableDifferences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return write!(f, "table `{}` is as its model declares it", self.table);
        }
        write!(f, "table `{}` differs from its model:", self.table)?;
        self.iter().try_for_each(|each| write!(f, "\n- {each}"))
    }
}

impl std::error::Error for TableDifferences {}

/// One difference between a table and its model.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// There is no such table.
    MissingTable,
    /// The table has another primary key.
    TableKey {
        /// The model's.
        expected: KeyNames,
        /// The table's.
        found: KeyNames,
    },
    /// A key attribute has another type.
    KeyType {
        /// The attribute.
        attribute: String,
        /// The model's type.
        expected: KeyKind,
        /// The table's type; `None` for a type that dkmio does not know.
        found: Option<KeyKind>,
    },
    /// The table does not have an index.
    MissingIndex {
        /// The index's name.
        index: String,
        /// Whether the model says it is global or local.
        scope: IndexScope,
    },
    /// An index is local where the model says global, or the other way round.
    IndexScope {
        /// The index's name.
        index: String,
        /// What the model says.
        expected: IndexScope,
    },
    /// An index has another key.
    IndexKey {
        /// The index's name.
        index: String,
        /// The model's.
        expected: KeyNames,
        /// The index's.
        found: KeyNames,
    },
    /// An index projects other attributes.
    Projection {
        /// The index's name.
        index: String,
        /// The model's.
        expected: Projected,
        /// The index's.
        found: Projected,
    },
    /// The table does not have a vector index.
    MissingVectorIndex {
        /// The index's name.
        index: String,
    },
    /// A vector index searches another attribute, or vectors of another length or by another function.
    Vectors {
        /// The index's name.
        index: String,
        /// What the model says.
        expected: Vectors,
        /// The index's.
        found: Vectors,
    },
    /// A vector index has another partition attribute or other filters.
    SearchSchema {
        /// The index's name.
        index: String,
        /// What the model says.
        expected: SearchedBy,
        /// The index's.
        found: SearchedBy,
    },
    /// The time to live is switched off.
    TimeToLiveOff {
        /// The attribute that the model declares.
        attribute: String,
    },
    /// The time to live is that of another attribute.
    TimeToLiveAttribute {
        /// The model's.
        expected: String,
        /// The table's.
        found: String,
    },
}

/// The attributes of a key, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyNames {
    /// The partition key: one attribute, or several of a global index.
    pub partition: Vec<String>,
    /// The sort key: none, one, or several of a global index.
    pub sort: Vec<String>,
}

impl KeyNames {
    pub(super) fn of(keys: &KeySchema) -> Self {
        let names = |elements: &[KeyElement]| {
            let names = elements.iter().map(|element| element.name().to_owned());
            names.collect()
        };
        Self {
            partition: names(keys.partition()),
            sort: names(keys.sort()),
        }
    }
}

/// What a vector index searches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vectors {
    /// The attribute that holds the vector.
    pub attribute: String,
    /// The length of the vectors.
    pub dimensions: u32,
    /// DynamoDB's name of the distance function.
    pub distance: String,
}

/// The attributes by which a search narrows what it finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchedBy {
    /// The partition attribute.
    pub partition: Option<String>,
    /// The filters.
    pub filters: BTreeSet<String>,
}

impl fmt::Display for Vectors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            attribute,
            dimensions,
            distance,
        } = self;
        write!(
            f,
            "`{attribute}` with {dimensions} dimensions by {distance}"
        )
    }
}

impl fmt::Display for SearchedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.partition {
            Some(partition) => write!(f, "partition attribute `{partition}`")?,
            None => f.write_str("no partition attribute")?,
        }
        match self.filters.is_empty() {
            true => f.write_str(" and no filters"),
            false => write!(f, " and filters {}", Ticked(&self.filters)),
        }
    }
}

/// The attributes that an index holds in addition to the keys of the index and of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Projected {
    /// All of the table.
    All,
    /// These attributes; none if only the keys are projected.
    Only(BTreeSet<String>),
}

/// A name in back-ticks, or a list of them.
struct Ticked<I>(I);

impl<I: IntoIterator<Item = N> + Clone, N: fmt::Display> fmt::Display for Ticked<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, name) in self.0.clone().into_iter().enumerate() {
            let separator = if at == 0 { "" } else { ", " };
            write!(f, "{separator}`{name}`")?;
        }
        Ok(())
    }
}

impl fmt::Display for KeyNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "partition key {}", Ticked(&self.partition))?;
        if self.sort.is_empty() {
            return f.write_str(" and no sort key");
        }
        write!(f, " and sort key {}", Ticked(&self.sort))
    }
}

impl fmt::Display for Projected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all attributes"),
            Self::Only(names) if names.is_empty() => f.write_str("the keys only"),
            Self::Only(names) => write!(f, "{}", Ticked(names)),
        }
    }
}

fn scope(scope: IndexScope) -> &'static str {
    match scope {
        IndexScope::Global => "global",
        IndexScope::Local => "local",
    }
}

fn kind(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::S => "a string (S)",
        KeyKind::N => "a number (N)",
        KeyKind::B => "binary (B)",
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingTable => {
                f.write_str("the table is missing; make it with `create_table`, or look at the region and the prefix")
            }
            Self::TableKey { expected, found } => {
                write!(f, "the table has {found}; the model says {expected}")
            }
            Self::KeyType {
                attribute,
                expected,
                found,
            } => {
                let found = found.map_or("of another type", kind);
                write!(f, "key attribute `{attribute}` is {found}; the model says {}", kind(*expected))
            }
            Self::MissingIndex { index, scope: s } => {
                write!(f, "{} index `{index}` is missing", scope(*s))
            }
            Self::IndexScope { index, expected } => {
                let found = match expected {
                    IndexScope::Global => IndexScope::Local,
                    IndexScope::Local => IndexScope::Global,
                };
                write!(f, "index `{index}` is {}; the model says {}", scope(found), scope(*expected))
            }
            Self::IndexKey {
                index,
                expected,
                found,
            } => write!(f, "index `{index}` has {found}; the model says {expected}"),
            Self::Projection {
                index,
                expected,
                found,
            } => write!(f, "index `{index}` projects {found}; the model says {expected}"),
            Self::MissingVectorIndex { index } => write!(f, "vector index `{index}` is missing"),
            Self::Vectors {
                index,
                expected,
                found,
            } => write!(f, "vector index `{index}` searches {found}; the model says {expected}"),
            Self::SearchSchema {
                index,
                expected,
                found,
            } => write!(f, "vector index `{index}` has {found}; the model says {expected}"),
            Self::TimeToLiveOff { attribute } => write!(
                f,
                "the time to live is off; the model says that it is `{attribute}`, and nothing expires"
            ),
            Self::TimeToLiveAttribute { expected, found } => {
                write!(f, "the time to live is `{found}`; the model says `{expected}`")
            }
        }
    }
}
