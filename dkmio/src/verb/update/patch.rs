//! `Patch`: a struct of what an update sets, if it is there.

use super::Update;
use crate::schema::Table;

/// A struct of what an update of the model `M` sets: it derives [`DynamoPatch`](derive@crate::DynamoPatch).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a patch of `{M}`",
    label = "not a patch of this model",
    note = "derive `dkmio::DynamoPatch` for it: `#[patch(of = ..)]`"
)]
pub trait Patch<M> {
    /// Adds to the update what the patch has.
    fn apply<R: Send + 'static>(&self, update: Update<M, R>) -> Update<M, R>;
}

impl<M: Table, R: Send + 'static> Update<M, R> {
    /// Sets what is there of a patch: a struct of `Option`s that derives [`DynamoPatch`](derive@crate::DynamoPatch), such as
    /// the body of a `PATCH` request.
    ///
    /// A patch in which nothing is there changes nothing, and an update that changes nothing is an error before sending.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoPatch, DynamoTable, Error};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "users")]
    /// # struct Users { #[pk] id: String, name: String, note: Option<String> }
    /// #[derive(Default, serde::Deserialize, DynamoPatch)]
    /// #[patch(of = Users)]
    /// struct UserPatch {
    ///     name: Option<String>,
    ///     /// `Some(None)` removes it.
    ///     note: Option<Option<String>>,
    /// }
    ///
    /// let patch = UserPatch { note: Some(None), ..UserPatch::default() };
    /// let update = Users::update("usr_1").patch(&patch).if_exists();
    /// # update.explain()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn patch(self, patch: &impl Patch<M>) -> Self {
        patch.apply(self)
    }
}
