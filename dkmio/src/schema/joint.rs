//! `Joint`: the members of an index's key that an update sets together.

use super::Table;
use std::marker::PhantomData;

/// An entity with indexes whose keys are made of several members that an update does not know.
pub trait HasJoints: Table {
    /// What `set_together` hands to its closure: one function for each such index.
    type Joints: Default;
}

/// The members of an index's key of the entity `M` that are set together: their types are `T`, and their attributes `A`.
pub struct Joint<M, T, A> {
    members: &'static [usize],
    model: PhantomData<fn() -> M>,
    types: PhantomData<fn() -> (T, A)>,
}

impl<M, T, A> Joint<M, T, A> {
    /// Takes the members' indexes in the entity's schema.
    #[doc(hidden)]
    pub fn new(members: &'static [usize]) -> Self {
        Self {
            members,
            model: PhantomData,
            types: PhantomData,
        }
    }

    pub(crate) fn members(&self) -> &'static [usize] {
        self.members
    }
}
