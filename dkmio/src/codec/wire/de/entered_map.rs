//! Enters a map, and looks ahead in it where a name may come twice.

use crate::codec::error::CodecError;
use crate::codec::wire::reader::{Members, Reader};
use std::borrow::Cow;
use std::collections::HashMap;

/// The position of the last value of each name.
type LastValues<'de> = HashMap<Cow<'de, str>, usize>;

/// A map that has been entered. Made by the deserializer, and taken by `JsonMap`.
pub(super) struct EnteredMap<'de> {
    pub(super) members: Members,
    pub(super) rare: Option<Box<RareParts<'de>>>,
}

/// What few maps need, in a box because the others are to stay small.
#[derive(Default)]
pub(super) struct RareParts<'de> {
    /// The position of the last value of each name, if a name may come twice.
    pub(super) last: Option<LastValues<'de>>,
    /// The name of the next value with its escapes resolved, if it has any.
    pub(super) unescaped: Option<Box<str>>,
}

impl<'de> EnteredMap<'de> {
    /// A map in which no name comes twice, as far as is known.
    #[inline]
    pub(super) fn plainly(members: Members) -> Self {
        Self {
            members,
            rare: None,
        }
    }

    /// Enters the next map.
    pub(super) fn at(reader: &mut Reader<'de>) -> Result<Self, CodecError> {
        let rare = if reader.looks_ahead() {
            Some(Box::new(RareParts {
                last: Some(look_ahead(reader)?),
                unescaped: None,
            }))
        } else {
            None
        };
        let members = reader.object();
        let members = reader.or_fail(members)?;
        Ok(Self { members, rare })
    }
}

/// Finds the last value of each name of the next map. The reader does not move.
#[cold]
fn look_ahead<'de>(reader: &mut Reader<'de>) -> Result<LastValues<'de>, CodecError> {
    let (start, depth) = (reader.position(), reader.depth());
    let last = reader.last_of_each_name();
    let last = reader.or_fail(last)?;
    reader.rewind(start, depth);
    Ok(last)
}
