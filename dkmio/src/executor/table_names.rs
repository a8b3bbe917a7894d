//! The names of tables in one connection.

use std::borrow::Cow;
use std::collections::HashMap;

/// Maps the tables of the models to the tables of a connection. Filled by the builder in `client`.
#[derive(Clone, Debug, Default)]
pub(crate) struct TableNames {
    /// Comes before each name that has no override.
    pub(crate) prefix: String,
    /// Whole names, by the names in the models.
    pub(crate) overrides: HashMap<String, String>,
}

impl TableNames {
    /// Returns the name of the table in this connection. An override gets no prefix.
    pub(crate) fn resolve<'a>(&'a self, table: &'a str) -> Cow<'a, str> {
        match self.overrides.get(table) {
            Some(name) => Cow::Borrowed(name),
            None if self.prefix.is_empty() => Cow::Borrowed(table),
            None => Cow::Owned(format!("{}{table}", self.prefix)),
        }
    }

    /// Replaces a table's name by its name in this connection.
    pub(crate) fn rename(&self, table: &mut String) {
        if self.prefix.is_empty() && self.overrides.is_empty() {
            return;
        }
        *table = self.resolve(table).into_owned();
    }
}
