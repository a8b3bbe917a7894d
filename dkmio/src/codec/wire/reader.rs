//! A cursor over the JSON of a response, for the deserializer and for everything that walks through items.

mod arrays;
mod cursor;
mod key_values;
mod objects;
mod strings;

pub(crate) use self::arrays::Elements;
pub(crate) use self::cursor::Reader;
pub(super) use self::objects::Members;
