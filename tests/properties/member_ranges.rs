//! Comparisons of the members of a sort key, on the engine: a query finds the items that comparing the members themselves
//! finds, in the order of the members. All bounds on all of these texts, in memory: `ranges` beside `template_sort.rs`.

use dkmio::{AttributeValue, DynamoDb, DynamoEntity, Error, SharedTable};
use serde::{Deserialize, Serialize};

/// Queries of each sort key that find few items; what they compare is chosen at random.
const QUERIES: usize = 70;

#[derive(SharedTable)]
#[dkmio(table = "encoded")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
#[gsi(gsi2, name = "GSI2", pk = "GSI2PK", sk = "GSI2SK")]
struct Encoded;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Encoded, kind = "pair")]
#[key(pk = "ALL", sk = "P#{a}#{b}")]
#[gsi(bare, of = gsi1, pk = "ALL", sk = "{a}#{b}")]
#[gsi(ended, of = gsi2, pk = "ALL", sk = "X#{a}$Y {b}#END")]
struct Pair {
    a: String,
    b: String,
}

/// Its items are told by their keys alone.
#[derive(SharedTable)]
#[dkmio(table = "refusing")]
#[keys(pk = "PK", sk = "SK", escape = refuse)]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
struct Refusing;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Refusing, kind = "pair")]
#[key(pk = "ALL", sk = "P#{a}#{b}")]
#[gsi(numbers, of = gsi1, pk = "ALL", sk = "N~{n}~{m}")]
struct Plain {
    a: String,
    b: String,
    n: i16,
    m: i16,
}

/// Texts that begin alike, hold separators, and characters around them: control characters, and astral ones.
fn texts() -> Vec<String> {
    let alphabet = [
        '\0',
        '\u{1}',
        ' ',
        '!',
        '"',
        '#',
        '$',
        '%',
        '&',
        '2',
        'A',
        'a',
        '~',
        'é',
        '\u{D7FF}',
        '\u{E000}',
        '\u{FFFF}',
        '😀',
        '\u{10FFFE}',
    ];
    let one = alphabet.iter().map(char::to_string);
    let two = alphabet
        .iter()
        .flat_map(|a| ['#', '%', 'a'].map(|b| format!("{a}{b}")));
    let mut texts: Vec<_> = one.chain(two).collect();
    texts.sort();
    texts
}

#[derive(Debug, Clone, Copy)]
enum Operator {
    Eq,
    Lt,
    Le,
    Gt,
    Ge,
    Between,
    BeginsWith,
}

const OPERATORS: [Operator; 7] = [
    Operator::Eq,
    Operator::Lt,
    Operator::Le,
    Operator::Gt,
    Operator::Ge,
    Operator::Between,
    Operator::BeginsWith,
];

impl Operator {
    /// Whether it holds for a member.
    fn holds<T: Ord>(self, member: &T, x: &T, y: &T, begins: impl Fn(&T, &T) -> bool) -> bool {
        match self {
            Self::Eq => member == x,
            Self::Lt => member < x,
            Self::Le => member <= x,
            Self::Gt => member > x,
            Self::Ge => member >= x,
            Self::Between => (x..=y).contains(&member),
            Self::BeginsWith => begins(member, x),
        }
    }
}

/// The query with a member compared; `begins_with` is for text.
macro_rules! compared {
    ($query:expr, |$k:ident| $member:expr, $operator:expr, $x:expr, $y:expr $(, $begins:ident)?) => {
        match $operator {
            Operator::Eq => $query.sk(|$k| $member.eq($x)),
            Operator::Lt => $query.sk(|$k| $member.lt($x)),
            Operator::Le => $query.sk(|$k| $member.le($x)),
            Operator::Gt => $query.sk(|$k| $member.gt($x)),
            Operator::Ge => $query.sk(|$k| $member.ge($x)),
            Operator::Between => $query.sk(|$k| $member.between($x, $y)),
            $(Operator::BeginsWith => $query.sk(|$k| $member.$begins($x)),)?
            #[allow(unreachable_patterns, reason = "numbers have no prefixes")]
            Operator::BeginsWith => unreachable!(),
        }
    };
}

struct Random(fastrand::Rng);

impl Random {
    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.0.usize(..all.len())]
    }

    /// Two of them, the smaller one first.
    fn two_of<'a, T: Ord>(&mut self, all: &'a [T]) -> (&'a T, &'a T) {
        let (x, y) = (self.one_of(all), self.one_of(all));
        if x <= y { (x, y) } else { (y, x) }
    }
}

/// Checks that just these items were found, in this order.
fn check<'e, T: PartialEq + 'e>(
    found: Result<Vec<T>, Error>,
    expected: impl Iterator<Item = &'e T>,
    what: &str,
) {
    let found = found.unwrap_or_else(|e| panic!("{what}: {e}"));
    assert!(found.iter().eq(expected), "{what}");
}

/// Puts items of another kind, with keys just beside the entity's and right at the bounds of ranges.
async fn put_others(db: &DynamoDb) -> Result<(), Error> {
    let client = db.client().await?;
    for key in [
        "P", "P#", "P$", "O#a#b", "PP#a#b", "X", "X#", "X$", "X#a$Y b", "a", "$",
    ] {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let mut put = client
            .put_item()
            .table_name("encoded")
            .item("kind", text("other"));
        for attribute in ["PK", "GSI1PK", "GSI2PK"] {
            put = put.item(attribute, text("ALL"));
        }
        for attribute in ["SK", "GSI1SK", "GSI2SK"] {
            put = put.item(attribute, text(key));
        }
        put.send().await.unwrap();
    }
    Ok(())
}

#[tokio::test]
async fn encoded_members_are_compared_as_they_are() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Encoded>().await?;
    let texts = texts();
    let pair = |a: &String, b: &String| Pair {
        a: a.clone(),
        b: b.clone(),
    };
    let pairs = texts
        .iter()
        .flat_map(|a| texts.iter().map(move |b| pair(a, b)));
    let pairs: Vec<Pair> = pairs.collect();
    assert!(pairs.len() > 5_000);
    Pair::batch_write().put_all(&pairs).execute(&db).await?;
    put_others(&db).await?;

    // No two pairs have one key, and keys sort as pairs do.
    assert_eq!(Pair::query(()).fetch_all(&db).await?, pairs);
    assert_eq!(Pair::bare().query(()).fetch_all(&db).await?, pairs);
    assert_eq!(Pair::ended().query(()).fetch_all(&db).await?, pairs);

    let seed = fastrand::u64(..);
    let mut random = Random(fastrand::Rng::with_seed(seed));
    let begins = |text: &String, prefix: &String| text.starts_with(prefix);
    for operator in OPERATORS {
        let (x, y) = random.two_of(&texts);
        let what = format!("`a` {operator:?} {x:?}, {y:?}, seed {seed}");
        let holds = |p: &&Pair| operator.holds(&p.a, x, y, begins);
        // Each finds half of the items, so they are few.
        let found = match (random.0.u8(..3), Pair::bare(), Pair::ended()) {
            (0, ..) => {
                let query = Pair::query(());
                let query = compared!(query, |k| k.a(), operator, x, y, begins_with);
                query.fetch_all(&db).await
            }
            (1, bare, _) => {
                let query = bare.query(());
                let query = compared!(query, |k| k.a(), operator, x, y, begins_with);
                query.fetch_all(&db).await
            }
            (_, _, ended) => {
                let query = ended.query(());
                let query = compared!(query, |k| k.a(), operator, x, y, begins_with);
                query.fetch_all(&db).await
            }
        };
        check(found, pairs.iter().filter(holds), &what);
    }
    for n in 0..QUERIES {
        let operator = OPERATORS[n % OPERATORS.len()];
        let (a, (x, y)) = (random.one_of(&texts), random.two_of(&texts));
        let what = format!("`b` of {a:?} {operator:?} {x:?}, {y:?}, seed {seed}");
        let holds = |p: &&Pair| p.a == *a && operator.holds(&p.b, x, y, begins);
        let (table, bare, ended) = (Pair::query(()), Pair::bare(), Pair::ended());
        let (bare, ended) = (bare.query(()), ended.query(()));
        let table = compared!(table, |k| k.a().eq(a).b(), operator, x, y, begins_with);
        let bare = compared!(bare, |k| k.a().eq(a).b(), operator, x, y, begins_with);
        let ended = compared!(ended, |k| k.a().eq(a).b(), operator, x, y, begins_with);
        check(
            table.fetch_all(&db).await,
            pairs.iter().filter(holds),
            &what,
        );
        check(bare.fetch_all(&db).await, pairs.iter().filter(holds), &what);
        check(
            ended.fetch_all(&db).await,
            pairs.iter().filter(holds),
            &what,
        );
    }
    Ok(())
}

#[tokio::test]
async fn members_without_separators_are_compared_as_they_are() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Refusing>().await?;
    let (separated, mut texts): (Vec<_>, Vec<_>) =
        texts().into_iter().partition(|text| text.contains('#'));
    let seed = fastrand::u64(..);
    let mut random = Random(fastrand::Rng::with_seed(seed));
    random.0.shuffle(&mut texts);
    texts.truncate(30);
    let pairs = texts.iter().flat_map(|a| texts.iter().map(move |b| (a, b)));
    let pairs = pairs.enumerate().map(|(at, (a, b))| Plain {
        a: a.clone(),
        b: b.clone(),
        n: NUMBERS[at % NUMBERS.len()],
        m: NUMBERS[at / NUMBERS.len() % NUMBERS.len()],
    });
    let mut pairs: Vec<Plain> = pairs.collect();
    Plain::batch_write().put_all(&pairs).execute(&db).await?;

    // What sorts before `#` makes keys that are in another order.
    pairs.sort_by_key(|p| format!("{}#{}", p.a, p.b));
    check(Plain::query(()).fetch_all(&db).await, pairs.iter(), "all");
    let begins = |text: &String, prefix: &String| text.starts_with(prefix);
    for x in &texts {
        let what = format!("`a` {x:?}, seed {seed}");
        let of_x = Plain::query(()).sk(|k| k.a().eq(x)).fetch_all(&db);
        check(of_x.await, pairs.iter().filter(|p| p.a == *x), &what);
        let with_x = Plain::query(()).sk(|k| k.a().begins_with(x));
        let holds = |p: &&Plain| begins(&p.a, x);
        check(
            with_x.fetch_all(&db).await,
            pairs.iter().filter(holds),
            &what,
        );
    }
    for n in 0..QUERIES {
        let operator = OPERATORS[n % OPERATORS.len()];
        let (a, (x, y)) = (random.one_of(&texts), random.two_of(&texts));
        let what = format!("`b` of {a:?} {operator:?} {x:?}, {y:?}, seed {seed}");
        let holds = |p: &&Plain| p.a == *a && operator.holds(&p.b, x, y, begins);
        let query = Plain::query(());
        let query = compared!(query, |k| k.a().eq(a).b(), operator, x, y, begins_with);
        check(
            query.fetch_all(&db).await,
            pairs.iter().filter(holds),
            &what,
        );
    }
    for text in &separated {
        let refused = Plain::query(()).sk(|k| k.a().eq(text)).count(&db).await;
        assert!(
            matches!(refused, Err(Error::InvalidKey(_))),
            "{text:?}: {refused:?}"
        );
    }
    Ok(())
}

const NUMBERS: [i16; 15] = [
    i16::MIN,
    -1_000,
    -999,
    -100,
    -11,
    -10,
    -9,
    -1,
    0,
    1,
    9,
    10,
    99,
    100,
    i16::MAX,
];

/// The separator sorts behind digits, and no member may need that it does not.
#[tokio::test]
async fn numbers_of_both_signs_are_compared_as_they_are() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Refusing>().await?;
    let pairs = NUMBERS
        .iter()
        .flat_map(|n| NUMBERS.iter().map(move |m| (*n, *m)));
    let pairs = pairs.map(|(n, m)| Plain {
        a: n.to_string(),
        b: m.to_string(),
        n,
        m,
    });
    let pairs: Vec<Plain> = pairs.collect();
    Plain::batch_write().put_all(&pairs).execute(&db).await?;
    let seed = fastrand::u64(..);
    let mut random = Random(fastrand::Rng::with_seed(seed));
    let never = |_: &i16, _: &i16| false;
    for n in 0..QUERIES {
        let operator = OPERATORS[n % (OPERATORS.len() - 1)];
        let (a, (x, y)) = (*random.one_of(&NUMBERS), random.two_of(&NUMBERS));
        let what = format!("{a} {operator:?} {x}, {y}, seed {seed}");
        let first = Plain::numbers().query(());
        let first = compared!(first, |k| k.n(), operator, *x, *y);
        let holds = |p: &&Plain| operator.holds(&p.n, x, y, never);
        check(
            first.fetch_all(&db).await,
            pairs.iter().filter(holds),
            &what,
        );
        let last = Plain::numbers().query(());
        let last = compared!(last, |k| k.n().eq(a).m(), operator, *x, *y);
        let holds = |p: &&Plain| p.n == a && operator.holds(&p.m, x, y, never);
        check(last.fetch_all(&db).await, pairs.iter().filter(holds), &what);
    }
    Ok(())
}
