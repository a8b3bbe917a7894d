//! One of the many who read and write side by side, each with keys of its own.

use crate::account::{Account, Tally};
use dkmio::{DynamoDb, Error};
use dkmio_tests::customers::Customers;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// How many keys each has.
pub(crate) const KEYS: usize = 40;
/// How many keys are in a batch.
const BATCH: usize = 12;

pub(crate) struct Worker {
    db: DynamoDb,
    rng: fastrand::Rng,
    ids: Vec<String>,
    accounts: Vec<Account>,
    /// The last version that was written; none is written twice.
    version: u64,
    pub(crate) tally: Tally,
}

fn customer(id: &str, version: u64) -> Customers {
    Customers {
        id: id.to_owned(),
        name: "x".repeat(version as usize % 50),
        visits: version,
    }
}

fn state(customer: &Option<Customers>) -> Option<u64> {
    customer.as_ref().map(|customer| customer.visits)
}

impl Worker {
    pub(crate) fn new(number: usize, seed: u64, db: &DynamoDb) -> Self {
        Self {
            db: db.clone(),
            rng: fastrand::Rng::with_seed(seed ^ (number as u64) << 32),
            ids: (0..KEYS)
                .map(|key| format!("{number:02}-{key:02}"))
                .collect(),
            accounts: vec![Account::new(); KEYS],
            version: 0,
            tally: Tally::default(),
        }
    }

    /// Does one operation, at random, and accounts for what comes of it.
    pub(crate) async fn one(&mut self) {
        self.version += 1;
        let at = self.rng.usize(..KEYS);
        match self.rng.u8(..20) {
            0..3 => self.put(at).await,
            3 => self.put_if_not_exists(at).await,
            4..6 => self.update(at).await,
            6..8 => self.delete(at).await,
            8..12 => self.get(at).await,
            12 => self.query(at).await,
            13 => self.batch_write().await,
            14 => self.batch_get().await,
            15..17 => self.transact_write(at).await,
            17 => self.transact_get(at).await,
            _ => self.dropped_put(at).await,
        }
    }

    /// Counts a result; fails for an error that no fault gives, and waits while the circuit is open.
    async fn note<T>(&mut self, result: Result<T, Error>) -> Result<T, Error> {
        self.tally.count(&result);
        if let Err(e) = &result {
            let is_fault = matches!(
                e,
                Error::Throttled(_)
                    | Error::Timeout(_)
                    | Error::Connection(_)
                    | Error::Service(_)
                    | Error::CircuitOpen(_)
                    | Error::Unprocessed(_)
                    | Error::ConditionFailed(_)
            );
            assert!(is_fault, "{e}");
            if let Error::CircuitOpen(e) = e {
                sleep(e.retry_after().max(Duration::from_millis(100))).await;
            }
        }
        result
    }

    /// Accounts for a write of one key.
    async fn write(&mut self, at: usize, new: Option<u64>, result: Result<(), Error>) {
        match self.note(result).await {
            Ok(()) => self.accounts[at].wrote(new),
            Err(e) if e.is_ambiguous() => self.accounts[at].may_have_written(new),
            Err(_) => {}
        }
    }

    async fn put(&mut self, at: usize) {
        let put = Customers::put(&customer(&self.ids[at], self.version));
        let result = put.execute(&self.db).await;
        self.write(at, Some(self.version), result).await;
    }

    async fn put_if_not_exists(&mut self, at: usize) {
        let put = Customers::put(&customer(&self.ids[at], self.version)).if_not_exists();
        let result = put.execute(&self.db).await;
        let is_there = matches!(&result, Err(Error::ConditionFailed(_)));
        self.write(at, Some(self.version), result).await;
        if is_there {
            self.accounts[at].exists(&self.ids[at]);
        }
    }

    async fn update(&mut self, at: usize) {
        let update = Customers::update(&*self.ids[at])
            .set(|c| c.visits(), self.version)
            .set(|c| c.name(), "updated");
        let result = update.execute(&self.db).await;
        self.write(at, Some(self.version), result).await;
    }

    async fn delete(&mut self, at: usize) {
        let result = Customers::delete(&*self.ids[at]).execute(&self.db).await;
        self.write(at, None, result).await;
    }

    /// A caller who does not wait for the end.
    async fn dropped_put(&mut self, at: usize) {
        let put = Customers::put(&customer(&self.ids[at], self.version));
        let patience = Duration::from_millis(self.rng.u64(..8));
        match timeout(patience, put.execute(&self.db)).await {
            Ok(result) => self.write(at, Some(self.version), result).await,
            Err(_) => {
                self.accounts[at].may_have_written(Some(self.version));
                self.tally.note("dropped".to_owned());
            }
        }
    }

    async fn get(&mut self, at: usize) {
        let get = Customers::get(&*self.ids[at]).consistent();
        let result = get.execute(&self.db).await;
        if let Ok(item) = self.note(result).await {
            self.accounts[at].found(state(&item), &self.ids[at]);
        }
    }

    async fn query(&mut self, at: usize) {
        let query = Customers::query(&*self.ids[at]).consistent();
        let result = query.first(&self.db).await;
        if let Ok(item) = self.note(result).await {
            self.accounts[at].found(state(&item), &self.ids[at]);
        }
    }

    /// Some keys, each once.
    fn some(&mut self) -> Vec<usize> {
        let keys: BTreeSet<usize> = (0..BATCH).map(|_| self.rng.usize(..KEYS)).collect();
        keys.into_iter().collect()
    }

    async fn batch_write(&mut self) {
        let keys = self.some();
        let new = Some(self.version);
        let items: Vec<Customers> = keys
            .iter()
            .map(|&at| customer(&self.ids[at], self.version))
            .collect();
        let batch = Customers::batch_write().put_all(&items);
        let result = batch.execute(&self.db).await;
        let is_ambiguous = result.as_ref().is_err_and(Error::is_ambiguous);
        match self.note(result).await {
            Ok(()) => keys.iter().for_each(|&at| self.accounts[at].wrote(new)),
            Err(Error::Unprocessed(e)) => {
                let left: BTreeSet<&str> = e
                    .pending()
                    .iter()
                    .map(|write| write.key()["id"].as_s().unwrap().as_str())
                    .collect();
                assert_eq!(left.len() + e.written(), keys.len(), "writes are lost");
                for at in keys {
                    match left.contains(self.ids[at].as_str()) {
                        false => self.accounts[at].wrote(new),
                        true if is_ambiguous => self.accounts[at].may_have_written(new),
                        true => {}
                    }
                }
            }
            Err(e) => assert!(!is_ambiguous, "{e}"),
        }
    }

    async fn batch_get(&mut self) {
        let keys = self.some();
        let ids: Vec<&str> = keys.iter().map(|&at| self.ids[at].as_str()).collect();
        let batch = Customers::batch_get(ids).consistent();
        let result = batch.execute(&self.db).await;
        match self.note(result).await {
            Ok(items) => {
                for (at, item) in keys.into_iter().zip(&items) {
                    self.accounts[at].found(state(item), &self.ids[at]);
                }
            }
            Err(Error::Unprocessed(e)) => {
                for item in e.items::<Customers>().unwrap() {
                    let at = self.ids.iter().position(|id| *id == item.id).unwrap();
                    self.accounts[at].found(Some(item.visits), &item.id);
                }
            }
            Err(_) => {}
        }
    }

    /// The other key of a transaction.
    fn other(&self, at: usize) -> usize {
        (at + 1) % KEYS
    }

    async fn transact_write(&mut self, at: usize) {
        let other = self.other(at);
        let delete = Customers::delete(&*self.ids[other]);
        let transaction = dkmio::transact_write()
            .add(Customers::put(&customer(&self.ids[at], self.version)))
            .add(delete);
        let result = transaction.execute(&self.db).await;
        let states = [(at, Some(self.version)), (other, None)];
        match self.note(result).await {
            Ok(()) => states.map(|(at, new)| self.accounts[at].wrote(new)),
            Err(e) if e.is_ambiguous() => {
                states.map(|(at, new)| self.accounts[at].may_have_written(new))
            }
            Err(_) => return,
        };
    }

    async fn transact_get(&mut self, at: usize) {
        let other = self.other(at);
        let gets = [at, other]
            .map(|at| Customers::get(&*self.ids[at]))
            .to_vec();
        let result = dkmio::transact_get(gets).execute(&self.db).await;
        if let Ok(items) = self.note(result).await {
            for (at, item) in [at, other].into_iter().zip(&items) {
                self.accounts[at].found(state(item), &self.ids[at]);
            }
        }
    }

    /// Looks at all keys, on a connection without faults, and forgets them: the next table is empty.
    pub(crate) async fn check_all(&mut self, db: &DynamoDb) {
        let ids = self.ids.iter().map(String::as_str);
        let items = Customers::batch_get(ids).consistent().execute(db).await;
        let items = items.expect("it is calm");
        for ((id, account), item) in self.ids.iter().zip(&mut self.accounts).zip(&items) {
            account.found(state(item), id);
            *account = Account::new();
        }
    }
}
