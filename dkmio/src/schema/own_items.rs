//! Which items of a shared table are dkmio's own: guards of unique attributes, and sequences.

use super::TableSchema;

/// How the partitions of dkmio's own items begin. No template of an entity begins so.
const PARTITIONS: [&str; 2] = ["UNIQUE#", SEQUENCE_PARTITION];

/// How the partition of a sequence begins; its name follows.
pub(crate) const SEQUENCE_PARTITION: &str = "SEQUENCE#";
/// The kind of a sequence.
pub(crate) const SEQUENCE_KIND: &str = "dkmio:sequence";

/// Returns how the partitions of dkmio's own items begin.
pub(crate) fn own_partitions() -> impl Iterator<Item = &'static str> {
    PARTITIONS.into_iter()
}

/// Returns whether an item with these texts is one of dkmio's own.
pub(crate) fn is_own<'a>(table: &TableSchema, text: impl Fn(&str) -> Option<&'a str>) -> bool {
    let partition = table.keys().partition().first();
    let text = partition.and_then(|key| text(key.name()));
    text.is_some_and(|text| PARTITIONS.iter().any(|own| text.starts_with(own)))
}
