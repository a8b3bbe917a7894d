//! `SharedTable`: a table that holds several kinds of items.

use super::const_text::same;
use super::{Escape, IndexProjection, IndexSchema, KeySchema, TableSchema};

/// A table that holds several kinds of items: a struct that derives [`SharedTable`](derive@crate::SharedTable).
///
/// Each kind is a struct that derives [`DynamoEntity`](derive@crate::DynamoEntity).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table of several entities",
    label = "not a shared table",
    note = "derive `dkmio::SharedTable` for it"
)]
pub trait SharedTable: 'static {
    /// The table's name, keys and indexes.
    const SCHEMA: SharedSchema;
    /// What can be compared in order where `#` or another character up to `%` ends it: all members, or those of one width.
    #[doc(hidden)]
    type Ended;
}

/// A shared table as it is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedSchema {
    table: TableSchema,
    kind: Option<&'static str>,
    escape: Escape,
    adopt: bool,
}

impl SharedSchema {
    #[doc(hidden)]
    pub const fn new(
        table: TableSchema,
        kind: Option<&'static str>,
        escape: Escape,
        adopt: bool,
    ) -> Self {
        Self {
            table,
            kind,
            escape,
            adopt,
        }
    }

    /// Returns the table's name, keys, indexes and time to live.
    pub const fn table(&self) -> &TableSchema {
        &self.table
    }

    /// Returns the attribute that says of which kind an item is; `None` if kinds are told by their keys.
    pub const fn kind(&self) -> Option<&'static str> {
        self.kind
    }

    #[doc(hidden)]
    pub const fn escape(&self) -> Escape {
        self.escape
    }

    #[doc(hidden)]
    pub const fn adopts(&self) -> bool {
        self.adopt
    }

    pub(super) const fn find_index(&self, accessor: &str) -> Option<&IndexSchema> {
        let mut rest = self.table.indexes;
        while let [index, after @ ..] = rest {
            if same(index.accessor(), accessor) {
                return Some(index);
            }
            rest = after;
        }
        None
    }

    /// Returns the index with this accessor. If there is none, which the derive reports by itself, returns one without keys.
    #[doc(hidden)]
    pub const fn index(&self, accessor: &str) -> IndexSchema {
        match self.find_index(accessor) {
            Some(index) => *index,
            None => IndexSchema::global("", "", KeySchema::new(&[], &[]), IndexProjection::All),
        }
    }
}
