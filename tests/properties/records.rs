//! Records of streams: items in them read as they were, and no bytes make the reader fail otherwise than by an error.

use super::codec::{Everything, everything};
use aws_lambda_events::dynamodb::Event;
use dkmio::{Change, DynamoTable, KeyChange, Latest, Records, codec};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "things")]
struct Things {
    #[pk]
    id: String,
    n: Option<u32>,
}

/// Returns an event with an item before and after a change.
fn event(image: &str) -> String {
    format!(
        r#"{{"Records":[{{"eventID":"1","eventName":"MODIFY","awsRegion":"eu-west-1","userIdentity":null,"dynamodb":{{"SequenceNumber":"100","SizeBytes":1,"Keys":{{"id":{{"S":"a"}}}},"OldImage":{image},"NewImage":{image}}}}}]}}"#
    )
}

fn read_all(json: &[u8]) {
    let Ok(records) = Records::from_json(json) else {
        return;
    };
    for record in &records {
        let _ = (record.raw_keys(), record.raw_old(), record.raw_new());
        let _ = Change::<Things>::of(record).map(drop);
        let _ = Latest::<Things>::of(record).map(drop);
        let _ = KeyChange::<Things>::of(record).map(drop);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn an_image_is_the_item_that_it_was(value in everything()) {
        let json = event(&codec::to_json(&value).unwrap());
        let of_lambda: Event = serde_json::from_str(&json).unwrap();
        for records in [Records::from_json(&json).unwrap(), Records::from(of_lambda)] {
            let record = records.iter().next().unwrap();
            for image in [record.raw_old(), record.raw_new()] {
                let read: Everything = codec::from_item(image.unwrap().unwrap()).unwrap();
                prop_assert_eq!(&read, &value);
            }
        }
    }

    #[test]
    fn changed_bytes_are_read_or_refused(at in any::<prop::sample::Index>(), with in any::<u8>(), cut in any::<bool>()) {
        let mut json = event(r#"{"id":{"S":"a"},"n":{"N":"7"},"bin":{"B":"AAE="}}"#).into_bytes();
        let at = at.index(json.len());
        json[at] = with;
        if cut {
            json.truncate(at);
        }
        read_all(&json);
    }

    #[test]
    fn any_bytes_are_read_or_refused(json in prop::collection::vec(any::<u8>(), 0..200)) {
        read_all(&json);
    }
}
