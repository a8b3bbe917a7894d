//! Document paths: made by typed handles or parsed from text, and compared where two in one request may overlap.

mod parser;

use self::parser::Parser;
use std::borrow::Cow;
use std::fmt;

/// A document path: an attribute, or an element or entry within one.
///
/// Names are taken literally; only [`attr`](crate::attr) and [`Path::parse`] read dots and brackets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    root: Cow<'static, str>,
    rest: Rest,
}

/// The rest of a path after the attribute. An enum, so that paths stay small: they are moved often on their way into a
/// request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Rest {
    Segments(Vec<Segment>),
    /// Why the parsed text is no path; reported when a request uses the path.
    Fault(&'static str),
    /// A flattened field, which has no step of its own: the path of its document, or `None` if the item has the field.
    Flattened(Option<Vec<Segment>>),
}

/// A step of a path below its attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// An entry of a map.
    Name(Cow<'static, str>),
    /// An element of a list.
    Index(usize),
}

impl Path {
    /// Returns the path of a top-level attribute; a dot in its name is part of the name.
    pub fn root(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            root: name.into(),
            rest: Rest::Segments(Vec::new()),
        }
    }

    /// Parses a path such as `address.city` or `items[0].qty`; a backslash takes the next character literally.
    ///
    /// A text that does not parse is refused when a request uses the path.
    pub fn parse(text: &str) -> Self {
        Parser::default().parse(text).unwrap_or_else(|fault| Self {
            root: Cow::Owned(text.to_owned()),
            rest: Rest::Fault(fault),
        })
    }

    pub(crate) fn child(&self, name: &'static str) -> Self {
        self.with(Segment::Name(Cow::Borrowed(name)))
    }

    /// Returns the path of the field `name` that is flattened into the item.
    pub(crate) const fn flattened(name: &'static str) -> Self {
        Self {
            root: Cow::Borrowed(name),
            rest: Rest::Flattened(None),
        }
    }

    /// Returns the path of a field that is flattened into this document.
    pub(crate) fn flattened_here(&self) -> Self {
        let mut path = self.clone();
        if let Rest::Segments(segments) = path.rest {
            path.rest = Rest::Flattened(Some(segments));
        }
        path
    }

    /// Returns the path of an entry of this map, if its key has a name.
    pub(crate) fn entry_of<E>(&self, name: Result<String, E>) -> Self {
        match name {
            Ok(name) => self.entry(name),
            Err(_) => Self {
                root: self.root.clone(),
                rest: Rest::Fault("the key of a map's entry is not written as a string"),
            },
        }
    }

    /// Returns the path of an entry of this map; a dot in its name is part of the name.
    pub fn entry(&self, name: impl Into<String>) -> Self {
        self.with(Segment::Name(Cow::Owned(name.into())))
    }

    /// Returns the path of an element of this list, from zero.
    pub fn index(&self, index: usize) -> Self {
        self.with(Segment::Index(index))
    }

    fn with(&self, segment: Segment) -> Self {
        let mut path = self.clone();
        match (&mut path.rest, segment) {
            (Rest::Segments(segments), segment) => segments.push(segment),
            (Rest::Fault(_), _) | (Rest::Flattened(_), Segment::Index(_)) => {}
            (Rest::Flattened(None), Segment::Name(name)) => return Self::root(name),
            (Rest::Flattened(Some(document)), segment) => {
                let mut segments = std::mem::take(document);
                segments.push(segment);
                path.rest = Rest::Segments(segments);
            }
        }
        path
    }

    /// Returns the name of the attribute that the path begins at.
    pub fn attribute(&self) -> &str {
        &self.root
    }

    /// Returns the steps below the attribute.
    pub fn segments(&self) -> &[Segment] {
        match &self.rest {
            Rest::Segments(segments) => segments,
            Rest::Fault(_) | Rest::Flattened(_) => &[],
        }
    }

    pub(crate) fn fault(&self) -> Option<&'static str> {
        match self.rest {
            Rest::Segments(_) => None,
            Rest::Fault(fault) => Some(fault),
            Rest::Flattened(_) => {
                Some("what is flattened is no attribute; name one of its attributes")
            }
        }
    }

    /// Returns whether one path is the other, or leads through it.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let common = self.segments().len().min(other.segments().len());
        self.root == other.root && self.segments()[..common] == other.segments()[..common]
    }

    /// Returns the path without its last step; `None` for a top-level attribute.
    pub(crate) fn parent(&self) -> Option<Self> {
        let (_, above) = self.segments().split_last()?;
        Some(self.up_to(above.len()))
    }

    /// Returns the path up to its first list index.
    pub(crate) fn above_index(&self) -> Self {
        let is_index = |segment: &Segment| matches!(segment, Segment::Index(_));
        let index = self.segments().iter().position(is_index);
        self.up_to(index.unwrap_or(self.segments().len()))
    }

    fn up_to(&self, end: usize) -> Self {
        Self {
            root: self.root.clone(),
            rest: match &self.rest {
                Rest::Segments(segments) => Rest::Segments(segments[..end].to_vec()),
                no_path => no_path.clone(),
            },
        }
    }
}

/// Writes the path so that [`Path::parse`] reads it back.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.fault().is_some() {
            return f.write_str(&self.root);
        }
        write_name(f, &self.root)?;
        for segment in self.segments() {
            match segment {
                Segment::Name(name) => {
                    f.write_str(".")?;
                    write_name(f, name)?;
                }
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

fn write_name(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    for c in name.chars() {
        if matches!(c, '.' | '[' | ']' | '\\') {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_inside_a_name_is_not_a_path() {
        assert!(Path::root("a.b").segments().is_empty());
        assert_eq!(Path::parse(r"a\.b"), Path::root("a.b".to_owned()));
        assert_eq!(Path::root("a.b").to_string(), r"a\.b");
    }

    #[test]
    fn paths_parse_into_names_and_indexes() {
        let path = Path::parse("items[0][12].qty");
        assert_eq!(path.attribute(), "items");
        let qty = Segment::Name("qty".into());
        assert_eq!(
            path.segments(),
            &[Segment::Index(0), Segment::Index(12), qty]
        );
        assert_eq!(path.to_string(), "items[0][12].qty");
    }

    #[test]
    fn what_is_no_path_keeps_its_fault() {
        for text in [
            "", ".a", "a.", "a..b", "[0]", "a[", "a[x]", "a[]", "a]", "a[0]b", "a\\",
        ] {
            assert!(Path::parse(text).fault().is_some(), "{text:?}");
        }
    }
}
