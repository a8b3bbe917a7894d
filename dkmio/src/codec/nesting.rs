//! How deeply a value is nested while it is encoded, and its path if doubts are noted.

use super::doubts::{Doubt, Doubts};
use super::error::{CodecError, PathStep};

/// How many levels of lists and maps DynamoDB takes in an attribute.
pub(super) const MAX_LEVELS: u8 = 32;

/// The message of a value with more levels.
pub(super) const TOO_DEEP: &str =
    "nested more than 32 levels deep, which is all that DynamoDB takes of lists and maps";

/// The nesting of the value that is encoded. Handed inwards by the serializer, its lists and its maps.
#[derive(Clone, Copy)]
pub(super) struct Nesting<'p> {
    /// How many levels of lists and maps may still be opened.
    levels: u8,
    /// `None` if doubts are not noted. There is no path then.
    doubts: Option<&'p Doubts>,
    path: Option<&'p PathFrame<'p>>,
}

/// A step of the path, and the steps outside it, on the stack.
struct PathFrame<'p> {
    outer: Option<&'p PathFrame<'p>>,
    step: BorrowedStep<'p>,
}

enum BorrowedStep<'p> {
    Name(&'p str),
    Index(usize),
}

impl Nesting<'_> {
    /// The nesting of an attribute's value.
    pub(super) const VALUE: Nesting<'static> = Nesting {
        levels: MAX_LEVELS,
        doubts: None,
        path: None,
    };

    /// The nesting of an item, whose own map is no level.
    pub(super) const ITEM: Nesting<'static> = Nesting {
        levels: MAX_LEVELS + 1,
        ..Self::VALUE
    };
}

impl<'p> Nesting<'p> {
    /// The same nesting, with doubts noted.
    pub(super) fn noting(self, doubts: &'p Doubts) -> Self {
        Self {
            doubts: Some(doubts),
            ..self
        }
    }

    /// The nesting in a list or map that is opened here.
    pub(super) fn opened(self) -> Result<Self, CodecError> {
        match self.levels.checked_sub(1) {
            Some(levels) => Ok(Self { levels, ..self }),
            None => Err(CodecError::new(TOO_DEEP)),
        }
    }

    pub(super) fn within_name<R>(self, name: &str, write: impl FnOnce(Nesting<'_>) -> R) -> R {
        self.within(BorrowedStep::Name(name), write)
    }

    pub(super) fn within_index<R>(self, index: usize, write: impl FnOnce(Nesting<'_>) -> R) -> R {
        self.within(BorrowedStep::Index(index), write)
    }

    fn within<R>(self, step: BorrowedStep<'_>, write: impl FnOnce(Nesting<'_>) -> R) -> R {
        if self.doubts.is_none() {
            return write(self);
        }
        write(Nesting {
            levels: self.levels,
            doubts: self.doubts,
            path: Some(&PathFrame {
                outer: self.path,
                step,
            }),
        })
    }

    /// Notes a doubt about the value.
    pub(super) fn note(self, doubt: Doubt) {
        if let Some(doubts) = self.doubts {
            doubts.add(self.path(), doubt);
        }
    }

    /// Notes that the value, whose name was written, is not.
    pub(super) fn note_unwritten(self) {
        if let Some(doubts) = self.doubts {
            doubts.set_unwritten(self.path());
        }
    }

    /// Returns the path, if doubts are noted.
    fn path(self) -> Vec<PathStep> {
        let mut steps = Vec::new();
        let mut path = self.path;
        while let Some(here) = path {
            steps.push(match here.step {
                BorrowedStep::Name(name) => PathStep::Name(name.to_owned()),
                BorrowedStep::Index(index) => PathStep::Index(index),
            });
            path = here.outer;
        }
        steps.reverse();
        steps
    }
}
