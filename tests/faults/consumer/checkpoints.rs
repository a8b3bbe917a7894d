//! A checkpoint in an item, while answers are lost.

use super::*;
use dkmio::{Checkpoint, Checkpoints, DynamoTable, ItemCheckpoints};
use dkmio_tests::faults::{Fault, Faults};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "positions")]
struct Positions {
    #[pk]
    name: String,
}

fn checkpoint(number: u64) -> Checkpoint {
    let after = serde_json::json!({"a": {"after": sequence_number(number)}});
    serde_json::from_value(serde_json::json!({"stream": "arn", "shards": after})).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_save_whose_answer_was_lost_is_a_save() {
    let faults = Faults::new().attempts(3);
    let db = faults.db();
    db.create_table::<Positions>().await.unwrap();
    let store = || ItemCheckpoints::new(&db, "positions", [("name", "test")]);
    let first = store();
    for number in 1..=5 {
        faults.script_for("PutItem", [Fault::AnswerLost]);
        first.save(&checkpoint(number)).await.unwrap();
        assert_eq!(store().load().await.unwrap(), Some(checkpoint(number)));
    }
    assert_eq!(faults.requests("PutItem"), 10);

    // Another store that has loaded takes over.
    let second = store();
    second.load().await.unwrap();
    second.save(&checkpoint(6)).await.unwrap();
    let refused = first.save(&checkpoint(7)).await;
    assert!(matches!(refused, Err(Error::Checkpoint(_))), "{refused:?}");
    assert_eq!(store().load().await.unwrap(), Some(checkpoint(6)));
}
