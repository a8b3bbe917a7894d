//! Cursors are data from outside.

use dkmio::{Cursor, DynamoDb, Error};
use dkmio_tests::orders::{Orders, order};
use proptest::prelude::*;

/// A token of a real page.
fn token() -> String {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(async {
            let db = DynamoDb::embedded();
            db.create_table::<Orders>().await.unwrap();
            for id in ["ord_1", "ord_2"] {
                Orders::put(&order("usr_1", id)).execute(&db).await.unwrap();
            }
            let page = Orders::query("usr_1").limit(1).execute(&db).await.unwrap();
            page.next().unwrap().to_string()
        })
}

#[test]
fn a_token_is_url_safe_and_parses_back() {
    let token = token();
    assert!(
        token
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    );
    assert_eq!(token.parse::<Cursor>().unwrap().to_string(), token);
}

#[test]
fn every_change_of_a_token_is_refused() {
    let token = token();
    for at in 0..token.len() {
        for replacement in [b'A', b'z', b'_', b'=', b' '] {
            let mut bytes = token.clone().into_bytes();
            if bytes[at] == replacement {
                continue;
            }
            bytes[at] = replacement;
            let changed = String::from_utf8(bytes).unwrap();
            let parsed = changed.parse::<Cursor>();
            assert!(matches!(parsed, Err(Error::InvalidCursor(_))), "{at}");
        }
    }
    for end in 0..token.len() {
        assert!(token[..end].parse::<Cursor>().is_err(), "cut at {end}");
    }
}

#[test]
fn a_signed_token_is_read_with_its_key_only() {
    let cursor = token().parse::<Cursor>().unwrap();
    for key in [&b"secret"[..], b"", &[7; 200]] {
        let signed = cursor.sign(key);
        assert_eq!(Cursor::verify(&signed, key).unwrap(), cursor);
        let refused = [
            Cursor::verify(&signed, b"another"),
            Cursor::verify(&cursor.to_string(), key),
            Cursor::verify(&signed[..signed.len() - 1], key),
            Cursor::verify(&format!("{cursor}."), key),
            signed.parse(),
        ];
        for result in refused {
            assert!(matches!(result, Err(Error::InvalidCursor(_))), "{result:?}");
        }
        for at in 0..signed.len() {
            let mut bytes = signed.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(Cursor::verify(&changed, key).is_err(), "{at}");
        }
    }
}

proptest! {
    #[test]
    fn no_text_is_taken_for_a_cursor(text in "\\PC{0,200}") {
        prop_assert!(matches!(text.parse::<Cursor>(), Err(Error::InvalidCursor(_))));
    }

    #[test]
    fn no_bytes_are_taken_for_a_cursor(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        use base64::Engine;
        let token = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
        prop_assert!(matches!(token.parse::<Cursor>(), Err(Error::InvalidCursor(_))));
    }
}
