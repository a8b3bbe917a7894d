//! The verbs, each on a table with one item.

use dkmio::{DynamoDb, Error};
use dkmio_tests::faults::Faults;
use dkmio_tests::orders::{Orders, Status, order};

/// A value that no error may print; it is in every item, condition and update.
pub(crate) const SENTINEL: &str = "s3ntinel-v4lue";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Put,
    Update,
    Delete,
    Query,
    Scan,
}

impl Verb {
    pub(crate) const ALL: [Self; 6] = [
        Self::Get,
        Self::Put,
        Self::Update,
        Self::Delete,
        Self::Query,
        Self::Scan,
    ];

    pub(crate) fn writes(self) -> bool {
        matches!(self, Self::Put | Self::Update | Self::Delete)
    }

    pub(crate) fn operation(self) -> &'static str {
        match self {
            Self::Get => "GetItem",
            Self::Put => "PutItem",
            Self::Update => "UpdateItem",
            Self::Delete => "DeleteItem",
            Self::Query => "Query",
            Self::Scan => "Scan",
        }
    }

    pub(crate) async fn run(self, db: &DynamoDb) -> Result<(), Error> {
        let key = ("usr_1", "ord_1");
        match self {
            Self::Get => Orders::get(key).execute(db).await.map(drop),
            Self::Put => {
                let put = Orders::put(&before()[1]).return_old();
                put.execute(db).await.map(drop)
            }
            Self::Update => {
                let update = Orders::update(key)
                    .set(|o| o.status(), Status::Shipped)
                    .condition(|o| o.description().eq(SENTINEL));
                update.return_new().execute(db).await.map(drop)
            }
            Self::Delete => {
                let delete = Orders::delete(key).condition(|o| o.description().eq(SENTINEL));
                delete.return_old().execute(db).await.map(drop)
            }
            Self::Query => {
                let query = Orders::query("usr_1").filter(|o| o.description().eq(SENTINEL));
                query.execute(db).await.map(drop)
            }
            Self::Scan => {
                let scan = Orders::scan().filter(|o| o.description().eq(SENTINEL));
                scan.execute(db).await.map(drop)
            }
        }
    }

    /// The table's items after the verb was done or was not.
    pub(crate) fn after(self, done: bool) -> Vec<Orders> {
        let [mut there, new] = before();
        match self {
            Self::Put if done => vec![there, new],
            Self::Update if done => {
                there.status = Status::Shipped;
                vec![there]
            }
            Self::Delete if done => vec![],
            _ => vec![there],
        }
    }
}

/// The item that is in the table, and the one that is put.
fn before() -> [Orders; 2] {
    ["ord_1", "ord_2"].map(|id| {
        let mut order = order("usr_1", id);
        order.description = Some(SENTINEL.to_owned());
        order
    })
}

/// A table with one item.
pub(crate) async fn table() -> Faults {
    let faults = Faults::new();
    let db = faults.calm_db();
    db.create_table::<Orders>().await.unwrap();
    Orders::put(&before()[0]).execute(&db).await.unwrap();
    faults
}

/// What the table holds.
pub(crate) async fn items(faults: &Faults) -> Vec<Orders> {
    let mut items = Orders::scan().fetch_all(&faults.calm_db()).await.unwrap();
    items.sort_by(|a, b| a.order_id.cmp(&b.order_id));
    items
}
