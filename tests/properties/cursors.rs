//! Cursors are data from outside.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dkmio::{Cursor, DynamoDb, DynamoTable, Error};
use dkmio_tests::orders::{Orders, Status, order};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().build().unwrap();
    runtime.block_on(future)
}

/// A table with two orders.
async fn with_orders() -> DynamoDb {
    let db = DynamoDb::embedded();
    db.create_table::<Orders>().await.unwrap();
    for id in ["ord_1", "ord_2"] {
        Orders::put(&order("usr_1", id)).execute(&db).await.unwrap();
    }
    db
}

/// A token of a real page.
fn token() -> String {
    block_on(async {
        let query = Orders::query("usr_1").limit(1);
        let page = query.execute(&with_orders().await).await.unwrap();
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
    for end in 1..token.len() {
        assert!(token[..end].parse::<Cursor>().is_err(), "cut at {end}");
    }
}

#[test]
fn a_signed_token_is_read_with_its_key_only() {
    let cursor = token().parse::<Cursor>().unwrap();
    for key in [&b"secret"[..], b"\0", &[7; 200]] {
        let signed = cursor.sign(key).unwrap();
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

#[test]
fn an_empty_signing_key_is_refused() {
    let cursor = token().parse::<Cursor>().unwrap();
    let signed = cursor.sign(b"secret").unwrap();
    for result in [
        cursor.sign(b"").map(drop),
        Cursor::start().sign(b"").map(drop),
        Cursor::verify(&signed, b"").map(drop),
        Cursor::verify(&cursor.to_string(), b"").map(drop),
        Cursor::verify("", b"").map(drop),
    ] {
        assert!(matches!(result, Err(Error::Configuration(_))), "{result:?}");
    }
}

#[test]
fn an_empty_string_is_the_start() {
    let start = "".parse::<Cursor>().unwrap();
    assert!(start.is_start());
    assert_eq!(start, Cursor::default());
    assert_eq!(start.to_string(), "");
    assert_eq!(start.sign(b"secret").unwrap(), "");
    assert_eq!(Cursor::verify("", b"secret").unwrap(), start);
    assert_eq!(serde_json::from_str::<Cursor>("\"\"").unwrap(), start);
    assert!(!token().parse::<Cursor>().unwrap().is_start());
    let all = |cursor: Cursor| Orders::query("usr_1").start_from(cursor).explain().unwrap();
    assert_eq!(
        all(start).to_string(),
        Orders::query("usr_1").explain().unwrap().to_string()
    );
}

#[test]
fn a_cursor_is_a_string_to_serde_and_a_key_to_maps() {
    let token = token();
    let cursor = token.parse::<Cursor>().unwrap();
    let json = serde_json::to_value(&cursor).unwrap();
    assert_eq!(json, serde_json::Value::from(token.clone()));
    assert_eq!(serde_json::from_value::<Cursor>(json).unwrap(), cursor);
    for text in ["\"no-token\"", "null", "7", "{}"] {
        assert!(serde_json::from_str::<Cursor>(text).is_err(), "{text}");
    }
    let hashed = std::collections::HashSet::from([cursor.clone(), Cursor::start(), cursor.clone()]);
    let sorted =
        std::collections::BTreeSet::from([cursor.clone(), Cursor::start(), cursor.clone()]);
    assert_eq!((hashed.len(), sorted.len()), (2, 2));
    assert!(hashed.contains(&token.parse::<Cursor>().unwrap()));
}

/// One attribute in a token: its name, its type and its value.
type Attribute<'a> = (&'a str, u8, &'a [u8]);

/// Makes a token as dkmio does, of what is given, for the owner of another one.
fn forged(of: &str, attributes: &[Attribute<'_>]) -> String {
    let genuine = URL_SAFE_NO_PAD.decode(of).unwrap();
    let mut bytes = genuine[..9].to_vec();
    for (name, kind, value) in attributes {
        bytes.extend_from_slice(&(name.len() as u32).to_be_bytes());
        bytes.extend_from_slice(name.as_bytes());
        bytes.push(*kind);
        bytes.extend_from_slice(&(value.len() as u32).to_be_bytes());
        bytes.extend_from_slice(value);
    }
    closed(bytes)
}

/// Puts the checksum behind what a token says.
fn closed(mut bytes: Vec<u8>) -> String {
    let checksum = bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    bytes.extend_from_slice(&checksum.to_be_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Asserts that a token is refused, when it is parsed or when it is used.
fn assert_refused<T: std::fmt::Debug>(token: &str, used: impl Fn(Cursor) -> Result<T, Error>) {
    let result = token.parse::<Cursor>().and_then(used);
    assert!(matches!(result, Err(Error::InvalidCursor(_))), "{result:?}");
}

#[test]
fn a_forged_key_does_not_get_into_a_request_of_the_table() {
    let genuine = token();
    let query = |cursor| Orders::query("usr_1").start_from(cursor).into_input();
    let user: Attribute<'_> = ("user_id", b'S', b"usr_1");
    let order: Attribute<'_> = ("order_id", b'S', b"ord_1");
    let parsed = forged(&genuine, &[order, user]).parse::<Cursor>().unwrap();
    assert_eq!(parsed.to_string(), genuine, "the forger knows how");
    query(parsed).unwrap();
    let longest = "x".repeat(1_024);
    let in_limits = forged(&genuine, &[("order_id", b'S', longest.as_bytes()), user]);
    query(in_limits.parse().unwrap()).unwrap();
    let too_long = "x".repeat(1_025);
    let refused: &[&[Attribute<'_>]] = &[
        &[],
        &[user],
        &[order],
        &[("user_id", b'S', b"usr_2"), order],
        &[("user_id", b'S', b""), order],
        &[("user_id", b'B', b"usr_1"), order],
        &[("user_id", b'N', b"1"), order],
        &[user, ("order_id", b'S', b"")],
        &[user, ("order_id", b'S', too_long.as_bytes())],
        &[user, ("order_id", b'S', b"\xff")],
        &[user, ("order_id", b'B', b"ord_1")],
        &[user, ("order_id", b'N', b"1")],
        &[user, ("order_id", b'?', b"")],
        &[user, ("order", b'S', b"ord_1")],
        &[user, order, ("total", b'N', b"1")],
        &[user, user, order],
        &[user, order, order],
        &[user, ("user_id", b'S', b"usr_2"), order],
        &[("user_id", b'S', b"usr_2"), user, order],
        &[user, order, ("", b'S', b"ord_1")],
    ];
    for attributes in refused {
        assert_refused(&forged(&genuine, attributes), query);
    }
}

/// Of an index, whose own keys are numbers, and of a scan, whose partition can be any.
#[test]
fn a_forged_key_does_not_get_into_a_request_of_an_index_or_a_scan() {
    let (by_amount, by_status, scan) = index_tokens();
    let user: Attribute<'_> = ("user_id", b'S', b"usr_1");
    let order: Attribute<'_> = ("order_id", b'S', b"ord_1");
    let amount = |cursor| {
        Orders::by_amount()
            .query("usr_1")
            .start_from(cursor)
            .into_input()
    };
    let total = |text: &'static str| -> [Attribute<'_>; 3] {
        [user, order, ("total", b'N', text.as_bytes())]
    };
    for text in ["100", "100.0", "1e2", "-7", "0.5"] {
        amount(forged(&by_amount, &total(text)).parse().unwrap()).unwrap();
    }
    for text in [
        "",
        "x",
        "1 ",
        "NaN",
        "0x10",
        "1e126",
        "--1",
        "1e",
        "123456789012345678901234567890123456789",
    ] {
        assert_refused(&forged(&by_amount, &total(text)), amount);
    }
    assert_refused(
        &forged(&by_amount, &[user, order, ("total", b'S', b"100")]),
        amount,
    );

    let status = |cursor| {
        Orders::by_status()
            .query(Status::Pending)
            .start_from(cursor)
            .into_input()
    };
    let indexed = |status: &'static str, created_at: &'static str| -> [Attribute<'_>; 4] {
        [
            user,
            order,
            ("status", b'S', status.as_bytes()),
            ("created_at", b'S', created_at.as_bytes()),
        ]
    };
    status(
        forged(&by_status, &indexed("PENDING", "2025"))
            .parse()
            .unwrap(),
    )
    .unwrap();
    assert_refused(&forged(&by_status, &indexed("SHIPPED", "2025")), status);
    assert_refused(&forged(&by_status, &indexed("", "2025")), status);
    assert_refused(&forged(&by_status, &indexed("PENDING", "")), status);
    assert_refused(
        &forged(&by_status, &indexed("PENDING", &*"2".repeat(1_025).leak())),
        status,
    );
    let long = "u".repeat(2_049);
    let mut foreign = indexed("PENDING", "2025");
    foreign[0] = ("user_id", b'S', long.as_bytes());
    assert_refused(&forged(&by_status, &foreign), status);

    let scanned = |cursor| Orders::scan().start_from(cursor).into_input();
    scanned(
        forged(&scan, &[("user_id", b'S', b"anybody"), order])
            .parse()
            .unwrap(),
    )
    .unwrap();
    assert_refused(&forged(&scan, &[("user_id", b'S', b""), order]), scanned);
    assert_refused(
        &forged(&scan, &[("user_id", b'S', long.as_bytes()), order]),
        scanned,
    );
    assert_refused(&forged(&scan, &[user, user, order]), scanned);
}

/// A partition that is a number is the query's own by its value.
#[test]
fn the_partition_of_a_cursor_is_compared_by_value() {
    let token = block_on(async {
        let db = DynamoDb::embedded();
        db.create_table::<Numbered>().await.unwrap();
        for at in 1..3 {
            Numbered::put(&Numbered { number: 10, at })
                .execute(&db)
                .await
                .unwrap();
        }
        let page = Numbered::query(10).limit(1).execute(&db).await.unwrap();
        page.next().unwrap().to_string()
    });
    let query = |cursor| Numbered::query(10).start_from(cursor).into_input();
    let at: Attribute<'_> = ("at", b'N', b"1");
    for number in ["10", "10.0", "1e1"] {
        query(
            forged(&token, &[("number", b'N', number.as_bytes()), at])
                .parse()
                .unwrap(),
        )
        .unwrap();
    }
    for number in ["11", "1", "ten", ""] {
        assert_refused(
            &forged(&token, &[("number", b'N', number.as_bytes()), at]),
            query,
        );
    }
}

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "numbered")]
struct Numbered {
    #[pk]
    number: u32,
    #[sk]
    at: u32,
}

/// Tokens of two indexes and of a scan.
fn index_tokens() -> (String, String, String) {
    block_on(async {
        let db = with_orders().await;
        let by_amount = Orders::by_amount()
            .query("usr_1")
            .limit(1)
            .execute(&db)
            .await
            .unwrap();
        let by_status = Orders::by_status()
            .query(Status::Pending)
            .limit(1)
            .execute(&db)
            .await
            .unwrap();
        let scan = Orders::scan().limit(1).execute(&db).await.unwrap();
        (
            by_amount.next().unwrap().to_string(),
            by_status.next().unwrap().to_string(),
            scan.next().unwrap().to_string(),
        )
    })
}

/// A token that says which way it goes, with any direction.
#[test]
fn a_token_goes_one_of_two_ways_or_is_refused() {
    let genuine = URL_SAFE_NO_PAD.decode(token()).unwrap();
    let directed = |direction: u8, key: bool| {
        let mut bytes = vec![2];
        bytes.extend_from_slice(&genuine[1..9]);
        bytes.push(direction);
        if key {
            bytes.extend_from_slice(&genuine[9..genuine.len() - 8]);
        }
        closed(bytes)
    };
    let query = |cursor: Cursor| Orders::query("usr_1").start_from(cursor).into_input();
    for (direction, forward) in [(b'F', None), (b'B', Some(false))] {
        for key in [true, false] {
            let cursor = directed(direction, key).parse::<Cursor>().unwrap();
            assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
            let input = query(cursor).unwrap();
            assert_eq!(input.scan_index_forward(), forward);
            assert_eq!(input.exclusive_start_key().is_some(), key);
        }
    }
    for direction in [0, b'f', b'X', 0xff] {
        assert_refused(&directed(direction, true), query);
    }
    // A scan is not turned round by a token that says so.
    let (.., scan) = index_tokens();
    let mut bytes = URL_SAFE_NO_PAD.decode(scan).unwrap();
    bytes.truncate(bytes.len() - 8);
    bytes[0] = 2;
    bytes.insert(9, b'B');
    assert_refused(&closed(bytes), |cursor| {
        Orders::scan().start_from(cursor).into_input()
    });
}

proptest! {
    #[test]
    fn no_text_is_taken_for_a_cursor(text in "\\PC{1,200}") {
        prop_assert!(matches!(text.parse::<Cursor>(), Err(Error::InvalidCursor(_))));
    }

    #[test]
    fn no_bytes_are_taken_for_a_cursor(bytes in prop::collection::vec(any::<u8>(), 1..200)) {
        let token = URL_SAFE_NO_PAD.encode(bytes);
        prop_assert!(matches!(token.parse::<Cursor>(), Err(Error::InvalidCursor(_))));
    }
}
