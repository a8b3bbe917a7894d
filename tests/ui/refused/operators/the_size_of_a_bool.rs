//! A boolean has no size.

use dkmio as _;
use dkmio_tests::events::Users;

fn main() {
    let _ = Users::scan().filter(|u| u.active().size().eq(1));
}
