//! `Loader`: gathers loads of single items into batch gets.

use super::batch_get::{BatchGet, MAX_KEYS};
use super::read_model::read_model;
use crate::error::{Configuration, Error, Shared as SharedError};
use crate::executor::{DynamoDb, Operation};
use crate::schema::{EncodedKey, KeySchema, PrimaryKey, Table, key_identity};
use crate::value::Item;
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use std::collections::HashMap;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::{Handle, Id};
use tokio::sync::Notify;

/// Gathers loads of single items, from many tasks, into batch gets: DynamoDB's `BatchGetItem`.
///
/// Made by [`DynamoDb::loader`]. Loads that begin within a short window, up to 100 different keys, become one request; a key
/// that is loaded twice in that time is read once. Each caller gets its item, `None`, or an error. Dropping one caller does
/// not affect the others. Clones share their loads.
///
/// It is made for GraphQL resolvers and handlers that fan out. Make one loader for each incoming request, because with
/// [`cached`](Loader::cached) it keeps what it loaded for as long as it lives.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let users = db.loader::<Users>().cached();
/// let (author, reviewer) = tokio::join!(users.load("usr_1"), users.load("usr_2")); // one request
/// # let _: (Option<Users>, Option<Users>) = (author?, reviewer?);
/// # Ok(())
/// # }
/// ```
pub struct Loader<M> {
    db: DynamoDb,
    window: Duration,
    cached: bool,
    state: Arc<Mutex<LoaderState>>,
    model: PhantomData<fn() -> M>,
}

impl<M> Clone for Loader<M> {
    fn clone(&self) -> Self {
        Self {
            db: self.db.clone(),
            window: self.window,
            cached: self.cached,
            state: self.state.clone(),
            model: PhantomData,
        }
    }
}

/// The items of a batch by the identities of their keys, or the error of the batch.
type Loaded = Arc<Result<HashMap<Vec<u8>, Item>, Arc<Error>>>;
type Load = Pin<Box<dyn Future<Output = Loaded> + Send>>;

#[derive(Default)]
struct LoaderState {
    /// The batch that keys are added to.
    open: Option<Arc<Gathering>>,
    /// The batch of each key that is being loaded, and the runtime that reads it, because a task of another runtime cannot
    /// drive it. Weak, so that a batch ends when nobody waits for it.
    loading: HashMap<Vec<u8>, (Id, WeakShared<Load>)>,
    /// The loaded items, if the loader is cached; `None` for a key without an item.
    cache: HashMap<Vec<u8>, Option<Item>>,
}

/// A batch that is not sent yet.
struct Gathering {
    keys: Mutex<HashMap<Vec<u8>, EncodedKey>>,
    full: Notify,
    batch: Mutex<Option<WeakShared<Load>>>,
    runtime: Id,
}

impl DynamoDb {
    /// Returns a loader of the model's items; see [`Loader`].
    pub fn loader<M: Table>(&self) -> Loader<M> {
        Loader {
            db: self.clone(),
            window: Duration::from_millis(1),
            cached: false,
            state: Arc::default(),
            model: PhantomData,
        }
    }
}

/// Locks. The lines that hold a lock do not panic, so that no lock is poisoned.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|e| e.into_inner())
}

impl<M: Table> Loader<M> {
    /// Sets how long the first load of a batch waits for others; 1 millisecond unless set.
    pub fn window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// Keeps loaded items, and which keys have no item, for as long as the loader lives.
    pub fn cached(mut self) -> Self {
        self.cached = true;
        self
    }

    /// Reads one item by its full key, in one request with the items that others load at the same time.
    ///
    /// # Errors
    ///
    /// - [`Error::Shared`] with the error of the batch, unless this key was read before the error. It has
    ///   [`Error::Configuration`] if the runtime that read the batch was shut down: load the key again.
    /// - [`Error::Configuration`] without a tokio runtime.
    pub async fn load(&self, key: impl Into<M::Key>) -> Result<Option<M>, Error>
    where
        M::Key: PrimaryKey,
    {
        let key = EncodedKey::new::<M, _>(&key.into(), M::Key::encode);
        let located = |e: Error| e.for_request(BatchGetItemInput::NAME, M::SCHEMA.name());
        key.check().map_err(located)?;
        let identity = key.identity().unwrap_or_default();
        let Ok(runtime) = Handle::try_current() else {
            return Err(Error::Configuration(Configuration::new(
                "a loader waits for other loads by the clock of a tokio runtime, and there is none here",
            )));
        };
        let batch = match self.join(&identity, key, runtime) {
            Joined::Known(item) => return read(item),
            Joined::Batch(batch) => batch,
        };
        let loaded = batch.await;
        match &*loaded {
            Ok(items) => read(items.get(&identity).cloned()),
            Err(error) => match read_before(error, &identity, M::KEYS) {
                Some(item) => read(Some(item.clone())),
                None => Err(Error::Shared(SharedError::new(error.clone()))),
            },
        }
    }

    /// Returns the cached item, or the batch of the key: one that loads it already, the open one, or a new one.
    fn join(&self, identity: &[u8], key: EncodedKey, runtime: Handle) -> Joined {
        let mut state = lock(&self.state);
        if let Some(item) = state.cache.get(identity) {
            return Joined::Known(item.clone());
        }
        let loading = state.loading.get(identity);
        let loading = loading.filter(|(of, _)| *of == runtime.id());
        let loading = loading.and_then(|(_, batch)| batch.upgrade());
        if let Some(batch) = loading.filter(|batch| batch.peek().is_none()) {
            return Joined::Batch(batch);
        }
        let id = runtime.id();
        let (gathering, batch) = self.gathering(&mut state, runtime);
        let mut keys = lock(&gathering.keys);
        keys.insert(identity.to_vec(), key);
        if keys.len() == MAX_KEYS {
            state.open = None;
            gathering.full.notify_one();
        }
        if let Some(weak) = batch.downgrade() {
            state.loading.insert(identity.to_vec(), (id, weak));
        }
        Joined::Batch(batch)
    }

    fn gathering(
        &self,
        state: &mut LoaderState,
        runtime: Handle,
    ) -> (Arc<Gathering>, Shared<Load>) {
        if let Some(gathering) = state
            .open
            .as_ref()
            .filter(|open| open.runtime == runtime.id())
        {
            let batch = lock(&gathering.batch)
                .as_ref()
                .and_then(WeakShared::upgrade);
            // An open batch that has ended was on a runtime that was shut down.
            if let Some(batch) = batch.filter(|batch| batch.peek().is_none()) {
                return (gathering.clone(), batch);
            }
        }
        let gathering = Arc::new(Gathering {
            keys: Mutex::default(),
            full: Notify::new(),
            batch: Mutex::default(),
            runtime: runtime.id(),
        });
        let load: Load = Box::pin(OnRuntime {
            runtime,
            load: Box::pin(self.clone().run(gathering.clone())),
        });
        let batch = load.shared();
        *lock(&gathering.batch) = batch.downgrade();
        state.open = Some(gathering.clone());
        (gathering, batch)
    }

    /// Waits until the window has passed or the batch is full, and reads the batch.
    async fn run(self, gathering: Arc<Gathering>) -> Loaded {
        tokio::select! {
            () = tokio::time::sleep(self.window) => {}
            () = gathering.full.notified() => {}
        }
        let keys = {
            let mut state = lock(&self.state);
            if state
                .open
                .as_ref()
                .is_some_and(|open| Arc::ptr_eq(open, &gathering))
            {
                state.open = None;
            }
            std::mem::take(&mut *lock(&gathering.keys))
        };
        let (identities, keys): (Vec<_>, Vec<_>) = keys.into_iter().unzip();
        let read = BatchGet::<M>::of(keys, EncodedKey::encode)
            .read_raw(&self.db)
            .await;
        let mut state = lock(&self.state);
        for identity in &identities {
            state.loading.remove(identity);
        }
        Arc::new(match read {
            Ok(items) => {
                if self.cached {
                    let known = identities.iter().cloned().zip(items.iter().cloned());
                    state.cache.extend(known);
                }
                Ok(identities
                    .into_iter()
                    .zip(items)
                    .filter_map(|(identity, item)| Some((identity, item?)))
                    .collect())
            }
            Err(e) => Err(Arc::new(e)),
        })
    }
}

/// Decodes a loaded item.
fn read<M: Table>(item: Option<Item>) -> Result<Option<M>, Error> {
    Ok(item.map(read_model).transpose()?)
}

/// A load that is polled on the runtime that it began on, because it has timers of that runtime. Such a timer panics after its
/// runtime was shut down.
struct OnRuntime {
    runtime: Handle,
    load: Load,
}

impl OnRuntime {
    /// `true` if the runtime was shut down: then it ends a task as soon as the task is spawned.
    fn is_shut_down(&self) -> bool {
        let probe = self.runtime.spawn(std::future::pending::<()>());
        let is_over = probe.is_finished();
        probe.abort();
        is_over
    }
}

impl Future for OnRuntime {
    type Output = Loaded;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Loaded> {
        let is_here = Handle::try_current().is_ok_and(|here| here.id() == self.runtime.id());
        if is_here {
            return self.load.as_mut().poll(cx);
        }
        if self.is_shut_down() {
            return Poll::Ready(shut_down());
        }
        let runtime = self.runtime.clone();
        let _entered = runtime.enter();
        self.load.as_mut().poll(cx)
    }
}

/// Returns the error of a batch whose runtime was shut down.
fn shut_down() -> Loaded {
    let error = Error::Configuration(Configuration::new(
        "the runtime that was loading was shut down; load again, on a runtime that goes on",
    ));
    Arc::new(Err(Arc::new(error)))
}

/// How a caller gets its item.
enum Joined {
    Known(Option<Item>),
    Batch(Shared<Load>),
}

/// Finds an item that was read before the batch failed.
fn read_before<'a>(error: &'a Error, identity: &[u8], keys: &KeySchema) -> Option<&'a Item> {
    let Error::Unprocessed(unprocessed) = error else {
        return None;
    };
    unprocessed
        .read()
        .iter()
        .map(|(_, item)| item)
        .find(|item| key_identity(keys, item).as_deref() == Some(identity))
}
