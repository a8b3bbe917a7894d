//! `Selection`: the attributes that `.select(..)` reads, and how their values are taken from an item.

use crate::attr::{Handle, Path, Readable, Segment};
use crate::codec::wire::{UnreadValue, WireError};
use crate::codec::{CodecError, PathStep};
use crate::value::{AttributeValue, Item};
use std::borrow::Cow;

/// An attribute, or a tuple of up to 16 of them.
#[diagnostic::on_unimplemented(
    message = "this cannot be selected",
    label = "expected an attribute, such as `o.total()`, or a tuple of up to 16 attributes",
    note = "to read more attributes, derive `dkmio::Projection` for a struct of them and write `.select_as::<T>()`"
)]
#[allow(private_interfaces, reason = "its functions are for this crate")]
pub trait Selection {
    /// The type that the selection reads from each item.
    type Output: Send + 'static;
    #[doc(hidden)]
    fn paths(&self, paths: &mut Vec<Path>);
    #[doc(hidden)]
    fn read(
        paths: &mut std::slice::Iter<'_, Path>,
        item: &Item,
    ) -> Result<Self::Output, CodecError>;
    #[doc(hidden)]
    fn read_json(
        paths: &mut std::slice::Iter<'_, Path>,
        item: &Attributes<'_>,
    ) -> Result<Self::Output, WireError>;
}

/// The attributes of an item, in DynamoDB JSON.
type Attributes<'de> = [(Cow<'de, str>, UnreadValue<'de>)];

#[diagnostic::do_not_recommend]
#[allow(private_interfaces, reason = "its functions are for this crate")]
impl<H: Handle> Selection for H {
    type Output = H::Selected;

    fn paths(&self, paths: &mut Vec<Path>) {
        paths.push(self.path().clone());
    }

    fn read(
        paths: &mut std::slice::Iter<'_, Path>,
        item: &Item,
    ) -> Result<Self::Output, CodecError> {
        let path = next(paths)?;
        H::Wire::read(lookup(item, path).cloned())
            .map(Into::into)
            .map_err(|e| within_path(e, path))
    }

    fn read_json(
        paths: &mut std::slice::Iter<'_, Path>,
        item: &Attributes<'_>,
    ) -> Result<Self::Output, WireError> {
        let path = next(paths).map_err(WireError::Value)?;
        match H::Wire::read_json(lookup_json(item, path)) {
            Ok(value) => Ok(value.into()),
            Err(WireError::Value(e)) => Err(WireError::Value(within_path(e, path))),
            Err(fault) => Err(fault),
        }
    }
}

fn next<'p>(paths: &mut std::slice::Iter<'p, Path>) -> Result<&'p Path, CodecError> {
    let lost = || CodecError::new("the selection has lost an attribute");
    paths.next().ok_or_else(lost)
}

macro_rules! tuples {
    ($($T:ident $i:tt),*) => {
        #[diagnostic::do_not_recommend]
        #[allow(private_interfaces, reason = "its functions are for this crate")]
        impl<$($T: Selection),*> Selection for ($($T,)*) {
            type Output = ($($T::Output,)*);

            fn paths(&self, paths: &mut Vec<Path>) {
                $(self.$i.paths(paths);)*
            }

            fn read(paths: &mut std::slice::Iter<'_, Path>, item: &Item) -> Result<Self::Output, CodecError> {
                Ok(($($T::read(paths, item)?,)*))
            }

            fn read_json(
                paths: &mut std::slice::Iter<'_, Path>,
                item: &Attributes<'_>,
            ) -> Result<Self::Output, WireError> {
                Ok(($($T::read_json(paths, item)?,)*))
            }
        }
    };
}
tuples!(A 0);
tuples!(A 0, B 1);
tuples!(A 0, B 1, C 2);
tuples!(A 0, B 1, C 2, D 3);
tuples!(A 0, B 1, C 2, D 3, E 4);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15);

fn lookup<'a>(item: &'a Item, path: &Path) -> Option<&'a AttributeValue> {
    let mut value = item.get(path.attribute())?;
    for segment in path.segments() {
        value = match (segment, value) {
            (Segment::Name(name), AttributeValue::M(map)) => map.get(name.as_ref())?,
            (Segment::Index(index), AttributeValue::L(list)) => list.get(*index)?,
            _ => return None,
        };
    }
    Some(value)
}

fn lookup_json<'de>(item: &Attributes<'de>, path: &Path) -> Option<UnreadValue<'de>> {
    // If a name comes twice, the last value counts.
    let mut named = item.iter().rev();
    let (_, value) = named.find(|(name, _)| name == path.attribute())?;
    let mut value = *value;
    for segment in path.segments() {
        value = match segment {
            Segment::Name(name) => value.member(name)?,
            Segment::Index(index) => value.element(*index)?,
        };
    }
    Some(value)
}

fn within_path(mut error: CodecError, path: &Path) -> CodecError {
    for segment in path.segments().iter().rev() {
        error = error.within(match segment {
            Segment::Name(name) => PathStep::Name(name.to_string()),
            Segment::Index(index) => PathStep::Index(*index),
        });
    }
    error.within_name(path.attribute())
}
