//! Every operation against every fault, with and without the circuit breaker: what it becomes, what is in the table
//! after, and whether the circuit opens.

use crate::matrix::{MATRIX, Outcome, seen};
use crate::tables::item;
use crate::verbs::{SENTINEL, Verb, items};
use crate::{in_time, printed};
use dkmio::{CircuitState, DynamoDb, Error};
use dkmio_tests::faults::{Fault, Faults};
use dkmio_tests::orders::{Orders, Status};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    One(Verb),
    FetchAll,
    Count,
    Stream,
    Segments,
    BatchGet,
    BatchWrite,
    TransactGet,
    TransactWrite,
    CreateTable,
    /// It waits until the table is active.
    CreateTableWaits,
    /// And switches the time to live on.
    CreateTableTtl,
    DeleteTable,
    VerifyTable,
    /// It asks for the time to live after the table.
    VerifyTableTtl,
}

use Operation::{
    BatchGet, BatchWrite, Count, CreateTable, CreateTableTtl, CreateTableWaits, DeleteTable,
    FetchAll, One, Segments, Stream, TransactGet, TransactWrite, VerifyTable, VerifyTableTtl,
};

const OPERATIONS: &[Operation] = &[
    One(Verb::Get),
    One(Verb::Put),
    One(Verb::Update),
    One(Verb::Delete),
    One(Verb::Query),
    One(Verb::Scan),
    FetchAll,
    Count,
    Stream,
    Segments,
    BatchGet,
    BatchWrite,
    TransactGet,
    TransactWrite,
    CreateTable,
    CreateTableWaits,
    CreateTableTtl,
    DeleteTable,
    VerifyTable,
    VerifyTableTtl,
];

/// How many items a batch writes.
const BATCH: usize = 20;

impl Operation {
    /// The request that meets the fault.
    fn request(self) -> &'static str {
        match self {
            One(verb) => verb.operation(),
            FetchAll | Count | Stream => "Query",
            Segments => "Scan",
            BatchGet => "BatchGetItem",
            BatchWrite => "BatchWriteItem",
            TransactGet => "TransactGetItems",
            TransactWrite => "TransactWriteItems",
            CreateTable => "CreateTable",
            CreateTableWaits => "DescribeTable",
            CreateTableTtl => "UpdateTimeToLive",
            DeleteTable => "DeleteTable",
            VerifyTable => "DescribeTable",
            VerifyTableTtl => "DescribeTimeToLive",
        }
    }

    fn writes(self) -> bool {
        match self {
            One(verb) => verb.writes(),
            BatchWrite | TransactWrite | CreateTable | CreateTableTtl | DeleteTable => true,
            FetchAll | Count | Stream | Segments | BatchGet | TransactGet | CreateTableWaits
            | VerifyTable | VerifyTableTtl => false,
        }
    }

    /// Whether another request of it goes well before the one that does not.
    fn begins_well(self) -> bool {
        matches!(self, CreateTableWaits | CreateTableTtl | VerifyTableTtl)
    }

    fn makes_the_table(self) -> bool {
        matches!(self, CreateTable | CreateTableWaits | CreateTableTtl)
    }

    async fn run(self, db: &DynamoDb) -> Result<(), Error> {
        let (usr, one, two) = ("usr_1", ("usr_1", "ord_1"), ("usr_1", "ord_2"));
        match self {
            One(verb) => verb.run(db).await,
            FetchAll => Orders::query(usr).fetch_all(db).await.map(drop),
            Count => Orders::query(usr).count(db).await.map(drop),
            Stream => match Orders::query(usr).stream(db).next().await {
                Some(item) => item.map(drop),
                None => Ok(()),
            },
            Segments => Orders::scan().segments(1).fetch_all(db).await.map(drop),
            BatchGet => Orders::batch_get([one, two]).execute(db).await.map(drop),
            BatchWrite => {
                let items: Vec<Orders> = (0..BATCH).map(item).collect();
                Orders::batch_write().put_all(&items).execute(db).await
            }
            TransactGet => {
                let gets = (Orders::get(one), Orders::get(two));
                dkmio::transact_get(gets).execute(db).await.map(drop)
            }
            TransactWrite => {
                let update = Orders::update(one)
                    .set(|o| o.status(), Status::Shipped)
                    .condition(|o| o.description().eq(SENTINEL));
                let put = Orders::put(&item(7));
                dkmio::transact_write()
                    .add(update)
                    .add(put)
                    .execute(db)
                    .await
            }
            CreateTable | CreateTableWaits | CreateTableTtl => db.create_table::<Orders>().await,
            DeleteTable => db.delete_table::<Orders>().await,
            VerifyTable | VerifyTableTtl => db.verify_table::<Orders>().await.map(drop),
        }
    }

    /// The table's items after it was done or was not; `None` without a table.
    fn after(self, is_done: bool) -> Option<Vec<Orders>> {
        let before = Verb::Get.after(false);
        let mut after = match self {
            One(verb) => verb.after(is_done),
            CreateTable if !is_done => return None,
            DeleteTable if is_done => return None,
            CreateTable | CreateTableWaits | CreateTableTtl => Vec::new(),
            BatchWrite if is_done => before.into_iter().chain((0..BATCH).map(item)).collect(),
            TransactWrite if is_done => {
                let mut after = before;
                after[0].status = Status::Shipped;
                after.push(item(7));
                after
            }
            _ => before,
        };
        after.sort_by(|a, b| a.order_id.cmp(&b.order_id));
        Some(after)
    }

    fn expected(self, outcome: Outcome) -> Outcome {
        let variant = match (self, outcome.variant) {
            (BatchGet | BatchWrite, _) if outcome.retryable => "Unprocessed",
            (TransactGet | TransactWrite, "TransactionConflict") => "TransactionCanceled",
            (_, variant) => variant,
        };
        Outcome {
            variant,
            ambiguous: outcome.ambiguous && self.writes(),
            ..outcome
        }
    }

    /// What must hold of an error beside its variant.
    fn check(self, error: &Error, name: &str) {
        let text = printed(error);
        assert!(!text.contains(SENTINEL), "{name} prints a value: {text}");
        if let Error::Unprocessed(e) = error {
            let left = e.keys().len() + e.pending().len();
            assert_eq!(left, if self == BatchGet { 2 } else { BATCH }, "{name}");
            assert_eq!((e.read().len(), e.written()), (0, 0), "{name}");
        }
    }
}

/// Makes the table as it is before an operation.
async fn prepare(faults: &Faults, operation: Operation) {
    let db = faults.calm_db();
    match db.delete_table::<Orders>().await {
        Ok(()) | Err(Error::TableNotFound(_)) => {}
        Err(e) => panic!("{e}"),
    }
    if operation.makes_the_table() {
        return;
    }
    db.create_table::<Orders>().await.unwrap();
    for order in Verb::Get.after(false) {
        Orders::put(&order).execute(&db).await.unwrap();
    }
}

async fn there(faults: &Faults) -> Option<Vec<Orders>> {
    match Orders::scan().first(&faults.calm_db()).await {
        Ok(_) => Some(items(faults).await),
        Err(Error::TableNotFound(_)) => None,
        Err(e) => panic!("{e}"),
    }
}

fn opens(operation: Operation, fault: Fault) -> bool {
    match fault {
        // DynamoDB has no hot keys there, and the SDK reads no reasons: it is throttling as any other.
        Fault::HotPartition => matches!(operation, CreateTable | DeleteTable | VerifyTable),
        Fault::TransactionConflict | Fault::Code(..) => false,
        _ => true,
    }
}

async fn try_out(operation: Operation, fault: Fault, outcome: Outcome, has_breaker: bool) {
    let name = format!("{operation:?}, {fault:?}, breaker {has_breaker}");
    let faults = Faults::new();
    let builder = DynamoDb::builder().client(faults.client());
    let db = match has_breaker {
        true => builder.build(),
        false => builder.circuit_breaker(None).build(),
    };
    faults.on(operation.request(), fault);
    for times in 1..=if has_breaker { 6 } else { 2 } {
        // What was not done need not be undone.
        let changed = operation.begins_well() || (operation.writes() && fault.is_done());
        if times == 1 || changed {
            prepare(&faults, operation).await;
        }
        faults.forget();
        let error = in_time(operation.run(&db)).await.unwrap_err();
        let is_open = has_breaker && opens(operation, fault) && !operation.begins_well();
        if is_open && times == 6 {
            let cause = match &error {
                Error::Unprocessed(e) => e.cause().unwrap(),
                error => error,
            };
            assert!(matches!(cause, Error::CircuitOpen(_)), "{name}: {error}");
            assert!(error.is_retryable() && !error.is_ambiguous(), "{name}");
            assert_eq!(faults.all_requests(), 0, "{name}");
            assert_eq!(there(&faults).await, operation.after(false), "{name}");
        } else {
            assert_eq!(seen(&error), operation.expected(outcome), "{name}, {times}");
            assert_eq!(faults.requests(operation.request()), 1, "{name}");
            assert_eq!(
                there(&faults).await,
                operation.after(fault.is_done()),
                "{name}"
            );
        }
        operation.check(&error, &name);
        let state = match is_open && times >= 5 {
            true => CircuitState::Open,
            false => CircuitState::Closed,
        };
        assert_eq!(db.circuit_breaker().state(), state, "{name}, {times}");
    }
    // The connection goes on.
    assert_eq!(faults.under_way(), 0, "{name}");
    faults.calm();
    db.circuit_breaker().reset();
    prepare(&faults, operation).await;
    in_time(operation.run(&db)).await.unwrap();
    assert_eq!(there(&faults).await, operation.after(true), "{name}");
}

async fn try_all(has_breaker: bool) {
    for &operation in OPERATIONS {
        for (fault, outcome) in MATRIX {
            try_out(operation, fault, outcome, has_breaker).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn each_operation_against_each_fault_with_the_breaker() {
    try_all(true).await;
}

#[tokio::test(start_paused = true)]
async fn each_operation_against_each_fault_without_the_breaker() {
    try_all(false).await;
}
