//! A slow reader is not read ahead of without bound, and a quiet shard is not asked without end.

use super::*;
use dkmio_tests::canned::Canned;

fn pages(canned: &Canned) -> usize {
    let sent = canned.sent();
    sent.iter()
        .filter(|s| s.operation() == "GetRecords")
        .count()
}

/// How many pages with records were asked for, of shards with 500 records.
fn full_pages(canned: &Canned) -> usize {
    let sent = canned.sent();
    let asked = sent.iter().filter(|s| s.operation() == "GetRecords");
    let iterators = asked.map(|s| s.json()["ShardIterator"].as_str().unwrap().to_owned());
    let full = iterators.filter(|iterator| {
        let at: u32 = iterator.split('/').nth(1).unwrap().parse().unwrap();
        at < 500
    });
    full.count()
}

#[tokio::test(start_paused = true)]
async fn no_more_pages_than_the_buffer_has_wait_for_a_slow_reader() {
    let script = Script::new();
    script.open("b", None);
    script.write("a", 1..=500);
    script.write("b", 501..=1000);
    let (db, canned) = script.connect();
    let mut changes = changes(&db).page_size(10).buffered_pages(3).stream();
    let mut taken = take(&mut changes, 1).await;
    while taken.len() < 1000 {
        // Time for all that could be fetched.
        tokio::time::sleep(Duration::from_secs(3600)).await;
        let handed_out = (taken.len() - 1) / 10;
        let pages = full_pages(&canned);
        assert!(
            pages <= handed_out + 3,
            "{pages} pages, {handed_out} of them handed out"
        );
        taken.extend(take(&mut changes, 37.min(1000 - taken.len())).await);
    }
    taken.sort_unstable();
    assert!(taken.into_iter().eq(1..=1000));
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_nobody_polls_sends_nothing() {
    let script = Script::new();
    let (db, canned) = script.connect();
    let changes = changes(&db).stream();
    tokio::time::sleep(QUIET).await;
    assert_eq!(canned.sent().len(), 0);
    drop(changes);
}

#[tokio::test(start_paused = true)]
async fn a_quiet_shard_is_asked_once_an_interval() {
    let script = Script::new();
    let (db, canned) = script.connect();
    let mut changes = changes(&db).poll_interval(Duration::from_secs(2)).stream();
    let quiet = Duration::from_secs(600);
    let quiet = tokio::time::timeout(quiet, changes.next()).await;
    assert!(quiet.is_err());
    let asked = pages(&canned);
    assert!((300..=306).contains(&asked), "{asked}");
    let listed = canned.sent();
    let listed = listed
        .iter()
        .filter(|s| s.operation() == "DescribeStream")
        .count();
    assert!(listed <= 12, "{listed}");
}

#[tokio::test(start_paused = true)]
async fn dropping_the_stream_ends_its_requests() {
    let script = Script::new();
    script.write("a", 1..=3);
    let (db, canned) = script.connect();
    let mut changes = changes(&db).stream();
    assert_eq!(take(&mut changes, 1).await, [1]);
    drop(changes);
    let sent = canned.sent().len();
    tokio::time::sleep(QUIET).await;
    assert!(canned.sent().len() <= sent + 1);
}
