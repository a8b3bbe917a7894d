//! Conditions keep the structure they were made with: truth tables on real items.

use dkmio::{Condition, DynamoDb, DynamoTable, Error};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};

/// One row of a truth table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "truths")]
struct Truths {
    #[pk]
    table: String,
    #[sk]
    row: u32,
    a: bool,
    b: bool,
    c: bool,
}

type Attrs = TruthsAttrs<dkmio::schema::Filter<Truths>>;

async fn with_truths(db: &DynamoDb) -> Result<(), Error> {
    db.create_table::<Truths>().await?;
    for row in 0..8 {
        let truth = Truths {
            table: "t".into(),
            row,
            a: row & 1 != 0,
            b: row & 2 != 0,
            c: row & 4 != 0,
        };
        Truths::put(&truth).execute(db).await?;
    }
    Ok(())
}

async fn rows(db: &DynamoDb, filter: impl FnOnce(&Attrs) -> Condition) -> Result<Vec<u32>, Error> {
    let query = Truths::query("t").filter(filter).select(|t| t.row());
    query.fetch_all(db).await
}

fn expected(holds: impl Fn(bool, bool, bool) -> bool) -> Vec<u32> {
    let row = |row: &u32| holds(row & 1 != 0, row & 2 != 0, row & 4 != 0);
    (0..8).filter(row).collect()
}

/// Asserts that the same expression says the same to DynamoDB and to Rust.
macro_rules! assert_same {
    ($db:expr, |$a:ident, $b:ident, $c:ident| $($expression:expr),+ $(,)?) => { $(
        let found = rows(&$db, |t| {
            let ($a, $b, $c) = (t.a().eq(true), t.b().eq(true), t.c().eq(true));
            let _ = (&$a, &$b, &$c);
            $expression
        });
        let wanted = expected(|$a, $b, $c| {
            let _ = ($a, $b, $c);
            $expression
        });
        assert_eq!(found.await?, wanted, "{}", stringify!($expression));
    )+ };
}

#[tokio::test]
async fn and_or_and_not_bind_as_they_were_nested() {
    check(async |db| {
        with_truths(&db).await?;
        assert_same!(
            db,
            |a, b, c| a & b | c,
            a & (b | c),
            (a | b) & c,
            a | b & c,
            !a & b,
            !(a & b),
            !(a | b) & c,
            !(a & b) | c,
            !(!a & !(b | !c)),
            a & b & c,
            a | b | c,
            !(a & (b | c)),
            !(a | b & !c),
        );
        Ok(())
    })
    .await;
}

/// A condition as data, made at random.
#[derive(Debug)]
enum Tree {
    Leaf(u64),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

impl Tree {
    fn random(random: &mut impl FnMut() -> u64, depth: u32) -> Self {
        let branches = |random: &mut _, least: u64| {
            let n = least + 2 * u64::from(depth > 1);
            (0..n).map(|_| Self::random(random, depth - 1)).collect()
        };
        match if depth == 0 { 0 } else { random() % 5 } {
            0 => Self::Leaf(random() % 3),
            1 | 2 => Self::Not(Box::new(Self::random(random, depth - 1))),
            3 => Self::All(branches(random, 1)),
            _ => Self::Any(branches(random, 1)),
        }
    }

    fn condition(&self, t: &Attrs) -> Condition {
        match self {
            Self::Leaf(0) => t.a().eq(true),
            Self::Leaf(1) => t.b().eq(true),
            Self::Leaf(_) => t.c().is_in([true]),
            Self::Not(inner) => !inner.condition(t),
            Self::All(trees) => Condition::all(trees.iter().map(|tree| tree.condition(t))),
            Self::Any(trees) => Condition::any(trees.iter().map(|tree| tree.condition(t))),
        }
    }

    fn holds(&self, row: u32) -> bool {
        match self {
            Self::Leaf(bit) => row & (1 << bit) != 0,
            Self::Not(inner) => !inner.holds(row),
            Self::All(trees) => trees.iter().all(|tree| tree.holds(row)),
            Self::Any(trees) => trees.iter().any(|tree| tree.holds(row)),
        }
    }
}

#[tokio::test]
async fn two_hundred_random_conditions_keep_their_truth_tables() {
    check(async |db| {
        with_truths(&db).await?;
        let mut state = 42u64;
        let mut random = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            state >> 33
        };
        for _ in 0..200 {
            let tree = Tree::random(&mut random, 4);
            let wanted: Vec<u32> = (0..8).filter(|row| tree.holds(*row)).collect();
            assert_eq!(rows(&db, |t| tree.condition(t)).await?, wanted, "{tree:?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn conditions_of_none_have_their_logical_meaning() {
    check(async |db| {
        with_truths(&db).await?;
        assert_eq!(rows(&db, |_| Condition::all([])).await?.len(), 8);
        assert_eq!(rows(&db, |_| !Condition::any([])).await?.len(), 8);
        assert!(rows(&db, |t| t.a().is_in([false; 0])).await?.is_empty());
        assert_eq!(rows(&db, |t| !t.a().is_in([false; 0])).await?.len(), 8);
        let or = rows(&db, |t| t.a().eq(true) | t.b().is_in([false; 0]));
        assert_eq!(or.await?, [1, 3, 5, 7]);
        let and = rows(&db, |t| t.a().eq(true) & Condition::all([]));
        assert_eq!(and.await?, [1, 3, 5, 7]);
        let never = rows(&db, |_| Condition::any([])).await;
        match never {
            Ok(rows) => assert!(rows.is_empty()),
            Err(e) => assert!(matches!(e, Error::Validation(_)) && e.code().is_none()),
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_empty_is_in_fails_a_condition() {
    check(async |db| {
        with_truths(&db).await?;
        let update = Truths::update(("t", 0))
            .set(|t| t.a(), true)
            .condition(|t| t.row().is_in([0u32; 0]));
        let result = update.execute(&db).await;
        assert!(
            matches!(result, Err(Error::ConditionFailed(_))),
            "{result:?}"
        );
        Ok(())
    })
    .await;
}
