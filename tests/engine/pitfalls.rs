//! Rows of PITFALLS, where gets, puts, updates, deletes, queries and scans reach them.
//!
//! | row | tests in `pitfalls::` |
//! |---|---|
//! | 5 a cap inside a page | `walks`, `to_and_fro` |
//! | 6 empty pages, 7 count | `pages` |
//! | 12 names, 18 placeholders | `crate::seed::model`, `expressions` |
//! | 13 precedence | `precedence` |
//! | 14 `is_in`, `between` | `expressions` |
//! | 15 limits | `limits`, `key_limits`, `nested` |
//! | 16 overlaps, 17 missing parents | `expressions` |
//! | 19 `None` and empty sets, 22 sets, 23 TTL | `stored` |
//! | 20 numbers | `numbers` |
//! | 21, 27 errors without values | `secrets` |
//! | 29 cursors | `cursors` |
//! | 30 nothing implicit, 28 what a read costs | `pages`, `crate::seed::explain` |

mod cursors;
mod expressions;
mod key_limits;
mod limits;
mod nested;
mod numbers;
mod pages;
mod precedence;
mod secrets;
mod stored;
mod to_and_fro;
mod walks;

use dkmio::Error;
use std::fmt::Debug;

/// Asserts that dkmio refused the request itself: no answer of the engine has come.
fn refused<T: Debug>(result: Result<T, Error>, variant: fn(&Error) -> bool) -> Error {
    let error = result.expect_err("the request should have been refused");
    assert!(variant(&error), "{error:?}");
    assert_eq!(
        (error.code(), error.request_id()),
        (None, None),
        "{error:?}"
    );
    error
}

fn is_validation(error: &Error) -> bool {
    matches!(error, Error::Validation(_))
}

fn is_invalid_key(error: &Error) -> bool {
    matches!(error, Error::InvalidKey(_))
}
