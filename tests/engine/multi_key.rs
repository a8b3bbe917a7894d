//! Index keys of several attributes.

use dkmio::{Cursor, DynamoDb, DynamoTable, Error, KeyAttribute};
use dkmio_tests::database::{Database, check};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, KeyAttribute)]
enum Round {
    Group,
    Final,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "matches")]
#[gsi(by_place, name = "gsi-place", pk = (tournament, region), sk = (round, day, court))]
#[gsi(by_player, name = "gsi-player", pk = player, sk = (day, round), project(score))]
struct Matches {
    #[pk]
    id: u32,
    tournament: String,
    region: String,
    round: Round,
    day: u32,
    court: Option<String>,
    player: String,
    score: u32,
}

async fn with_matches() -> Result<DynamoDb, Error> {
    let db = Database::with::<Matches>().await?;
    for id in 0..12 {
        let played = Matches {
            id,
            tournament: "open".into(),
            region: if id < 10 { "eu" } else { "us" }.into(),
            round: if id % 2 == 0 {
                Round::Group
            } else {
                Round::Final
            },
            day: id / 4,
            court: (id != 9).then(|| format!("court-{}", id % 4)),
            player: "ada".into(),
            score: id * 10,
        };
        Matches::put(&played).execute(&db).await?;
    }
    Ok(db)
}

#[tokio::test]
async fn the_partition_takes_a_tuple_of_all_its_attributes() {
    check(async |_| {
        let db = with_matches().await?;
        let count =
            async |region: &str| Matches::by_place().query(("open", region)).count(&db).await;
        assert_eq!(
            count("eu").await?,
            9,
            "an item without all key attributes is not in the index"
        );
        assert_eq!(count("us").await?, 2);
        assert_eq!(count("asia").await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_sort_key_is_compared_left_to_right() {
    check(async |_| {
        let db = with_matches().await?;
        let query = || Matches::by_place().query(("open", "eu"));
        // Final: 1, 3, 5, 7 on days 0, 0, 1, 1 and courts 1, 3, 1, 3. Group: 0, 2, 4, 6, 8.
        for (query, expected) in [
            (query().sk(|k| k.eq(Round::Final)), vec![1, 3, 5, 7]),
            (query().sk(|k| k.eq(Round::Final).eq(1)), vec![5, 7]),
            (query().sk(|k| k.eq(Round::Final).ge(1)), vec![5, 7]),
            (
                query().sk(|k| k.eq(Round::Group).between(0, 1)),
                vec![0, 2, 4, 6],
            ),
            (query().sk(|k| k.eq(Round::Group).lt(2)), vec![0, 2, 4, 6]),
            (
                query().sk(|k| k.eq(Round::Final).eq(0).eq("court-3")),
                vec![3],
            ),
            (
                query().sk(|k| k.eq(Round::Final).eq(0).begins_with("court-")),
                vec![1, 3],
            ),
            (
                query().sk(|k| k.eq(Round::Final).eq(0).gt("court-1")),
                vec![3],
            ),
        ] {
            let ids = query.select(|m| m.id()).fetch_all(&db).await?;
            assert_eq!(ids, expected);
        }
        let names = query().sk(|k| k.ge(Round::Group));
        assert_eq!(
            names.count(&db).await?,
            5,
            "as the strings they are stored as"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn items_come_in_the_order_of_all_sort_attributes() {
    check(async |_| {
        let db = with_matches().await?;
        let ids = Matches::by_place().query(("open", "eu")).select(|m| m.id());
        let up = ids.clone().fetch_all(&db).await?;
        assert_eq!(up, [1, 3, 5, 7, 0, 2, 4, 6, 8]);
        let mut down = ids.descending().fetch_all(&db).await?;
        down.reverse();
        assert_eq!(down, up);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn cursors_hold_all_key_attributes() {
    check(async |_| {
        let db = with_matches().await?;
        let all = Matches::by_place()
            .query(("open", "eu"))
            .select(|m| m.id())
            .fetch_all(&db)
            .await?;
        for n in 1..=10 {
            let query = Matches::by_place()
                .query(("open", "eu"))
                .filter(|m| m.score().ge(20))
                .select(|m| m.id())
                .limit(n);
            let (mut ids, mut cursor) = (Vec::<u32>::new(), None::<Cursor>);
            loop {
                let page = query.clone().start_from(cursor).execute(&db).await?;
                ids.extend(page.items());
                let Some(next) = page.next() else { break };
                cursor = Some(next.to_string().parse()?);
            }
            let expected: Vec<u32> = all.iter().copied().filter(|id| *id >= 2).collect();
            assert_eq!(ids, expected);
        }
        let cursor = Matches::by_place()
            .query(("open", "eu"))
            .limit(1)
            .execute(&db)
            .await?;
        let foreign = Matches::by_place()
            .query(("open", "us"))
            .start_from(cursor.next().cloned());
        assert!(matches!(
            foreign.execute(&db).await,
            Err(Error::InvalidCursor(_))
        ));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_index_with_several_keys_projects_and_filters_as_others() {
    check(async |_| {
        let db = with_matches().await?;
        let query = Matches::by_player()
            .query("ada")
            .sk(|k| k.eq(1))
            .filter(|m| m.score().gt(40));
        let page = query.execute(&db).await?;
        let found: Vec<_> = page
            .iter()
            .map(|m| (m.id, m.round, m.day, m.score))
            .collect();
        assert_eq!(
            found,
            [
                (5, Round::Final, 1, 50),
                (7, Round::Final, 1, 70),
                (6, Round::Group, 1, 60)
            ]
        );
        Ok(())
    })
    .await;
}
