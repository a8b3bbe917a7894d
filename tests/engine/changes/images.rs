//! Changes read from the stream of a table.

use dkmio::aws_sdk_dynamodb::types::StreamViewType;
use dkmio::{Change, Error, Record, Records};
use dkmio_tests::orders::{Orders, Status, order};
use dkmio_tests::table_stream::TableStream;

#[tokio::test]
async fn a_change_has_the_item_before_and_after() -> Result<(), Error> {
    let stream = TableStream::of::<Orders>(StreamViewType::NewAndOldImages).await;
    let db = &stream.db;
    let before = order("usr_1", "o1");
    Orders::put(&before).execute(db).await?;
    Orders::update(&before)
        .set(|o| o.status(), Status::Shipped)
        .execute(db)
        .await?;
    Orders::delete(&before).execute(db).await?;

    let records = Records::from(stream.records().await);
    let changes: Vec<_> = records
        .iter()
        .map(Change::<Orders>::of)
        .collect::<Result<_, _>>()?;
    let after = Orders {
        status: Status::Shipped,
        ..before.clone()
    };
    assert_eq!(
        changes,
        [
            Some(Change::Insert {
                new: before.clone()
            }),
            Some(Change::Modify {
                old: before,
                new: after.clone()
            }),
            Some(Change::Remove {
                old: after,
                expired: false
            }),
        ]
    );
    let numbers: Vec<_> = records.iter().filter_map(Record::sequence_number).collect();
    assert!(numbers.is_sorted() && numbers.len() == 3);
    Ok(())
}

#[tokio::test]
async fn a_stream_without_both_images_has_no_changes() -> Result<(), Error> {
    for view_type in [
        StreamViewType::KeysOnly,
        StreamViewType::NewImage,
        StreamViewType::OldImage,
    ] {
        let stream = TableStream::of::<Orders>(view_type).await;
        Orders::put(&order("usr_1", "o1"))
            .execute(&stream.db)
            .await?;
        for record in Records::from(stream.records().await) {
            let result = Change::<Orders>::of(&record);
            let Err(Error::Configuration(e)) = result else {
                panic!("{result:?}");
            };
            assert!(e.message().contains("NEW_AND_OLD_IMAGES"));
        }
    }
    Ok(())
}
