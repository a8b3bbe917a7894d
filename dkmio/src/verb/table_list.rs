//! Names the tables of a request with several members, for errors that are found before the request is sent.

/// Lists the tables, each once; empty if there is none.
pub(super) fn table_list<'a>(tables: impl IntoIterator<Item = &'a str>) -> String {
    let mut tables: Vec<&str> = tables.into_iter().collect();
    tables.sort_unstable();
    tables.dedup();
    tables.join(", ")
}
