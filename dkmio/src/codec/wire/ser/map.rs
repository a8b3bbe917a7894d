use super::{Form, NotInOnePass, Serializer, Written};
use crate::codec::notes::{is_optional, is_struct_field};
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
    /// How many levels end with it.
    levels: u8,
    /// Whether it is a struct with something flattened into it, as far as one can see: serde does not know its length.
    pub(super) may_be_flattened: bool,
}

struct Entry {
    start: Mark,
    kind: EntryKind,
    /// Where its name stands, in quotes.
    name: Range<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum EntryKind {
    /// Of a struct's field, which may be absent.
    Field,
    /// Of a variant that is flattened, whose name is to be there.
    Variant,
    /// Of a map, whose names are data.
    Data,
}

impl<'w> Map<'w> {
    /// Opens a map, of which a variant may hold one more.
    pub(super) fn new(
        output: &'w mut Output,
        item: bool,
        variant: Option<&'static str>,
    ) -> Result<Self, NotInOnePass> {
        let levels = u8::from(!item) + u8::from(variant.is_some());
        output.open(levels)?;
        if !item {
            output.raw(b"{\"M\":");
            output.count(3);
        }
        if let Some(variant) = variant {
            output.count(usize::from(!item) + 3);
            output.field(b'{', variant);
            output.raw(b"{\"M\":");
        }
        Ok(Self {
            output,
            levels,
            may_be_flattened: false,
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
        })
    }

    /// Writes a field whose name is known from the start.
    #[inline]
    fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NotInOnePass> {
        let start = self.output.mark();
        let fingerprint = self.output.field(self.before, name);
        let from = self.output.length();
        match value.serialize(Serializer::value(self.output)) {
            Ok(Written::Value | Written::Null) => {
                if self.is_item() {
                    self.output.note(name, from);
                }
                self.written(fingerprint)
            }
            // What is absent in DynamoDB.
            Ok(Written::Nothing | Written::EmptySet) => {
                if !is_optional::<T>() {
                    self.output.doubt();
                }
                self.output.back_to(start);
                self.taken(fingerprint)
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
    fn written(&mut self, name: u64) -> Result<(), NotInOnePass> {
        self.taken(name)?;
        self.output.count(self.each);
        self.before = b',';
        Ok(())
    }

    /// Notes a name, which no other entry may have.
    fn taken(&mut self, name: u64) -> Result<(), NotInOnePass> {
        if !self.names.insert_fingerprint(name) {
            return Err(self.output.refuse());
        }
        Ok(())
    }

    /// Begins an entry, whose name the function writes.
    fn begin(
        &mut self,
        kind: EntryKind,
        name: impl FnOnce(&mut Output) -> Result<Written, NotInOnePass>,
    ) -> Result<(), NotInOnePass> {
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
            kind,
            name: from..self.output.length(),
        });
        Ok(())
    }

    /// Writes the name of an entry, which is of this kind if a struct writes it.
    fn key<K: Serialize + ?Sized>(
        &mut self,
        key: &K,
        of_struct: EntryKind,
    ) -> Result<(), NotInOnePass> {
        let kind = if is_struct_field::<K>() {
            of_struct
        } else {
            EntryKind::Data
        };
        self.begin(kind, |output| {
            key.serialize(Serializer {
                output,
                form: Form::Name,
            })
        })
    }

    /// Writes the value of the entry that has begun.
    fn complete<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotInOnePass> {
        let Some(entry) = self.entry.take() else {
            return Err(self.output.refuse());
        };
        self.output.raw(b":");
        let (value_start, from) = (self.output.mark(), self.output.length());
        if self.may_be_flattened && entry.kind == EntryKind::Data {
            self.output.doubt();
        }
        let mut written = value.serialize(Serializer::value(self.output));
        if entry.kind != EntryKind::Field
            && matches!(written, Ok(Written::Nothing | Written::EmptySet))
        {
            self.output.back_to(value_start);
            self.output.null_value();
            written = Ok(Written::Null);
        }
        match written {
            Ok(Written::Value | Written::Null) => {
                let name = fingerprint(self.output.part(entry.name.clone()));
                if self.is_item() {
                    self.output.note_written(entry.name, from);
                }
                self.written(name)
            }
            // What is absent in DynamoDB. Its name is taken all the same.
            Ok(Written::Nothing | Written::EmptySet) => {
                // A variant that is flattened comes as a field, and does not read where it is absent.
                if self.may_be_flattened || !is_optional::<T>() {
                    self.output.doubt();
                }
                let name = fingerprint(self.output.part(entry.name));
                self.output.back_to(entry.start);
                self.taken(name)
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
    fn finish(mut self) -> Result<Written, NotInOnePass> {
        self.drop_entry();
        if self.before == b'{' {
            self.output.raw(b"{");
        }
        self.output.close(self.levels);
        self.output.raw_start(b"}}}}", self.ends);
        Ok(Written::Value)
    }
}

impl ser::SerializeMap for Map<'_> {
    type Ok = Written;
    type Error = NotInOnePass;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotInOnePass> {
        // serde writes the fields of a struct as whole entries.
        self.key(key, EntryKind::Variant)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotInOnePass> {
        self.complete(value)
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), NotInOnePass> {
        self.key(key, EntryKind::Field)?;
        self.complete(value)
    }

    fn end(self) -> Result<Written, NotInOnePass> {
        self.finish()
    }
}

macro_rules! structs {
    ($($trait:ident),*) => { $(
        impl ser::$trait for Map<'_> {
            type Ok = Written;
            type Error = NotInOnePass;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), NotInOnePass> {
                self.field(name, value)
            }

            #[inline(always)]
            fn end(self) -> Result<Written, NotInOnePass> {
                self.finish()
            }
        }
    )* };
}
structs!(SerializeStruct, SerializeStructVariant);
