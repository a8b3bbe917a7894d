use super::{Form, NotMine, Serializer, Written};
use crate::codec::wire::names::{Names, fingerprint};
use crate::codec::wire::output::{Mark, Output};
use serde::ser::{self, Serialize};
use std::ops::Range;

/// A map that is being written.
pub(in crate::codec::wire) struct Map<'w> {
    output: &'w mut Output,
    /// What each entry costs beside its name and value: nothing in an item.
    each: usize,
    names: Names,
    /// What comes before the next entry: it opens the map, or is a comma.
    before: u8,
    /// The entry whose name is written and whose value is not.
    entry: Option<Entry>,
    /// How many braces close it.
    ends: usize,
}

struct Entry {
    start: Mark,
    /// Where its name stands, in quotes.
    name: Range<usize>,
}

impl<'w> Map<'w> {
    /// Opens a map, of which a variant may hold one more.
    pub(super) fn new(output: &'w mut Output, item: bool, variant: Option<&'static str>) -> Self {
        if !item {
            output.raw(b"{\"M\":");
            output.count(3);
        }
        if let Some(variant) = variant {
            output.count(usize::from(!item) + 3);
            output.field(b'{', variant);
            output.raw(b"{\"M\":");
        }
        Self {
            output,
            each: usize::from(!item || variant.is_some()),
            names: Names::new(),
            before: b'{',
            entry: None,
            ends: match (item, variant) {
                (true, None) => 1,
                (false, None) => 2,
                (true, Some(_)) => 3,
                (false, Some(_)) => 4,
            },
        }
    }

    /// Writes a field whose name is known from the start.
    #[inline]
    fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NotMine> {
        let start = self.output.mark();
        let fingerprint = self.output.field(self.before, name);
        let from = self.output.length();
        match value.serialize(Serializer::value(self.output)) {
            Ok(Written::Value) => {
                if self.is_item() {
                    self.output.note(name, from);
                }
                self.written(fingerprint)
            }
            // What is absent in DynamoDB.
            Ok(Written::Nothing | Written::EmptySet) => {
                self.output.back_to(start);
                Ok(())
            }
            Err(e) => {
                self.output.back_to(start);
                Err(e)
            }
        }
    }

    /// Whether its entries are the attributes of the item.
    fn is_item(&self) -> bool {
        self.each == 0
    }

    /// Counts an entry that has been written.
    fn written(&mut self, name: u64) -> Result<(), NotMine> {
        if !self.names.insert_fingerprint(name) {
            return Err(self.output.not_mine());
        }
        self.output.count(self.each);
        self.before = b',';
        Ok(())
    }

    /// Begins an entry, whose name the function writes.
    fn begin(
        &mut self,
        name: impl FnOnce(&mut Output) -> Result<Written, NotMine>,
    ) -> Result<(), NotMine> {
        self.drop_entry();
        let start = self.output.mark();
        self.output.raw(&[self.before]);
        let from = self.output.length();
        if let Err(e) = name(self.output) {
            self.output.back_to(start);
            return Err(e);
        }
        self.entry = Some(Entry {
            start,
            name: from..self.output.length(),
        });
        Ok(())
    }

    /// Writes the value of the entry that has begun.
    fn complete<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotMine> {
        let Some(entry) = self.entry.take() else {
            return Err(self.output.not_mine());
        };
        self.output.raw(b":");
        let from = self.output.length();
        match value.serialize(Serializer::value(self.output)) {
            Ok(Written::Value) => {
                let name = fingerprint(self.output.part(entry.name.clone()));
                if self.is_item() {
                    self.output.note_written(entry.name, from);
                }
                self.written(name)
            }
            // What is absent in DynamoDB.
            Ok(Written::Nothing | Written::EmptySet) => {
                self.output.back_to(entry.start);
                Ok(())
            }
            Err(e) => {
                self.output.back_to(entry.start);
                Err(e)
            }
        }
    }

    /// Forgets a name whose value has not come.
    fn drop_entry(&mut self) {
        if let Some(entry) = self.entry.take() {
            self.output.back_to(entry.start);
        }
    }

    /// Here where it is called, for it is large and would be moved.
    #[inline(always)]
    fn finish(mut self) -> Result<Written, NotMine> {
        self.drop_entry();
        if self.before == b'{' {
            self.output.raw(b"{");
        }
        self.output.raw_start(b"}}}}", self.ends);
        Ok(Written::Value)
    }
}

impl ser::SerializeMap for Map<'_> {
    type Ok = Written;
    type Error = NotMine;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotMine> {
        self.begin(|output| {
            key.serialize(Serializer {
                output,
                form: Form::Name,
            })
        })
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotMine> {
        self.complete(value)
    }

    fn end(self) -> Result<Written, NotMine> {
        self.finish()
    }
}

macro_rules! structs {
    ($($trait:ident),*) => { $(
        impl ser::$trait for Map<'_> {
            type Ok = Written;
            type Error = NotMine;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), NotMine> {
                self.field(name, value)
            }

            #[inline(always)]
            fn end(self) -> Result<Written, NotMine> {
                self.finish()
            }
        }
    )* };
}
structs!(SerializeStruct, SerializeStructVariant);
