//! Attributes that are absent: read alone they are what they are in the struct.

use dkmio::{DynamoTable, Error};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};

/// Reads an absent value as an empty one, if it is asked about it.
mod lenient {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(text: &str, s: S) -> Result<S::Ok, S::Error> {
        text.serialize(s)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
        Option::<String>::deserialize(d).map(Option::unwrap_or_default)
    }
}

mod number {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(n: &Option<u64>, s: S) -> Result<S::Ok, S::Error> {
        n.map(|n| n + 1).serialize(s)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<u64>, D::Error> {
        Option::<u64>::deserialize(d).map(|n| n.map(|n| n.saturating_sub(1)))
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "tickets")]
struct Tickets {
    #[pk]
    id: String,
    #[serde(with = "lenient")]
    title: String,
    #[serde(default, with = "number")]
    closed_at: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
}

fn ticket(closed_at: Option<u64>, tags: &[&str]) -> Tickets {
    Tickets {
        id: "t_1".to_owned(),
        title: "it rains".to_owned(),
        closed_at,
        tags: tags.iter().map(ToString::to_string).collect(),
    }
}

#[tokio::test]
async fn what_a_put_leaves_out_reads_back_whole_and_alone() {
    check(async |db| {
        db.create_table::<Tickets>().await?;
        for ticket in [ticket(None, &[]), ticket(Some(7), &["wet"])] {
            Tickets::put(&ticket).execute(&db).await?;
            assert_eq!(
                Tickets::get("t_1").execute(&db).await?,
                Some(ticket.clone())
            );
            let parts = Tickets::get("t_1").select(|t| (t.closed_at(), t.tags()));
            assert_eq!(
                parts.execute(&db).await?,
                Some((ticket.closed_at, ticket.tags))
            );
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_the_struct_needs_is_not_read_without_it() {
    check(async |db| {
        db.create_table::<Tickets>().await?;
        Tickets::update("t_1")
            .set(|t| t.closed_at(), 3)
            .execute(&db)
            .await?;
        let whole = Tickets::get("t_1").execute(&db).await;
        assert!(matches!(whole, Err(Error::Decode(_))));
        let alone = Tickets::get("t_1").select(|t| t.title()).execute(&db).await;
        assert!(matches!(alone, Err(Error::Decode(_))));
        Ok(())
    })
    .await;
}
