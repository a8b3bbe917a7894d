//! What a record says besides the item: what happened, what the stream holds, and who did it.

/// What happened to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventName {
    /// There was no item with this key.
    Insert,
    /// The item was there, and was replaced or updated.
    Modify,
    /// The item was deleted.
    Remove,
}

impl EventName {
    /// Returns the event with DynamoDB's name for it; `None` if there is no such event.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "INSERT" => Self::Insert,
            "MODIFY" => Self::Modify,
            "REMOVE" => Self::Remove,
            _ => return None,
        })
    }
}

/// What the records of a stream hold of an item, as the table's stream is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StreamViewType {
    /// Only the key.
    KeysOnly,
    /// The item as it was after the change.
    NewImage,
    /// The item as it was before the change.
    OldImage,
    /// The item before and after the change.
    NewAndOldImages,
}

impl StreamViewType {
    /// Returns the view type with DynamoDB's name for it; `None` if there is none.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "KEYS_ONLY" => Self::KeysOnly,
            "NEW_IMAGE" => Self::NewImage,
            "OLD_IMAGE" => Self::OldImage,
            "NEW_AND_OLD_IMAGES" => Self::NewAndOldImages,
            _ => return None,
        })
    }

    /// Returns DynamoDB's name for it, such as `NEW_IMAGE`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::KeysOnly => "KEYS_ONLY",
            Self::NewImage => "NEW_IMAGE",
            Self::OldImage => "OLD_IMAGE",
            Self::NewAndOldImages => "NEW_AND_OLD_IMAGES",
        }
    }
}

/// Who changed an item, where a service of AWS did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserIdentity {
    pub(super) kind: String,
    pub(super) principal_id: String,
}

impl UserIdentity {
    /// Returns the type of who did it: `Service`.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Returns who did it: `dynamodb.amazonaws.com` for an item whose time to live was over.
    pub fn principal_id(&self) -> &str {
        &self.principal_id
    }

    pub(super) fn is_time_to_live(&self) -> bool {
        self.kind == "Service" && self.principal_id == "dynamodb.amazonaws.com"
    }
}
