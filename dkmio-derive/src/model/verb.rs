//! The functions that the derive makes for each table. A new one is a line here, and rustc then asks for its code.

macro_rules! verbs {
    ($($verb:ident $name:literal,)*) => {
        /// A function of a table, such as `Orders::get(..)`.
        #[derive(Clone, Copy)]
        pub(crate) enum Verb { $($verb,)* }

        impl Verb {
            pub(crate) const ALL: &[Self] = &[$(Self::$verb,)*];

            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$verb => $name,)* }
            }
        }
    };
}

verbs! {
    Get "get",
    Put "put",
    Update "update",
    Delete "delete",
    Query "query",
    Scan "scan",
    BatchGet "batch_get",
    BatchGetStream "batch_get_stream",
    BatchWrite "batch_write",
    ConditionCheck "condition_check",
    Key "key",
    Diff "diff",
    Replace "replace",
    Save "save",
    Unchanged "unchanged",
}

/// Returns the names that an index accessor must not take: those of the verbs, and `attrs`, which the derive may need.
pub(crate) fn reserved() -> impl Iterator<Item = &'static str> {
    let verbs = Verb::ALL.iter().map(|verb| verb.name());
    verbs.chain(["attrs"])
}
