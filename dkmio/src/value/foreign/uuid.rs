//! `uuid::Uuid` as a key.

use crate::value::{KeyAttribute, KeyKind, Prefix};
use uuid::Uuid;

/// Its lower-case hyphenated text, which sorts as the bytes do.
#[diagnostic::do_not_recommend]
impl KeyAttribute for Uuid {
    const KIND: KeyKind = KeyKind::S;
}
#[diagnostic::do_not_recommend]
impl Prefix for Uuid {}
