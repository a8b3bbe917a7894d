//! `dkmio::testing`, as its users use it.

use dkmio::error::ValidationCause;
use dkmio::testing::{
    Fault, Faults, OperationName, Share, TestDatabase, error, freeze_time, load, load_json,
};
use dkmio::{CancellationReason, DynamoDb, DynamoTable, Error, Ttl, aws_sdk_dynamodb};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant, UNIX_EPOCH};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "sessions")]
struct Sessions {
    #[pk]
    id: String,
    visits: u64,
    #[ttl]
    expires_at: Option<Ttl>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "pages")]
struct Pages {
    #[pk]
    path: String,
    views: u64,
}

fn session(id: &str) -> Sessions {
    Sessions {
        id: id.to_owned(),
        visits: 1,
        expires_at: None,
    }
}

#[dkmio::test(Sessions, Pages = "fixtures/pages.json")]
async fn a_test_has_its_tables_and_fixtures(db: DynamoDb) -> Result<(), Error> {
    assert_eq!(Sessions::scan().execute(&db).await?.len(), 0);
    let home = Pages::get("/").execute(&db).await?;
    assert_eq!(home.map(|page| page.views), Some(12));
    assert_eq!(Pages::scan().count(&db).await?, 2);
    Ok(())
}

#[dkmio::test(Sessions)]
async fn faults_up_to_the_attempts_are_passed_over(
    db: DynamoDb,
    faults: Faults,
) -> Result<(), Error> {
    let started = Instant::now();
    faults.inject(Fault::Throttled.times(2));
    Sessions::put(&session("a")).execute(&db).await?;
    assert_eq!(faults.requests().len(), 3);
    faults.inject(Fault::Throttled.times(3));
    let error = Sessions::get("a").execute(&db).await.unwrap_err();
    assert!(error.is_throttling());
    assert!(Sessions::get("a").execute(&db).await?.is_some());
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "it waited for retries"
    );
    Ok(())
}

#[dkmio::test(Sessions, Pages)]
async fn a_fault_is_for_its_operation_and_table(faults: Faults, db: DynamoDb) -> Result<(), Error> {
    faults.inject(
        Fault::Code(400, "AccessDeniedException")
            .on(OperationName::PutItem)
            .table("pages"),
    );
    Sessions::put(&session("a")).execute(&db).await?;
    assert_eq!(Pages::get("/").execute(&db).await?, None);
    let page = Pages {
        path: "/".to_owned(),
        views: 0,
    };
    let error = Pages::put(&page).execute(&db).await.unwrap_err();
    assert_eq!(error.code(), Some("AccessDeniedException"));
    Pages::put(&page).execute(&db).await?;
    Ok(())
}

#[dkmio::test(Sessions)]
async fn a_fault_can_wait_and_stay(db: DynamoDb, faults: Faults) -> Result<(), Error> {
    faults.inject(Fault::Code(400, "Late").after(1));
    Sessions::put(&session("a")).execute(&db).await?;
    let error = Sessions::put(&session("b")).execute(&db).await.unwrap_err();
    assert_eq!(error.code(), Some("Late"));
    faults.inject(
        Fault::Code(400, "Always")
            .always()
            .on(OperationName::GetItem),
    );
    for _ in 0..3 {
        let error = Sessions::get("a").execute(&db).await.unwrap_err();
        assert_eq!(error.code(), Some("Always"));
    }
    faults.clear();
    assert!(Sessions::get("a").execute(&db).await?.is_some());
    Ok(())
}

#[dkmio::test(Sessions)]
async fn a_lost_answer_leaves_what_was_written(test: TestDatabase) -> Result<(), Error> {
    let db = test.clone().attempts(1).db();
    test.faults().inject(Fault::AnswerLost);
    let error = Sessions::put(&session("a")).execute(&db).await.unwrap_err();
    assert!(error.is_ambiguous());
    let there = Sessions::get("a")
        .execute(&test.db_without_faults())
        .await?;
    assert_eq!(there, Some(session("a")));
    test.faults().inject(Fault::ConnectionRefused);
    let error = Sessions::put(&session("b")).execute(&db).await.unwrap_err();
    assert!(!error.is_ambiguous());
    for fault in [Fault::Timeout, Fault::AnswerLate] {
        test.faults().inject(fault);
        let error = Sessions::put(&session("c")).execute(&db).await.unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    }
    Ok(())
}

#[dkmio::test(Sessions)]
async fn a_batch_in_part_goes_on_with_the_rest(db: DynamoDb, faults: Faults) -> Result<(), Error> {
    faults.inject(Fault::Unprocessed(Share::Half));
    let sessions: Vec<Sessions> = (0..10).map(|n| session(&n.to_string())).collect();
    Sessions::batch_write()
        .put_all(&sessions)
        .execute(&db)
        .await?;
    assert_eq!(Sessions::scan().count(&db).await?, 10);
    let writes = faults.requests().into_iter();
    assert_eq!(
        writes
            .filter(|request| request.operation == "BatchWriteItem")
            .count(),
        2
    );
    Ok(())
}

#[dkmio::test(Sessions)]
async fn a_slow_answer_comes(test: TestDatabase, client: aws_sdk_dynamodb::Client) {
    test.faults()
        .inject(Fault::Slow(Duration::from_millis(300)));
    let started = tokio::time::Instant::now();
    client.list_tables().send().await.unwrap();
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[dkmio::test(Sessions, start_paused = false)]
async fn time_stands_still(db: DynamoDb) -> Result<(), Error> {
    let time = freeze_time(UNIX_EPOCH + Duration::from_secs(1_767_225_600));
    let hour = Sessions {
        expires_at: Some(Ttl::from_now(Ttl::hours(1))),
        ..session("a")
    };
    load(&db, [&hour]).await?;
    let get = || Sessions::get("a").exclude_expired();
    assert!(get().execute(&db).await?.is_some());
    time.advance(Ttl::hours(2));
    assert!(get().execute(&db).await?.is_none());
    drop(time);
    assert!(Ttl::from_now(Duration::ZERO).epoch_seconds() > 1_767_225_600);
    Ok(())
}

#[dkmio::test(Pages)]
async fn fixtures_that_do_not_read_are_named_by_place(db: DynamoDb) {
    let error = load_json::<Pages>(&db, "[{\"path\": \"secret\",\n \"views\": \"many\"}]")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Configuration(_)));
    let text = error.to_string();
    assert!(text.contains("line 2") && text.contains("pages"), "{text}");
    assert!(!text.contains("secret") && !text.contains("many"), "{text}");
}

#[test]
fn errors_are_what_they_are_called() {
    let reasons = [CancellationReason::None, CancellationReason::Conflict];
    let errors = [
        (error::condition_failed(), "ConditionFailed"),
        (error::item_missing(), "ConditionFailed"),
        (error::item_exists(), "ConditionFailed"),
        (
            error::condition_failed_with(&session("a")).unwrap(),
            "ConditionFailed",
        ),
        (error::table_not_found(), "TableNotFound"),
        (error::validation(ValidationCause::Empty), "Validation"),
        (error::throttled(), "Throttled"),
        (error::collection_size_limit(), "CollectionSizeLimit"),
        (error::transaction_canceled(reasons), "TransactionCanceled"),
        (error::transaction_conflict(), "TransactionConflict"),
        (error::unprocessed(3), "Unprocessed"),
        (
            error::invalid_projection("total", "by-status"),
            "InvalidProjection",
        ),
        (error::invalid_key(), "InvalidKey"),
        (error::invalid_cursor(), "InvalidCursor"),
        (error::decode("total"), "Decode"),
        (error::wrong_kind("order"), "WrongKind"),
        (error::encode("total"), "Encode"),
        (error::timeout(OperationName::PutItem), "Timeout"),
        (error::connection(OperationName::PutItem), "Connection"),
        (error::connection_refused(), "Connection"),
        (error::circuit_open(Duration::from_secs(3)), "CircuitOpen"),
        (
            error::service(OperationName::GetItem, 400, "AccessDeniedException"),
            "Service",
        ),
        (error::unavailable(OperationName::PutItem), "Service"),
        (error::configuration(), "Configuration"),
    ];
    for (error, kind) in &errors {
        assert_eq!(error.kind(), *kind);
        assert!(!error.to_string().is_empty());
    }
    let is_of = |kind: &str, is: fn(&Error) -> bool| {
        errors
            .iter()
            .filter(|(_, k)| *k == kind)
            .all(|(e, _)| is(e))
    };
    assert!(is_of("Throttled", Error::is_throttling));
    assert!(is_of("Timeout", Error::is_ambiguous));
    assert!(error::unavailable(OperationName::PutItem).is_ambiguous());
    assert!(!error::timeout(OperationName::GetItem).is_ambiguous());
    assert!(!error::connection_refused().is_ambiguous());
    assert_eq!(
        error::circuit_open(Duration::from_secs(3)).retry_after(),
        Some(Duration::from_secs(3))
    );
    let Error::ConditionFailed(failed) = error::condition_failed_with(&session("a")).unwrap()
    else {
        panic!("another error");
    };
    assert_eq!(failed.item::<Sessions>().unwrap(), Some(session("a")));
}
