//! Conditions and operands of any shape and depth are built, cloned, printed, explained, sent and dropped; where DynamoDB does
//! not take them, they are an error before sending.
//!
//! A stack overflow aborts a process, so all of it happens in a child process, on a thread with a stack of 2 MB.

use dkmio::error::ValidationCause;
use dkmio::expr::{Expression, Term, Update};
use dkmio::{AttributeValue, Condition, DynamoDb, DynamoTable, Error, Value, attr, codec};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::process::Command;

const CHILD: &str = "DKMIO_TEST_NESTED";
const DEPTHS: [usize; 6] = [10, 90, 300, 1_000, 10_000, 100_000];

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "nested")]
struct Nested {
    #[pk]
    id: String,
    n: u64,
}

fn leaf() -> Condition {
    attr("n").eq(1)
}

type Shape = (&'static str, fn(Condition) -> Condition);

const SHAPES: [Shape; 12] = [
    ("not of an and on the left", |x| !(leaf() & x)),
    ("not of an and on the right", |x| !(x & leaf())),
    ("not of an or", |x| !(x | leaf())),
    ("and of an or", |x| (x | leaf()) & leaf()),
    ("and on the left", |x| x & leaf()),
    ("and on the right", |x| leaf() & x),
    ("or on the left", |x| x | leaf()),
    ("or on the right", |x| leaf() | x),
    ("not", |x| !x),
    ("all of any", |x| {
        Condition::all([Condition::any([x, leaf()]), attr("id").exists()])
    }),
    ("all of one", |x| Condition::all([x])),
    ("any with what never holds", |x| {
        Condition::any([!x, attr("n").is_in(Vec::<u64>::new())])
    }),
];

fn terms(depth: usize) -> [Term; 4] {
    let nest =
        |wrap: fn(Term) -> Term| (0..depth).fold(Term::from(attr("n")), |term, _| wrap(term));
    [
        nest(|term| term - attr("n")),
        nest(|term| Term::value(&1) + term),
        nest(|term| attr("n").if_not_exists(term).into()),
        nest(|term| Term::list_append(attr("list").into(), term)),
    ]
}

/// Values of the SDK's type, which are as deep.
fn values(depth: usize) -> [AttributeValue; 2] {
    let nest = |wrap: fn(AttributeValue) -> AttributeValue| {
        (0..depth).fold(AttributeValue::Bool(true), |value, _| wrap(value))
    };
    [
        nest(|value| AttributeValue::L(vec![value])),
        nest(|value| AttributeValue::M([("a".to_owned(), value)].into())),
    ]
}

/// A value of this depth that takes no stack until it is written.
struct Deep(usize);

impl Serialize for Deep {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.checked_sub(1) {
            Some(less) => serializer.collect_seq([Self(less)]),
            None => serializer.serialize_bool(true),
        }
    }
}

/// A list of a list of a list, this deep, of a format that has no limit.
struct DeepInput(usize);

impl<'de> serde::de::Deserializer<'de> for DeepInput {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match self.0.checked_sub(1) {
            Some(less) => visitor.visit_seq(DeepElements(Some(Self(less)))),
            None => visitor.visit_bool(true),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct DeepElements(Option<DeepInput>);

impl<'de> serde::de::SeqAccess<'de> for DeepElements {
    type Error = serde::de::value::Error;

    fn next_element_seed<T: serde::de::DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Self::Error> {
        self.0
            .take()
            .map(|input| seed.deserialize(input))
            .transpose()
    }
}

/// Whether it is sent and answered, or refused because it has too many operators.
fn is_decided(result: Result<(), Error>) -> bool {
    match result {
        Ok(()) | Err(Error::ConditionFailed(_)) => true,
        Err(Error::Validation(e)) => matches!(
            e.cause(),
            ValidationCause::TooManyOperators { .. }
                | ValidationCause::ExpressionTooLong { .. }
                | ValidationCause::Expression
                | ValidationCause::Remote
        ),
        Err(_) => false,
    }
}

async fn try_all(db: &DynamoDb) -> Result<(), Error> {
    db.create_table::<Nested>().await?;
    let nested = Nested {
        id: "a".to_owned(),
        n: 1,
    };
    for depth in DEPTHS {
        for (name, wrap) in SHAPES {
            let condition = (0..depth).fold(leaf(), |condition, _| wrap(condition));
            assert!(!format!("{:?}", condition.clone()).is_empty());
            let put = Nested::put(&nested).condition(|_| condition.clone());
            let explained = put.explain();
            if depth >= 300 && !["not", "all of one", "any with what never holds"].contains(&name) {
                let Err(Error::Validation(e)) = explained else {
                    panic!("{name}, {depth}: {explained:?}");
                };
                assert!(
                    matches!(e.cause(), ValidationCause::TooManyOperators { count: Some(n), .. } if n > depth),
                    "{name}, {depth}: {e:?}"
                );
            } else if depth == 10 {
                explained?;
            }
            let sent = put.clone().execute(db).await;
            assert!(is_decided(sent), "{name}, {depth}");
            let scan = Nested::scan().filter(|_| condition).count(db).await;
            assert!(is_decided(scan.map(|_| ())), "{name}, {depth}");
        }
        for value in values(depth) {
            let set = Nested::update("a").set(|_| attr("m"), Term::from(value));
            let sent = set.clone().execute(db).await;
            let is_taken = depth < 32 && sent.is_ok();
            let is_refused = depth > 32 && matches!(sent, Err(Error::Encode(_)));
            assert!(is_taken || is_refused, "{depth}: {sent:?}");
            assert_eq!(set.explain().is_ok(), is_taken);
        }
        let deep = codec::to_item(&BTreeMap::from([("v", Deep(depth))]));
        assert_eq!(deep.is_ok(), depth < 32, "{depth}");
        let read = Value::deserialize(DeepInput(depth));
        assert_eq!(read.is_ok(), depth <= 32, "{depth}");
        let deep = codec::to_json(&BTreeMap::from([("v", Deep(depth))]));
        assert_eq!(deep.is_ok(), depth < 32, "{depth}");
        for term in terms(depth) {
            assert!(!format!("{:?}", term.clone()).is_empty());
            let update = Update::new().set(attr("m"), term.clone());
            let expression = Expression::builder().update(update.clone()).build();
            assert!(is_decided(expression.map(|_| ())), "{depth}");
            let update = Nested::update("a").set_expr(|_| attr("m"), |_| term.clone());
            assert!(is_decided(update.clone().execute(db).await), "{depth}");
            let check = Nested::put(&nested).condition(|_| attr("n").eq(term));
            assert!(is_decided(check.execute(db).await), "{depth}");
        }
        let doubled = (0..depth).fold(Term::from(attr("n")), |term, _| term.clone() + term);
        for condition in [
            attr("n").eq(doubled.clone()),
            attr("n").eq(doubled.clone()) & leaf(),
            attr("n").between(doubled.clone(), doubled.clone()) & leaf(),
            !attr("n").is_in([doubled.clone(), doubled]) | leaf(),
        ] {
            let put = Nested::put(&nested).condition(|_| condition);
            assert!(is_decided(put.execute(db).await), "{depth}");
        }
    }
    Ok(())
}

#[test]
fn conditions_and_operands_of_any_depth_do_not_overflow_the_stack() {
    if std::env::var_os(CHILD).is_some() {
        let small = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
        let run = || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(try_all(&DynamoDb::embedded()))
        };
        small.spawn(run).unwrap().join().unwrap().unwrap();
        return;
    }
    let child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "--nocapture",
            "pitfalls::nested::conditions_and_operands_of_any_depth_do_not_overflow_the_stack",
        ])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let (said, failed) = (
        String::from_utf8_lossy(&child.stdout),
        String::from_utf8_lossy(&child.stderr),
    );
    assert!(child.status.success(), "{}\n{said}\n{failed}", child.status);
    assert!(said.contains("1 passed"), "{said}");
}
