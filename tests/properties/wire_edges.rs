//! Edges of DynamoDB JSON that both faces of the codec take or refuse alike.

use super::codec::Everything;
use dkmio::{Error, codec};
use dkmio_tests::wire::{Asked, asking, parse, reads_alike};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Whatever is asked for, a few times.
fn alike(json: &[u8]) {
    for question in 0..40 {
        asking(question);
        if let Err(difference) = reads_alike::<Asked>(json) {
            panic!("asking {question}: {difference}");
        }
    }
    reads_alike::<Everything>(json).unwrap();
}

#[test]
fn what_the_sdk_takes_is_taken() {
    for json in [
        r#"{}"#,
        " \t\r\n{ } \n",
        r#"{"a":{"S":""}}"#,
        r#"{ "a" : { "S" : "x" } , "b" : { "NULL" : false } }"#,
        r#"{"":{"S":"an empty name"}}"#,
        // Names and types with escapes.
        r#"{"\u0061":{"\u0053":"x"}}"#,
        r#"{"a\"b":{"M":{"c\nd":{"BOOL":true}}}}"#,
        // Pairs of surrogates, and all short escapes.
        r#"{"a":{"S":"\ud83d\ude00\"\\\/\b\f\n\r\t"}}"#,
        // Members that do not count: nulls, of any name, and a type's name.
        r#"{"a":{"S":"x","N":null}}"#,
        r#"{"a":{"N":null,"S":"x"}}"#,
        r#"{"a":{"\x":null,"S":"x"}}"#,
        r#"{"a":{"__type":{"a":[1,-0.5e+3,"\x",[],{}]},"S":"x"}}"#,
        r#"{"a":{"S":"x","__type":01.}}"#,
        // A type that nobody knows, which only matters to who reads it.
        r#"{"a":{"X":[{"b":null}]},"b":{"S":"x"}}"#,
        // A name twice: the last counts, also for structs, enums and ignored values.
        r#"{"a":{"S":"x"},"a":{"N":"1"}}"#,
        r#"{"text":{"N":"1"},"text":{"S":"x"}}"#,
        r#"{"shape":{"M":{"Newtype":{"S":"x"},"Newtype":{"N":"1"}}}}"#,
        r#"{"a":{"M":{"b":{"S":"x"},"c":{"S":"y"},"b":{"L":[{"M":{"d":{"N":"1"},"d":{"N":"2"}}}]}}}}"#,
        // Sets, empty ones too, and elements that no type says anything of.
        r#"{"a":{"SS":[]},"b":{"NS":["1","1","x"]},"c":{"BS":["","QQ==","AAAA"]}}"#,
        // Numbers of every length, and what is none: the parser does not look.
        r#"{"a":{"N":"123456789012345678901234567890123456789012345678901234567890"}}"#,
        r#"{"a":{"N":"1e400"},"b":{"N":"NaN"},"c":{"N":""},"t":{"N":"-0"},"x":{"N":"340282366920938463463374607431768211456"}}"#,
        r#"{"a":{"L":[{"NULL":true},{"NULL":false}]},"b":{"B":""}}"#,
    ] {
        assert!(parse(json.as_bytes()).is_some(), "{json}");
        alike(json.as_bytes());
    }
}

#[test]
fn what_the_sdk_refuses_is_refused() {
    for json in [
        "",
        " ",
        "null",
        "[]",
        "1",
        r#""a""#,
        "{",
        "{}}",
        "{},{}",
        "{} 1",
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{"a":{"S":"x"},}"#,
        r#"{,"a":{"S":"x"}}"#,
        r#"{a:{"S":"x"}}"#,
        r#"{"a":null}"#,
        r#"{"a":{}}"#,
        r#"{"a":{"S":null}}"#,
        r#"{"a":{"__type":"S"}}"#,
        r#"{"a":"x"}"#,
        r#"{"a":[]}"#,
        r#"{"a":{"S":"x","N":"1"}}"#,
        r#"{"a":{"S":"x","S":"y"}}"#,
        r#"{"a":{"X":1,"S":"y"}}"#,
        r#"{"a":{"S":5}}"#,
        r#"{"a":{"N":5}}"#,
        r#"{"a":{"BOOL":"true"}}"#,
        r#"{"a":{"NULL":0}}"#,
        r#"{"a":{"SS":["x",null]}}"#,
        r#"{"a":{"SS":[1]}}"#,
        r#"{"a":{"L":[null]}}"#,
        r#"{"a":{"L":["x"]}}"#,
        r#"{"a":{"L":[{"S":"x"},]}}"#,
        r#"{"a":{"L":[,]}}"#,
        r#"{"a":{"L":{}}}"#,
        r#"{"a":{"M":[]}}"#,
        r#"{"a":{"BOOL":truex}}"#,
        r#"{"a":{"BOOL":tru}}"#,
        r#"{"a":{"__type":1.2.3,"S":"x"}}"#,
        r#"{"a":{"__type":-,"S":"x"}}"#,
        r#"{"a":{"__type":+1,"S":"x"}}"#,
        r#"{"a":{"__type":nul,"S":"x"}}"#,
        // Base64 without its padding, with stray bits, of another alphabet, with escapes.
        r#"{"a":{"B":"QQ"}}"#,
        r#"{"a":{"B":"QR=="}}"#,
        r#"{"a":{"B":"AAC="}}"#,
        r#"{"a":{"B":"-_=="}}"#,
        r#"{"a":{"B":"\u0041AAA"}}"#,
        r#"{"a":{"B":"===="}}"#,
        r#"{"a":{"BS":["AAAA","A"]}}"#,
        // Surrogates alone, half escapes, control characters.
        r#"{"a":{"S":"\ud83d"}}"#,
        r#"{"a":{"S":"\ude00"}}"#,
        r#"{"a":{"S":"\ud83d\u0041"}}"#,
        r#"{"a":{"S":"\u12"}}"#,
        r#"{"a":{"S":"\u+123"}}"#,
        r#"{"a":{"S":"\x"}}"#,
        r#"{"\x":{"S":"x"}}"#,
        r#"{"a":{"\x":"x"}}"#,
        "{\"a\":{\"S\":\"\n\"}}",
        "{\"a\":{\"S\":\"\\\n\"}}",
        "{\"a\":{\"S\":\"x}}",
        "{\u{a0}}",
    ] {
        assert!(parse(json.as_bytes()).is_none(), "{json}");
        alike(json.as_bytes());
    }
    alike(b"{\"a\":{\"S\":\"\xff\"}}");
    alike(b"{\"\xc3\":{\"S\":\"\xa9\"}}");
}

#[test]
fn nesting_ends_where_it_does_for_the_sdk() {
    let mut deepest = 0;
    for depth in 0..140 {
        for (open, close, inner) in [
            (r#"{"L":["#, "]}", r#"{"S":"x"}"#),
            (r#"{"M":{"a":"#, "}}", r#"{"SS":["x"]}"#),
            (r#"{"L":["#, "]}", r#"{"L":[]}"#),
        ] {
            let json = format!(
                r#"{{"a":{}{inner}{}}}"#,
                open.repeat(depth),
                close.repeat(depth)
            );
            let taken = parse(json.as_bytes()).is_some();
            assert_eq!(
                codec::from_json::<serde::de::IgnoredAny>(&json).is_ok(),
                taken,
                "{depth}"
            );
            asking(2);
            reads_alike::<Asked>(json.as_bytes()).unwrap();
            if taken {
                deepest = deepest.max(depth);
            }
        }
    }
    assert!(deepest > 50, "{deepest}");
}

#[test]
fn what_is_passed_over_may_be_deeper() {
    for depth in [100, 300, 511, 512, 513, 600] {
        let json = format!(
            r#"{{"a":{{"__type":{}{},"S":"x"}}}}"#,
            "[".repeat(depth),
            "]".repeat(depth)
        );
        reads_alike::<std::collections::BTreeMap<String, String>>(json.as_bytes()).unwrap();
    }
}

#[test]
fn types_borrow_from_the_bytes() {
    #[derive(Deserialize)]
    struct Row<'a> {
        plain: &'a str,
        #[serde(borrow)]
        escaped: Cow<'a, str>,
        #[serde(borrow)]
        either: Cow<'a, str>,
    }
    let json = r#"{"plain":{"S":"a"},"escaped":{"S":"a\nb"},"either":{"S":"b"}}"#;
    let row: Row<'_> = codec::from_json(json).unwrap();
    assert!(json.as_bytes().as_ptr_range().contains(&row.plain.as_ptr()));
    assert!(matches!(row.escaped, Cow::Owned(_)));
    assert!(matches!(row.either, Cow::Borrowed("b")));

    // A name that comes twice does not cost the borrowing.
    let twice = r#"{"plain":{"N":"1"},"escaped":{"S":""},"either":{"S":"b"},"plain":{"S":"c"}}"#;
    assert_eq!(codec::from_json::<Row<'_>>(twice).unwrap().plain, "c");

    let escaped = r#"{"plain":{"S":"a\nb"},"escaped":{"S":""},"either":{"S":"b"}}"#;
    let Err(Error::Decode(e)) = codec::from_json::<Row<'_>>(escaped) else {
        panic!("it reads");
    };
    assert_eq!(e.path(), "plain");
}

#[test]
fn faults_in_the_json_say_where_they_are_and_quote_nothing() {
    for (json, message) in [
        (
            r#"{"a":{"S":"secret"#,
            "not DynamoDB JSON: expected `\"` at the end of a string, at byte 17",
        ),
        (
            r#"{"a":{"secret":1,"S":""}}"#,
            "not DynamoDB JSON: a value must have one type, as in `{\"S\": \"text\"}`, at byte 21",
        ),
        (
            r#"{"a":{"S":"x"}} {}"#,
            "not DynamoDB JSON: expected nothing after the item, at byte 16",
        ),
    ] {
        let Err(Error::Decode(e)) = codec::from_json::<serde::de::IgnoredAny>(json) else {
            panic!("{json} reads");
        };
        assert_eq!(e.message(), message);
        assert_eq!(e.path(), "");
    }
}

#[test]
fn a_name_is_not_written_twice() {
    #[derive(Serialize)]
    struct Outer {
        name: &'static str,
        #[serde(flatten)]
        inner: Inner,
    }
    #[derive(Serialize)]
    struct Inner {
        name: &'static str,
        other: Option<&'static str>,
    }
    let value = Outer {
        name: "outer",
        inner: Inner {
            name: "inner",
            other: None,
        },
    };
    let refused = [
        codec::to_json(&value).unwrap_err(),
        codec::to_item(&value).unwrap_err(),
    ];
    for error in refused {
        let Error::Encode(e) = &error else {
            panic!("{error:?}");
        };
        assert_eq!(e.path(), "name");
    }
}

#[test]
fn an_error_names_its_attribute_whatever_the_one_before_was_called() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        #[serde(rename = "a\n")]
        escaped: String,
        #[serde(rename = "")]
        empty: String,
        plain: String,
    }
    for (json, path) in [
        (r#"{"a\n":{"N":"1"},"":{"S":"x"},"plain":{"S":"x"}}"#, "a\n"),
        (r#"{"a\n":{"S":"x"},"":{"N":"1"},"plain":{"S":"x"}}"#, ""),
        (
            r#"{"a\n":{"S":"x"},"":{"S":"x"},"plain":{"N":"1"}}"#,
            "plain",
        ),
        (
            r#"{"a\n":{"S":"x"},"plain":{"N":"1"},"":{"S":"x"}}"#,
            "plain",
        ),
    ] {
        let Err(Error::Decode(e)) = codec::from_json::<Row>(json) else {
            panic!("{json} reads");
        };
        assert_eq!(e.path(), path, "{json}");
        assert_eq!(e.message(), "expected a string, found a number");
        reads_alike::<Row>(json.as_bytes()).unwrap();
    }
}
