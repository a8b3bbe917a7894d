//! A cursor token is data from outside: it parses to a cursor that writes a token of the same cursor, or is refused.
#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dkmio::{Cursor, Error};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(token) = std::str::from_utf8(data) {
        check(token);
    }
    // With the checksum right, so that what is behind it is reached.
    let mut bytes = data.to_vec();
    bytes.extend_from_slice(&checksum(data).to_be_bytes());
    check(&URL_SAFE_NO_PAD.encode(bytes));
});

fn check(token: &str) {
    match token.parse::<Cursor>() {
        Ok(cursor) => {
            assert_eq!(
                cursor.to_string().parse::<Cursor>().ok(),
                Some(cursor.clone())
            );
            let signed = cursor.sign(b"key").ok();
            let verified = signed.and_then(|signed| Cursor::verify(&signed, b"key").ok());
            assert_eq!(verified, Some(cursor));
        }
        Err(e) => assert!(matches!(e, Error::InvalidCursor(_))),
    }
    if let Err(e) = Cursor::verify(token, b"key") {
        assert!(matches!(e, Error::InvalidCursor(_)));
    }
}

/// FNV-1a.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    })
}
