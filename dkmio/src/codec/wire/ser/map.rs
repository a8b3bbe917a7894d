//! Writes maps and structs, entry by entry.

use super::JsonSerializer;
use super::form::JsonForm;
use crate::codec::entry_kind::EntryKind;
use crate::codec::type_names::is_optional;
use crate::codec::wire::json_writer::{JsonWriter, Mark};
use crate::codec::wire::name_set::{NameSet, fingerprint};
use crate::codec::wire::written_as::{NotInOnePass, WrittenAs};
use serde::ser::{self, Serialize};
use std::ops::Range;

/// A map that is being written.
pub(in crate::codec::wire) struct MapWriter<'w> {
    json: &'w mut JsonWriter,
    /// How many bytes each entry counts beyond its name and value: 0 in an item, 1 in a map.
    each: usize,
    names: NameSet,
    /// The byte before the next entry: `{` or a comma.
    before: u8,
    /// The entry whose name has been written and whose value has not.
    entry: Option<OpenEntry>,
    /// How many braces close the map.
    ends: usize,
    /// How many levels the map closes.
    levels: u8,
    /// `true` if it may be a struct with something flattened into it: serde gives no length then.
    pub(super) may_be_flattened: bool,
}

/// An entry whose name has been written.
struct OpenEntry {
    start: Mark,
    kind: EntryKind,
    /// The range of the name in its quotes.
    name: Range<usize>,
}

impl<'w> MapWriter<'w> {
    /// Opens a map, or the map of a struct variant within the map that names the variant.
    pub(super) fn new(
        json: &'w mut JsonWriter,
        is_item: bool,
        variant: Option<&'static str>,
    ) -> Result<Self, NotInOnePass> {
        let levels = u8::from(!is_item) + u8::from(variant.is_some());
        json.open(levels)?;
        if !is_item {
            json.raw(b"{\"M\":");
            json.count(3);
        }
        if let Some(variant) = variant {
            json.count(usize::from(!is_item) + 3);
            json.field(b'{', variant);
            json.raw(b"{\"M\":");
        }
        Ok(Self {
            json,
            levels,
            may_be_flattened: false,
            each: usize::from(!is_item || variant.is_some()),
            names: NameSet::new(),
            before: b'{',
            entry: None,
            ends: match (is_item, variant) {
                (true, None) => 1,
                (false, None) => 2,
                (true, Some(_)) => 3,
                (false, Some(_)) => 4,
            },
        })
    }

    /// Writes a field of a struct.
    #[inline]
    fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NotInOnePass> {
        let start = self.json.mark();
        let fingerprint = self.json.field(self.before, name);
        let from = self.json.length();
        match value.serialize(JsonSerializer::value(self.json)) {
            Ok(WrittenAs::Value | WrittenAs::Null) => {
                if self.is_item() {
                    self.json.note(name, from);
                }
                self.written(fingerprint)
            }
            // The field is absent in DynamoDB.
            Ok(WrittenAs::Nothing | WrittenAs::EmptySet) => {
                if !is_optional::<T>() {
                    self.json.doubt();
                }
                self.json.back_to(start);
                self.take_name(fingerprint)
            }
            Err(e) => {
                self.json.back_to(start);
                Err(e)
            }
        }
    }

    /// Whether the entries are attributes of the item.
    fn is_item(&self) -> bool {
        self.each == 0
    }

    /// Takes the name of an entry that has been written, and counts the entry.
    fn written(&mut self, name: u64) -> Result<(), NotInOnePass> {
        self.take_name(name)?;
        self.json.count(self.each);
        self.before = b',';
        Ok(())
    }

    /// Takes a name, which no other entry may have.
    fn take_name(&mut self, name: u64) -> Result<(), NotInOnePass> {
        if !self.names.insert_fingerprint(name) {
            return Err(self.json.refuse());
        }
        Ok(())
    }

    /// Begins an entry, whose name a function writes.
    fn begin(
        &mut self,
        kind: EntryKind,
        name: impl FnOnce(&mut JsonWriter) -> Result<WrittenAs, NotInOnePass>,
    ) -> Result<(), NotInOnePass> {
        self.drop_entry();
        let start = self.json.mark();
        self.json.raw(&[self.before]);
        let from = self.json.length();
        if let Err(e) = name(self.json) {
            self.json.back_to(start);
            return Err(e);
        }
        self.entry = Some(OpenEntry {
            start,
            kind,
            name: from..self.json.length(),
        });
        Ok(())
    }

    /// Writes the name of an entry. The entry is of the kind `of_struct` if a struct writes it.
    fn key<K: Serialize + ?Sized>(
        &mut self,
        key: &K,
        of_struct: EntryKind,
    ) -> Result<(), NotInOnePass> {
        let kind = EntryKind::of_key::<K>(of_struct);
        self.begin(kind, |json| {
            key.serialize(JsonSerializer {
                json,
                form: JsonForm::Name,
            })
        })
    }

    /// Writes the value of the entry that has begun.
    fn complete<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotInOnePass> {
        let Some(entry) = self.entry.take() else {
            return Err(self.json.refuse());
        };
        self.json.raw(b":");
        let (value_start, from) = (self.json.mark(), self.json.length());
        if self.may_be_flattened && entry.kind == EntryKind::Data {
            self.json.doubt();
        }
        let mut written = value.serialize(JsonSerializer::value(self.json));
        if entry.kind != EntryKind::Field
            && matches!(written, Ok(WrittenAs::Nothing | WrittenAs::EmptySet))
        {
            self.json.back_to(value_start);
            self.json.null_value();
            written = Ok(WrittenAs::Null);
        }
        match written {
            Ok(WrittenAs::Value | WrittenAs::Null) => {
                let name = fingerprint(self.json.part(entry.name.clone()));
                if self.is_item() {
                    self.json.note_written(entry.name, from);
                }
                self.written(name)
            }
            // The entry is absent in DynamoDB, but its name is taken.
            Ok(WrittenAs::Nothing | WrittenAs::EmptySet) => {
                // A flattened variant comes as a field, and does not read back if it is absent.
                if self.may_be_flattened || !is_optional::<T>() {
                    self.json.doubt();
                }
                let name = fingerprint(self.json.part(entry.name));
                self.json.back_to(entry.start);
                self.take_name(name)
            }
            Err(e) => {
                self.json.back_to(entry.start);
                Err(e)
            }
        }
    }

    /// Forgets the name of an entry whose value was not written.
    fn drop_entry(&mut self) {
        if let Some(entry) = self.entry.take() {
            self.json.back_to(entry.start);
        }
    }

    /// Inlined, because the map is large and would be moved.
    #[inline(always)]
    fn finish(mut self) -> Result<WrittenAs, NotInOnePass> {
        self.drop_entry();
        if self.before == b'{' {
            self.json.raw(b"{");
        }
        self.json.close(self.levels);
        self.json.raw_start(b"}}}}", self.ends);
        Ok(WrittenAs::Value)
    }
}

impl ser::SerializeMap for MapWriter<'_> {
    type Ok = WrittenAs;
    type Error = NotInOnePass;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotInOnePass> {
        // serde writes the fields of a struct with `serialize_entry`, so a struct's name that comes alone is a
        // variant's.
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

    fn end(self) -> Result<WrittenAs, NotInOnePass> {
        self.finish()
    }
}

macro_rules! structs {
    ($($trait:ident),*) => { $(
        impl ser::$trait for MapWriter<'_> {
            type Ok = WrittenAs;
            type Error = NotInOnePass;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), NotInOnePass> {
                self.field(name, value)
            }

            #[inline(always)]
            fn end(self) -> Result<WrittenAs, NotInOnePass> {
                self.finish()
            }
        }
    )* };
}
structs!(SerializeStruct, SerializeStructVariant);
