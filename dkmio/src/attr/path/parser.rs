//! Parses the text of a document path, with an error for each kind of mistake.

use super::{Path, Rest, Segment};
use std::borrow::Cow;

#[derive(Default)]
pub(super) struct Parser {
    names: Vec<Segment>,
    name: String,
    /// `true` if a name must follow: at the start and after a dot.
    expects_name: bool,
}

impl Parser {
    pub(super) fn parse(mut self, text: &str) -> Result<Path, &'static str> {
        self.expects_name = true;
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some(escaped) => self.push(escaped)?,
                    None => return Err("a backslash stands at the end"),
                },
                '.' => {
                    self.finish_name()?;
                    self.expects_name = true;
                }
                '[' => {
                    self.finish_name()?;
                    let mut digits = String::new();
                    loop {
                        match chars.next() {
                            Some(']') => break,
                            Some(digit) if digit.is_ascii_digit() => digits.push(digit),
                            Some(_) => return Err("a list index must be a whole number"),
                            None => return Err("a `[` is not closed"),
                        }
                    }
                    let index = digits
                        .parse()
                        .map_err(|_| "a list index must be a whole number")?;
                    self.names.push(Segment::Index(index));
                }
                ']' => return Err("a `]` has no `[`"),
                other => self.push(other)?,
            }
        }
        self.finish_name()?;
        let mut segments = self.names.into_iter();
        match segments.next() {
            Some(Segment::Name(root)) => Ok(Path {
                root,
                rest: Rest::Segments(segments.collect()),
            }),
            _ => Err("a path begins with the name of an attribute"),
        }
    }

    fn push(&mut self, c: char) -> Result<(), &'static str> {
        if !self.expects_name {
            return Err("a `.` is missing after a list index");
        }
        self.name.push(c);
        Ok(())
    }

    fn finish_name(&mut self) -> Result<(), &'static str> {
        if self.expects_name {
            if self.name.is_empty() {
                return Err("a name is empty");
            }
            let name = std::mem::take(&mut self.name);
            self.names.push(Segment::Name(Cow::Owned(name)));
            self.expects_name = false;
        }
        Ok(())
    }
}
