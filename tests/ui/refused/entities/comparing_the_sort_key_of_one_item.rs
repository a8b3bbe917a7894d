//! A template without members leaves nothing to compare.

use dkmio as _;
use dkmio_tests::shop::User;

fn main() {
    let _ = User::query("usr_1").sk(|k| k.eq("PROFILE"));
}
