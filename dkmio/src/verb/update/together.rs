//! What an update of an entity can do in addition: set the members of an index together, and make the item.

use super::Update;
use super::index_keys::Given;
use crate::attr::Path;
use crate::expr::JointValues;
use crate::schema::{HasJoints, Joint, Table};

impl<M: HasJoints, R: Send + 'static> Update<M, R> {
    /// Sets the members of which only together the key of an index is made, in the order of their declaration;
    /// [`given(value)`](crate::given) for one that stays as it is.
    ///
    /// `None` for one of them takes the item out of the index.
    pub fn set_together<T, A, V: JointValues<T, A>>(
        mut self,
        index: impl FnOnce(&M::Joints) -> Joint<M, T, A>,
        values: V,
    ) -> Self {
        let members = index(&Default::default()).members();
        for (member, (term, is_given)) in members.iter().zip(values.into_sayings()) {
            let attribute = M::SCHEMA
                .entity()
                .and_then(|entity| entity.members.get(*member));
            let Some(attribute) = attribute else { continue };
            if !is_given {
                let path = Path::root(attribute.attribute);
                self.update = std::mem::take(&mut self.update).set_term(path, term);
                continue;
            }
            self.given.push(Given::new(*member, term));
        }
        self
    }
}

impl<M: Table, R: Send + 'static> Update<M, R> {
    /// Makes the item where there is none, with its keys and its kind: for counters and the like. Without it, an update of
    /// an entity fails with [`ConditionFailed`](crate::Error::ConditionFailed) where there is no item.
    ///
    /// The item is in the indexes whose members the update knows. It reads back only if the update sets all attributes that
    /// the entity needs. For a model whose keys are fields this changes nothing: its updates make the item anyway.
    pub fn or_create(mut self) -> Self {
        self.or_create = true;
        self
    }
}
