//! Reads over many pages, of which one fails.

use crate::tables::{filled, item, key};
use crate::{in_time, variant};
use dkmio::Cursor;
use dkmio_tests::faults::Fault;
use dkmio_tests::orders::Orders;

const FAULTS: [Fault; 4] = [
    Fault::Throttled,
    Fault::Timeout,
    Fault::AnswerCut,
    Fault::AnswerTruncated,
];

/// What came before the error is handed out, then the error, then the end.
#[tokio::test(start_paused = true)]
async fn a_stream_yields_what_it_read_and_ends_with_the_error() {
    for fault in FAULTS {
        let faults = filled(10).await;
        faults.script([Fault::None, Fault::None, fault]);
        let mut items = Orders::query("usr_1").page_size(3).stream(&faults.db());
        let mut read = Vec::new();
        let error = loop {
            match in_time(items.next()).await.unwrap() {
                Ok(item) => read.push(item),
                Err(error) => break error,
            }
        };
        assert_eq!(read, (0..6).map(item).collect::<Vec<_>>(), "{fault:?}");
        assert!(error.is_retryable() && !error.is_ambiguous(), "{fault:?}");
        assert!(in_time(items.next()).await.is_none(), "{fault:?}");
        assert_eq!(faults.requests("Query"), 3, "{fault:?}");
    }
}

/// A walk that begins again at its last cursor sees every item once.
#[tokio::test(start_paused = true)]
async fn a_walk_goes_on_after_a_fault_where_it_was() {
    let faults = filled(40).await;
    faults.seeded(7, 0.5);
    let mut cursor: Option<Cursor> = None;
    let mut read = Vec::new();
    let mut failures = 0;
    loop {
        let query = Orders::query("usr_1")
            .page_size(3)
            .start_from(cursor.clone());
        match in_time(query.execute(&faults.db())).await {
            Ok(page) => {
                cursor = page.next().cloned();
                read.extend(page);
                if cursor.is_none() {
                    break;
                }
            }
            Err(_) => failures += 1,
        }
    }
    assert_eq!(read, (0..40).map(item).collect::<Vec<_>>());
    assert!(failures > 3, "only {failures} faults");
}

#[tokio::test(start_paused = true)]
async fn reads_of_all_pages_give_the_error_of_one() {
    for fault in FAULTS {
        let faults = filled(10).await;
        let query = || Orders::query("usr_1").page_size(3);
        faults.script_for("Query", [Fault::None, fault]);
        let error = in_time(query().fetch_all(&faults.db())).await.unwrap_err();
        assert!(error.is_retryable(), "{fault:?}: {}", variant(&error));
        faults.script_for("Query", [fault]);
        in_time(query().count(&faults.db())).await.unwrap_err();
        faults.script_for("Query", [fault]);
        in_time(query().first(&faults.db())).await.unwrap_err();
        faults.script_for("Scan", [Fault::None, fault]);
        let scan = Orders::scan().page_size(3);
        in_time(scan.fetch_all(&faults.db())).await.unwrap_err();
        let all = in_time(query().fetch_all(&faults.db())).await.unwrap();
        assert_eq!(all.len(), 10);
        let got = Orders::get(key(3)).execute(&faults.db()).await.unwrap();
        assert_eq!(got, Some(item(3)));
    }
}
