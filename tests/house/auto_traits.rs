//! Handles, builders, futures and streams can be sent between threads; errors are small.

use dkmio::{
    BatchGet, BatchGetItems, BatchGetStream, BatchResponse, BatchWrite, BorrowedPage,
    BorrowedPageStream, BorrowedQuery, BorrowedScan, BoxFuture, Change, ChangeStream, Changes,
    Checkpoint, Condition, Cursor, Delete, DynamoDb, Error, Explain, Get, Index, ItemStream,
    KeyChange, Latest, Loader, Match, Page, PageStream, Partial, Projection, Put, Query, Record,
    Records, Scan, Search, Set, Similarity, TableDifferences, Update, Vector, VectorIndex,
};
use dkmio_tests::orders::{Orders, order};

#[derive(serde::Deserialize, Projection)]
#[projection(of = Orders)]
#[allow(dead_code, reason = "only its type matters")]
struct Row<'a> {
    user_id: &'a str,
}

fn send<T: Send>() {}
fn send_sync_static<T: Send + Sync + 'static>() {}
fn is_send_static<T: Send + 'static>(_: T) {}

#[test]
fn types_can_be_shared() {
    send_sync_static::<DynamoDb>();
    send_sync_static::<Error>();
    send_sync_static::<Condition>();
    send_sync_static::<Cursor>();
    send_sync_static::<Explain>();
    send_sync_static::<Page<Orders>>();
    send_sync_static::<BorrowedPage<Row<'_>>>();
    send_sync_static::<BorrowedQuery<Orders, Row<'_>>>();
    send_sync_static::<BorrowedScan<Orders, Row<'_>>>();
    send::<BorrowedPageStream<Row<'_>>>();
    send_sync_static::<Set<String>>();
    send_sync_static::<Get<Orders>>();
    send_sync_static::<Put<Orders>>();
    send_sync_static::<Update<Orders>>();
    send_sync_static::<Delete<Orders>>();
    send_sync_static::<Query<Orders>>();
    send_sync_static::<Scan<Orders>>();
    send_sync_static::<Partial<Orders>>();
    send_sync_static::<Index<Orders>>();
    send_sync_static::<Vector<3>>();
    send_sync_static::<Match<Orders, Similarity>>();
    send_sync_static::<BatchGet<Orders>>();
    send_sync_static::<BatchWrite<Orders>>();
    send_sync_static::<Loader<Orders>>();
    send_sync_static::<TableDifferences>();
    send_sync_static::<Record>();
    send_sync_static::<Records>();
    send_sync_static::<BatchResponse>();
    send_sync_static::<Change<Orders>>();
    send_sync_static::<Latest<Orders>>();
    send_sync_static::<KeyChange<Orders>>();
    send::<BatchGetStream<'static, Orders>>();
    send::<BatchGetItems<'static, Orders>>();
    send::<PageStream<Orders>>();
    send::<ItemStream<Orders>>();
    send::<ChangeStream<Change<Orders>>>();
    send_sync_static::<Changes<Change<Orders>>>();
    send_sync_static::<Checkpoint>();
    send::<BoxFuture<Result<(), Error>>>();
}

#[test]
fn futures_can_be_spawned_and_borrow_nothing() {
    let db = DynamoDb::embedded();
    let item = order("u", "o");
    is_send_static(Orders::get(("u", "o")).execute(&db));
    is_send_static(Orders::put(&item).execute(&db));
    is_send_static(Orders::update(("u", "o")).return_new().execute(&db));
    is_send_static(Orders::delete(("u", "o")).execute(&db));
    is_send_static(Orders::query("u").execute(&db));
    is_send_static(Orders::query("u").fetch_all(&db));
    let borrowed = || Orders::query("u").select_borrowed::<Row<'_>>();
    is_send_static(borrowed().execute(&db));
    is_send_static(IntoFuture::into_future(borrowed()));
    is_send_static(Orders::query("u").first(&db));
    is_send_static(Orders::query("u").count(&db));
    is_send_static(Orders::scan().stream(&db));
    is_send_static(Orders::scan().pages(&db));
    is_send_static(IntoFuture::into_future(Orders::get(("u", "o"))));
    is_send_static(IntoFuture::into_future(db.create_table::<Orders>()));
    is_send_static(IntoFuture::into_future(db.verify_table::<Orders>()));
    is_send_static(Orders::scan().segments(2).stream(&db));
    is_send_static(Orders::batch_get([("u", "o")]).execute(&db));
    let keys = futures_util::stream::iter([("u", "o")]);
    is_send_static(Orders::batch_get_stream(keys).stream(&db));
    let items = futures_util::stream::iter([item]);
    is_send_static(Orders::batch_write().put_stream(&db, items));
}

#[derive(serde::Serialize, serde::Deserialize, dkmio::DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(near, on = embedding, dimensions = 3, distance = cosine)]
struct Docs {
    #[pk]
    id: String,
    embedding: Vector<3>,
}

#[test]
fn searches_can_be_shared_and_their_futures_spawned() {
    fn is_send_sync_static<T: Send + Sync + 'static>(value: T) -> T {
        value
    }
    let db = DynamoDb::embedded();
    let index = || -> VectorIndex<_> { Docs::near() };
    let _ = is_send_sync_static(index());
    let vector = Vector::from([1.0, 2.0, 3.0]);
    let search = || -> Search<_, _, _> { is_send_sync_static(index().search(&vector)) };
    is_send_static(search().execute(&db));
    is_send_static(IntoFuture::into_future(search()));
}

#[test]
fn futures_stay_shallow() {
    let db = DynamoDb::embedded();
    let size = size_of_val(&Orders::query("u").execute(&db));
    assert!(size <= 4096, "the future of a query has {size} bytes");
}

#[test]
fn an_error_is_small() {
    let size = size_of::<Error>();
    assert!(size <= 128, "an error has {size} bytes");
}
