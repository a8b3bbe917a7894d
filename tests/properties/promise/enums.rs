//! Enums with a variant of each kind, and a type that is written as another.

use super::shape::Shape;
use dkmio::Number;
use dkmio_tests::wire::Source;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Written as another type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(into = "(i64, String)", try_from = "(i64, String)")]
pub(super) struct Converted {
    number: i64,
    text: String,
}

impl From<Converted> for (i64, String) {
    fn from(Converted { number, text }: Converted) -> Self {
        (number, text)
    }
}

impl TryFrom<(i64, String)> for Converted {
    type Error = std::num::TryFromIntError;

    fn try_from((number, text): (i64, String)) -> Result<Self, Self::Error> {
        Ok(Self { number, text })
    }
}

impl Shape for Converted {
    fn made(source: &mut Source<'_>) -> Self {
        Self {
            number: Shape::made(source),
            text: source.text(),
        }
    }
}

/// An enum with a variant of each kind, and of each tagging within the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub(super) enum Mixed {
    Unit,
    #[serde(rename = "new type")]
    Newtype(Box<Mixed>),
    Tuple(u8, Option<String>),
    Struct {
        a_field: Number,
        #[serde(default)]
        maybe: Option<bool>,
    },
    Inner(Tagged),
    #[serde(untagged)]
    Text(String),
    #[serde(untagged)]
    Sum {
        #[serde(with = "dkmio::decimal")]
        sum: Decimal,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is")]
pub(super) enum Tagged {
    Nothing,
    Leaf { value: f64, exact: Option<Number> },
    Node(Box<Node>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Node {
    children: Vec<Tagged>,
    #[serde(flatten)]
    rest: BTreeMap<String, Number>,
}

impl Shape for Mixed {
    fn made(source: &mut Source<'_>) -> Self {
        match source.below(8) {
            0 => Self::Unit,
            1 => Self::Newtype(Box::new(Self::made(source))),
            2 => Self::Tuple(source.byte(), Shape::made(source)),
            3 => Self::Struct {
                a_field: Shape::made(source),
                maybe: Shape::made(source),
            },
            4 | 5 => Self::Inner(Shape::made(source)),
            6 => Self::Text(format!("text {}", source.text())),
            _ => Self::Sum {
                sum: Shape::made(source),
            },
        }
    }
}

impl Shape for Tagged {
    fn made(source: &mut Source<'_>) -> Self {
        match source.below(4) {
            0 => Self::Nothing,
            1 => Self::Node(Box::new(Node {
                children: (0..source.below(3)).map(|_| Self::made(source)).collect(),
                rest: [("sum".to_owned(), Shape::made(source))].into(),
            })),
            _ => Self::Leaf {
                value: Shape::made(source),
                exact: Shape::made(source),
            },
        }
    }
}
