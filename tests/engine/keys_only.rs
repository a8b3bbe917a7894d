//! An entity is told by its keys in an index that does not hold its kind.

use dkmio::{DynamoDb, DynamoEntity, Error, SharedTable};
use serde::{Deserialize, Serialize};

#[derive(SharedTable)]
#[dkmio(table = "helpdesk")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", sk = "GSI1SK", project = keys_only)]
struct Helpdesk;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Helpdesk, kind = "ticket")]
#[key(pk = "USER#{user}", sk = "TICKET#{id}")]
#[gsi(by_state, of = gsi1, pk = "STATE#{state}", sk = "TICKET#{id}", project = keys_only)]
struct Ticket {
    user: String,
    id: String,
    state: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = Helpdesk, kind = "call")]
#[key(pk = "USER#{user}", sk = "CALL#{id}")]
#[gsi(by_state, of = gsi1, pk = "STATE#{state}", sk = "CALL#{id}", project = keys_only)]
struct Call {
    user: String,
    id: String,
    state: String,
}

#[dkmio::test(Helpdesk)]
async fn a_query_of_an_index_without_the_kind_yields_the_entity_only(
    db: DynamoDb,
) -> Result<(), Error> {
    for id in ["1", "2", "3"] {
        let (user, state) = ("ann".to_owned(), "OPEN".to_owned());
        let id = id.to_owned();
        Ticket::put(&Ticket {
            user: user.clone(),
            id: id.clone(),
            state: state.clone(),
        })
        .execute(&db)
        .await?;
        Call::put(&Call { user, id, state }).execute(&db).await?;
    }
    let tickets = Ticket::by_state().query("OPEN");
    assert_eq!(tickets.clone().raw().fetch_all(&db).await?.len(), 3);
    assert_eq!(tickets.count(&db).await?, 3);
    let calls = Call::by_state().scan();
    assert_eq!(calls.clone().raw().fetch_all(&db).await?.len(), 3);
    assert_eq!(calls.count(&db).await?, 3);
    Ok(())
}
