//! What an index holds of its table, as a constant.

/// What an index holds of its table's attributes, in addition to the keys of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexProjection {
    /// All attributes.
    All,
    /// No other attributes.
    KeysOnly,
    /// These attributes.
    Include(&'static [&'static str]),
}
