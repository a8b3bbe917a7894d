use std::borrow::Cow;
use std::collections::HashMap;

/// How a connection names the tables of the models: a prefix for all, or another name for one.
#[derive(Clone, Debug, Default)]
pub(crate) struct TableNames {
    pub(crate) prefix: String,
    pub(crate) overrides: HashMap<String, String>,
}

impl TableNames {
    /// Returns the name of the table in this connection; an override is taken as it is, without the prefix.
    pub(crate) fn resolve<'a>(&'a self, table: &'a str) -> Cow<'a, str> {
        match self.overrides.get(table) {
            Some(name) => Cow::Borrowed(name),
            None if self.prefix.is_empty() => Cow::Borrowed(table),
            None => Cow::Owned(format!("{}{table}", self.prefix)),
        }
    }
    /// Gives a table the name that it has in this connection.
    pub(crate) fn rename(&self, table: &mut String) {
        if self.prefix.is_empty() && self.overrides.is_empty() {
            return;
        }
        *table = self.resolve(table).into_owned();
    }
}
