//! Writers of one item whose answers are lost: no update is lost, no version is left out, and no writer is told of a conflict
//! with itself.

use crate::in_time;
use dkmio::{DynamoDb, DynamoTable, Error, Version};
use dkmio_tests::faults::{Fault, Faults};
use futures_util::StreamExt;
use futures_util::future::{join, join_all};
use futures_util::stream::iter;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "ledgers")]
struct Ledgers {
    #[pk]
    id: usize,
    /// How many writes were done.
    count: u64,
    /// All writes that were done.
    marks: Vec<String>,
    #[version]
    version: Version,
}

impl Ledgers {
    fn new(id: usize) -> Self {
        Self {
            id,
            count: 0,
            marks: Vec::new(),
            version: Version::NEW,
        }
    }

    fn mark(&mut self, mark: &str) {
        self.count += 1;
        self.marks.push(mark.to_owned());
    }

    fn has(&self, mark: &str) -> bool {
        self.marks.iter().any(|own| own == mark)
    }
}

const ROUNDS: usize = 1_000;
/// The writes of writers who all write one item, which has a mark of each.
const WRITES: usize = 200;

/// Loses one answer of a put in eight, with so many attempts that not all of one put are lost.
async fn losing() -> Faults {
    let faults = Faults::new().attempts(12);
    faults.calm_db().create_table::<Ledgers>().await.unwrap();
    faults
}

fn lose_one(faults: &Faults) {
    let mut script = [Fault::None; 8];
    script[0] = Fault::AnswerLost;
    faults.script_for("PutItem", script);
}

async fn read(db: &DynamoDb, id: usize) -> Ledgers {
    let found = Ledgers::get(id).consistent().execute(db).await;
    found.unwrap().unwrap()
}

#[tokio::test(start_paused = true)]
async fn of_two_writers_one_is_done_and_one_meets_its_version() {
    let faults = losing().await;
    let db = &faults.db();
    let faults = &faults;
    let rounds = iter(0..ROUNDS).map(|round| async move {
        let mut first = Ledgers::new(round);
        Ledgers::save(&mut first).execute(db).await.unwrap();
        lose_one(faults);
        let write = async |name: &str| {
            let mut ledger = first.clone();
            ledger.mark(name);
            let saved = Ledgers::save(&mut ledger).execute(db).await;
            (ledger, saved)
        };
        let ((a, saved_a), (b, saved_b)) = join(write("a"), write("b")).await;
        let (winner, loser, refused) = match (saved_a, saved_b) {
            (Ok(()), Err(e)) => (a, b, e),
            (Err(e), Ok(())) => (b, a, e),
            other => panic!("{other:?}"),
        };
        assert_eq!(winner.version, Version::new(2));
        assert_eq!(loser.version, Version::new(1));
        assert_eq!(read(db, round).await, winner);
        match refused {
            Error::VersionConflict(e) => {
                assert_eq!(
                    (e.expected(), e.stored()),
                    (Version::new(1), Some(Version::new(2)))
                );
                assert_eq!(e.item::<Ledgers>().unwrap(), Some(winner));
            }
            other => panic!("{other:?}"),
        }
    });
    in_time(rounds.buffer_unordered(32).count()).await;
}

/// Counts one up until it is done. Returns how often somebody was faster.
async fn count_up(db: &DynamoDb, mark: &str) -> Result<usize, Error> {
    let mut conflicts = 0;
    loop {
        let mut ledger = read(db, 0).await;
        ledger.mark(mark);
        let error = match Ledgers::save(&mut ledger).execute(db).await {
            Ok(()) => return Ok(conflicts),
            Err(error) => error,
        };
        let is_ambiguous = error.is_ambiguous();
        let Error::VersionConflict(e) = error else {
            return Err(error);
        };
        let stored: Ledgers = e.item()?.unwrap();
        assert!(e.stored().unwrap() > e.expected());
        conflicts += 1;
        if is_ambiguous {
            // An attempt was not answered, and others have written since.
            if stored.has(mark) {
                return Ok(conflicts);
            }
        } else {
            assert!(!stored.has(mark), "a conflict with the own write");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_update_is_lost_between_writers_whose_answers_are() {
    let faults = losing().await;
    let db = faults.db();
    Ledgers::put(&Ledgers::new(0)).execute(&db).await.unwrap();
    let next = AtomicUsize::new(0);
    let (next, db, faults) = (&next, &db, &faults);
    let writers = (0..8).map(|writer| async move {
        let (mut done, mut conflicts) = (0, 0);
        loop {
            let round = next.fetch_add(1, Ordering::Relaxed);
            if round >= WRITES {
                return (done, conflicts);
            }
            if round % 3 == 0 {
                lose_one(faults);
            }
            conflicts += count_up(db, &format!("{writer}/{round}")).await.unwrap();
            done += 1;
        }
    });
    let all = in_time(join_all(writers)).await;
    let (done, conflicts) = all
        .into_iter()
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert_eq!(done, WRITES);
    assert!(
        conflicts > WRITES / 10,
        "the writers did not meet: {conflicts}"
    );
    let end = read(db, 0).await;
    assert_eq!(end.count, WRITES as u64);
    assert_eq!(end.version, Version::new(WRITES as u64 + 1));
}
