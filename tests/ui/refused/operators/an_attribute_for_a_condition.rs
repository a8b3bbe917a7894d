//! An attribute alone is no condition, not even a `bool`.

use dkmio as _;
use dkmio_tests::events::Users;

fn main() {
    let _ = Users::scan().filter(|u| u.active());
}
