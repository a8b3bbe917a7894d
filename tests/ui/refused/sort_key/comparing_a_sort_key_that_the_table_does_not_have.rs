//! `sk(..)` needs a sort key.

use dkmio as _;
use dkmio_tests::events::Users;

fn main() {
    let _ = Users::query("usr_123").sk(|k| k.ge("2025-01-01"));
}
