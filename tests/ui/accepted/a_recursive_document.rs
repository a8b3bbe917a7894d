//! A document may hold itself: its paths are as long as they are written.

use dkmio_tests::events::Users;

fn main() {
    let _ = Users::scan().select(|u| {
        let reply = u.thread().replies().at(0);
        (reply.text(), reply.replies().at(1).replies().at(2).text())
    });
    let _ = Users::update("usr_123").remove(|u| u.thread().replies().at(0).replies());
}
