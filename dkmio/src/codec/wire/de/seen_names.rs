//! Notices names that come twice in a map, where serde does not.

use crate::codec::wire::name_set::NameSet;

/// The names that a map has had so far: a [`NameSet`] for maps, and `()` for structs, whose derived code refuses a name
/// that comes twice.
pub(in crate::codec::wire) trait SeenNames {
    /// Whether names are looked at.
    const LOOKS: bool;
    fn none() -> Self;
    /// Adds a name. Returns `false` if it came before.
    fn add(&mut self, name: &str) -> bool;
}

impl SeenNames for NameSet {
    const LOOKS: bool = true;

    fn none() -> Self {
        Self::new()
    }

    fn add(&mut self, name: &str) -> bool {
        self.insert(name.as_bytes())
    }
}

impl SeenNames for () {
    const LOOKS: bool = false;

    fn none() -> Self {}

    fn add(&mut self, _: &str) -> bool {
        true
    }
}
