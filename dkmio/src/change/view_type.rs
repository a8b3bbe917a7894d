//! The error of a stream that does not have what is read of it.

use super::record::Record;
use crate::error::{Configuration, Error};

/// What is read of a record and needs an image that not every stream has.
#[derive(Clone, Copy)]
pub(super) enum Needs {
    BothImages,
    NewImage,
}

impl Needs {
    /// Returns the error of a record without the images, in the stream of the table.
    pub(super) fn error(self, record: &Record, table: &str) -> Error {
        let (reads, images, way_out) = match self {
            Self::BothImages => (
                "Change",
                "the old and the new image",
                "set it to `NEW_AND_OLD_IMAGES`, or read `dkmio::Latest`, which needs `NEW_IMAGE`, or `dkmio::KeyChange`, which needs no image",
            ),
            Self::NewImage => (
                "Latest",
                "the new image",
                "set it to `NEW_IMAGE` or `NEW_AND_OLD_IMAGES`, or read `dkmio::KeyChange`, which needs no image",
            ),
        };
        let has = match record.view_type() {
            Some(view) => format!("has the view type `{}`", view.as_str()),
            None => "has a record without them".to_owned(),
        };
        Error::Configuration(Configuration::new(format!(
            "`dkmio::{reads}` needs {images} of an item, and the stream of `{table}` {has}: {way_out}"
        )))
    }
}
