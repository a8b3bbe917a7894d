//! Tells whether there was an item when a write's condition failed.

use super::{ConditionFailed, Error};

/// What the failure of a write's condition tells of the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existence {
    Unknown,
    /// There was no item, because the condition can fail in no other way.
    Missing,
    /// There was an item, because the condition can fail in no other way.
    There,
    /// The write asked for the item, and DynamoDB returns it if there was one.
    Asked,
}

impl ConditionFailed {
    /// Returns whether there was an item with this key when the condition failed; `None` where that is not known.
    ///
    /// It is known of a write with `.if_exists()`, `.if_not_exists()` or `.return_old_on_failure()`. Where a write with
    /// `.if_exists()` has other conditions too, dkmio asks DynamoDB for the item when the condition fails
    /// (`ReturnValuesOnConditionCheckFailure`), since nothing else tells them apart. That costs no capacity, but an
    /// answer of up to 400 KB on failure; then the item is here too, without being asked for.
    ///
    /// Look at [`Error::is_ambiguous`] first: an attempt before may have deleted the item, or made it.
    pub fn item_existed(&self) -> Option<bool> {
        match self.existence {
            Existence::Missing => Some(false),
            Existence::There => Some(true),
            Existence::Asked => Some(self.item.is_some()),
            Existence::Unknown => self.item.is_some().then_some(true),
        }
    }

    /// Returns whether there was no item, so that a service can answer 404, and otherwise 409. `false` if that is not
    /// known: see [`ConditionFailed::item_existed`].
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "users")]
    /// # struct Users { #[pk] id: String, name: String, version: u64 }
    /// /// The HTTP status of a PATCH.
    /// async fn rename(db: &DynamoDb, id: &str, name: &str, version: u64) -> Result<u16, Error> {
    ///     let update = Users::update(id)
    ///         .set(|u| u.name(), name)
    ///         .add(|u| u.version(), 1)
    ///         .condition(|u| u.version().eq(version))
    ///         .if_exists();
    ///     match update.execute(db).await {
    ///         Ok(()) => Ok(204),
    ///         Err(Error::ConditionFailed(e)) => Ok(if e.is_missing() { 404 } else { 409 }),
    ///         Err(e) => Err(e),
    ///     }
    /// }
    /// # let _ = rename;
    /// ```
    pub fn is_missing(&self) -> bool {
        self.item_existed() == Some(false)
    }
}

impl Error {
    /// Adds what the failed condition tells of the item.
    pub(crate) fn telling(mut self, existence: Existence) -> Self {
        if let Self::ConditionFailed(e) = &mut self {
            e.existence = existence;
        }
        self
    }
}
