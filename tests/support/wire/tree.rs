//! A value that calls any of serde's methods.

use super::Source;
use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

const NAMES: [&str; 10] = [
    "a",
    "b",
    "name",
    "",
    "é\"\n",
    "a name of more than thirty-two bytes in all",
    "12345678",
    "123456789",
    "c",
    "d",
];

const NEWTYPES: [&str; 8] = [
    "Plain",
    "Plain",
    "$dkmio::Number",
    "$dkmio::Set<S>",
    "$dkmio::Set<N>",
    "$dkmio::Set<B>",
    "\u{37E}STRINGSET\u{37E}",
    "\u{37E}NUMBERSET\u{37E}",
];

#[derive(Clone, Debug)]
pub enum Tree {
    Signed(i64),
    Unsigned(u64),
    Small(i8),
    Wide(i128),
    WideUnsigned(u128),
    Single(f32),
    Double(f64),
    Bool(bool),
    Char(char),
    Text(String),
    Shown(String),
    Bytes(Vec<u8>),
    None,
    Some(Box<Tree>),
    Unit,
    UnitStruct,
    UnitVariant(&'static str),
    Newtype(&'static str, Box<Tree>),
    NewtypeVariant(&'static str, Box<Tree>),
    Seq(Vec<Tree>),
    Tuple(Vec<Tree>),
    TupleStruct(Vec<Tree>),
    TupleVariant(&'static str, Vec<Tree>),
    Map(Vec<(Tree, Tree)>),
    Struct(Vec<(&'static str, Tree)>),
    StructVariant(&'static str, Vec<(&'static str, Tree)>),
    /// Passes over the errors of its elements.
    ToughSeq(Vec<Tree>),
    ToughStruct(Vec<(&'static str, Tree)>),
    /// Names and values in any order, some of them missing.
    ToughMap(Vec<(Option<Tree>, Option<Tree>)>),
    Refused,
}

impl Tree {
    /// Makes up an item, which may have anything in it.
    pub fn item(source: &mut Source<'_>) -> Self {
        match source.below(16) {
            0 => Self::any(source, 0),
            1 => Self::Newtype("Plain", Box::new(Self::item(source))),
            2 => Self::StructVariant(source.one_of(&NAMES), Self::fields(source, 0)),
            3 => Self::NewtypeVariant(source.one_of(&NAMES), Box::new(Self::any(source, 1))),
            4 => Self::TupleVariant(source.one_of(&NAMES), Self::all(source, 1)),
            5 => Self::ToughStruct(Self::fields(source, 0)),
            6..9 => Self::map(source, 0),
            _ => Self::Struct(Self::fields(source, 0)),
        }
    }

    fn all(source: &mut Source<'_>, depth: usize) -> Vec<Self> {
        (0..source.below(4))
            .map(|_| Self::any(source, depth + 1))
            .collect()
    }

    fn fields(source: &mut Source<'_>, depth: usize) -> Vec<(&'static str, Self)> {
        (0..source.below(6))
            .map(|_| (source.one_of(&NAMES), Self::any(source, depth + 1)))
            .collect()
    }

    fn map(source: &mut Source<'_>, depth: usize) -> Self {
        let count = if source.rarely(30) {
            40
        } else {
            source.below(5)
        };
        Self::Map(
            (0..count)
                .map(|_| (Self::name(source, depth), Self::any(source, depth + 1)))
                .collect(),
        )
    }

    fn name(source: &mut Source<'_>, depth: usize) -> Self {
        match source.below(16) {
            0 => Self::any(source, depth + 1),
            1 => Self::Signed(i64::from_le_bytes(source.array())),
            2 => Self::Bool(source.rarely(2)),
            3 => Self::UnitVariant(source.one_of(&NAMES)),
            4 => Self::Shown(source.text()),
            5 => Self::Some(Box::new(Self::Text(source.text()))),
            _ => Self::Text(source.name()),
        }
    }

    fn set(source: &mut Source<'_>) -> Self {
        let marker = source.below(3);
        let all = (0..source.below(4))
            .map(|_| match marker {
                0 => Self::Text(source.text()),
                1 if source.rarely(2) => {
                    Self::Newtype("$dkmio::Number", Box::new(Self::Text(source.number())))
                }
                1 => Self::Small(source.byte() as i8),
                _ => Self::Bytes(source.bytes(6)),
            })
            .collect();
        let all = if source.rarely(6) {
            Self::Tuple(all)
        } else {
            Self::Seq(all)
        };
        Self::Newtype(NEWTYPES[3 + marker], Box::new(all))
    }

    fn any(source: &mut Source<'_>, depth: usize) -> Self {
        let flat = depth > 6 || source.is_empty();
        match source.below(if flat { 22 } else { 44 }) {
            0 => Self::Signed(i64::from_le_bytes(source.array())),
            1 => Self::Unsigned(u64::from_le_bytes(source.array())),
            2 => Self::Small(source.byte() as i8),
            3 => Self::Wide(i128::from_le_bytes(source.array())),
            4 => Self::WideUnsigned(u128::from_le_bytes(source.array())),
            5 => Self::Single(f32::from_le_bytes(source.array())),
            6 => Self::Double(f64::from_le_bytes(source.array())),
            7 => Self::Double(f64::from(i16::from_le_bytes(source.array())) / 8.0),
            8 => Self::Bool(source.rarely(2)),
            9 => Self::Char(source.text().chars().next().unwrap_or('x')),
            10..13 => Self::Text(source.text()),
            13 => Self::Shown(source.text()),
            14 => Self::Bytes(source.bytes(9)),
            15 | 16 => Self::None,
            17 => Self::Unit,
            18 => Self::UnitStruct,
            19 => Self::UnitVariant(source.one_of(&NAMES)),
            20 => Self::Newtype("$dkmio::Number", Box::new(Self::Text(source.number()))),
            21 if source.rarely(8) => Self::Refused,
            21 => Self::Wide(7),
            22..25 => Self::set(source),
            25 => Self::Some(Box::new(Self::any(source, depth + 1))),
            26..28 => Self::Newtype(
                source.one_of(&NEWTYPES),
                Box::new(Self::any(source, depth + 1)),
            ),
            28 => Self::NewtypeVariant(
                source.one_of(&NAMES),
                Box::new(Self::any(source, depth + 1)),
            ),
            29..32 => Self::Seq(Self::all(source, depth)),
            32 => Self::Tuple(Self::all(source, depth)),
            33 => Self::TupleStruct(Self::all(source, depth)),
            34 => Self::TupleVariant(source.one_of(&NAMES), Self::all(source, depth)),
            35 => Self::StructVariant(source.one_of(&NAMES), Self::fields(source, depth)),
            36 => Self::ToughSeq(Self::all(source, depth)),
            37 => Self::ToughStruct(Self::fields(source, depth)),
            38 => Self::ToughMap(
                (0..source.below(4))
                    .map(|_| {
                        let name = (!source.rarely(4)).then(|| Self::name(source, depth));
                        (
                            name,
                            (!source.rarely(4)).then(|| Self::any(source, depth + 1)),
                        )
                    })
                    .collect(),
            ),
            39..41 => Self::map(source, depth),
            _ => Self::Struct(Self::fields(source, depth)),
        }
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Signed(v) => s.serialize_i64(*v),
            Self::Unsigned(v) => s.serialize_u64(*v),
            Self::Small(v) => s.serialize_i8(*v),
            Self::Wide(v) => s.serialize_i128(*v),
            Self::WideUnsigned(v) => s.serialize_u128(*v),
            Self::Single(v) => s.serialize_f32(*v),
            Self::Double(v) => s.serialize_f64(*v),
            Self::Bool(v) => s.serialize_bool(*v),
            Self::Char(v) => s.serialize_char(*v),
            Self::Text(v) => s.serialize_str(v),
            Self::Shown(v) => s.collect_str(&format_args!("{v}{v}")),
            Self::Bytes(v) => s.serialize_bytes(v),
            Self::None => s.serialize_none(),
            Self::Some(v) => s.serialize_some(v),
            Self::Unit => s.serialize_unit(),
            Self::UnitStruct => s.serialize_unit_struct("Unit"),
            Self::UnitVariant(name) => s.serialize_unit_variant("Enum", 0, name),
            Self::Newtype(name, v) => s.serialize_newtype_struct(name, v),
            Self::NewtypeVariant(name, v) => s.serialize_newtype_variant("Enum", 0, name, v),
            Self::Seq(all) => all.serialize(s),
            Self::Tuple(all) => {
                let mut tuple = s.serialize_tuple(all.len())?;
                all.iter().try_for_each(|v| tuple.serialize_element(v))?;
                tuple.end()
            }
            Self::TupleStruct(all) => {
                let mut tuple = s.serialize_tuple_struct("Tuple", all.len())?;
                all.iter().try_for_each(|v| tuple.serialize_field(v))?;
                tuple.end()
            }
            Self::TupleVariant(name, all) => {
                let mut tuple = s.serialize_tuple_variant("Enum", 0, name, all.len())?;
                all.iter().try_for_each(|v| tuple.serialize_field(v))?;
                tuple.end()
            }
            Self::Map(all) => s.collect_map(all.iter().map(|(name, value)| (name, value))),
            Self::Struct(all) => {
                let mut fields = s.serialize_struct("Struct", all.len())?;
                all.iter()
                    .try_for_each(|(name, v)| fields.serialize_field(name, v))?;
                fields.end()
            }
            Self::StructVariant(name, all) => {
                let mut fields = s.serialize_struct_variant("Enum", 0, name, all.len())?;
                all.iter()
                    .try_for_each(|(name, v)| fields.serialize_field(name, v))?;
                fields.end()
            }
            Self::ToughSeq(all) => {
                let mut seq = s.serialize_seq(None)?;
                for v in all {
                    let _ = seq.serialize_element(v);
                }
                seq.end()
            }
            Self::ToughStruct(all) => {
                let mut fields = s.serialize_struct("Struct", all.len())?;
                for (name, v) in all {
                    let _ = fields.serialize_field(name, v);
                }
                fields.end()
            }
            Self::ToughMap(all) => {
                let mut map = s.serialize_map(None)?;
                for (name, value) in all {
                    if let Some(name) = name {
                        let _ = map.serialize_key(name);
                    }
                    if let Some(value) = value {
                        let _ = map.serialize_value(value);
                    }
                }
                map.end()
            }
            Self::Refused => Err(S::Error::custom("refused")),
        }
    }
}
