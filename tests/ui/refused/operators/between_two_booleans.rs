//! DynamoDB has no order for booleans.

use dkmio as _;
use dkmio_tests::events::Users;

fn main() {
    let _ = Users::scan().filter(|u| u.active().between(false, true));
}
