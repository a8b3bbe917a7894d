//! Writes the item of a put into its request.

use super::stub;
use crate::value::EncodedItem;

/// Returns the body with the item instead of the first stub, or `None` if there is no stub.
pub(super) fn splice(body: &[u8], item: &EncodedItem) -> Option<Vec<u8>> {
    let (before, after) = stub::split(body)?;
    Some([before, item.json(), after].concat())
}
