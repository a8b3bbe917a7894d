//! `ReceivedItem`: an item of an answer, kept for further uses of its key and for errors.

use crate::codec::wire::{self, Reader};
use crate::value::Item;
use aws_smithy_types::body::SdkBody;
use std::sync::Arc;

/// An item of an answer. `ItemMatcher` makes it; `Results` and `Unfinished` take it.
#[derive(Clone)]
pub(super) enum ReceivedItem {
    /// The item is still in the body of its answer, between these offsets, and was decoded from there.
    InBody(Arc<SdkBody>, (usize, usize)),
    /// The SDK read the item, or the body is not in memory.
    Values(Item),
}

impl ReceivedItem {
    /// Returns the item as the SDK's values.
    pub(super) fn into_item(self) -> Item {
        match self {
            // The bytes were read as an item before, so that reading them succeeds. Values of unknown types are left out.
            Self::InBody(body, (start, end)) => {
                let json = body.bytes().and_then(|body| body.get(start..end));
                Reader::of_item(json.unwrap_or_default())
                    .and_then(|mut reader| wire::read_known(&mut reader))
                    .unwrap_or_default()
            }
            Self::Values(item) => item,
        }
    }

    /// `true` if the item was decoded while its answer was read.
    pub(super) fn was_decoded(&self) -> bool {
        matches!(self, Self::InBody(..))
    }
}
