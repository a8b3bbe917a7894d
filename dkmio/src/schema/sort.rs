//! What a query starts its sort key condition from.

/// The sort key of a source, as `.sk(|k| ..)` compares it.
pub trait SortStart {
    /// What the closure gets.
    type Start;
    #[doc(hidden)]
    fn start() -> Self::Start;
}

/// How far the members of a sort key have been compared: the next one is the `N`th.
pub struct At<const N: usize>;
/// A range came; nothing follows it.
pub struct Ended;

/// The order of a member: all types sort, because it is the last, or `#` or the like ends it.
pub struct Terminated;
/// The order of a member that something ends that sorts within text: only types of one width sort.
pub struct Unsorted;
/// The order of a member that is not written whole, or without zeros: it compares with `eq` alone.
pub struct Unordered;
