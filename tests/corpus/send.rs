//! Sends a request with the bare SDK client: dkmio's expressions, and the rest of the request as recorded.

use crate::build;
use crate::case::{After, Case, Expect, Request};
use crate::table::{recorded_name, sent_name};
use crate::value::{Item, SdkItem, from_sdk, to_sdk};
use crate::write;
use dkmio::aws_sdk_dynamodb::Client;
use dkmio::aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use dkmio::aws_sdk_dynamodb::types::{KeysAndAttributes, Select};
use dkmio::expr::Expression;
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fmt::Debug;

/// A fault of the test or the engine, not of the request.
#[derive(Debug)]
pub(crate) struct Fault(pub String);

impl<E: Error> From<E> for Fault {
    fn from(fault: E) -> Self {
        Self(DisplayErrorContext(fault).to_string())
    }
}

/// The requests within a case, by the start of the names of their expressions.
pub(crate) fn scopes(case: &Case) -> Vec<(String, &Request)> {
    let request = &case.request;
    let mut scopes = vec![(String::new(), request)];
    for (place, member) in request.transact_items.iter().enumerate() {
        scopes.extend(
            member
                .iter()
                .map(|(verb, r)| (format!("{place}.{verb}."), r)),
        );
    }
    let tables = request.request_items.iter();
    scopes.extend(tables.map(|(table, r)| (format!("{table}."), r)));
    scopes
}

/// The expressions of a case, by scope.
pub(crate) type Expressions = BTreeMap<String, Expression>;

pub(crate) fn expressions(case: &Case) -> Result<Expressions, build::Unbuilt> {
    scopes(case)
        .into_iter()
        .map(|(scope, _)| Ok((scope.clone(), build::expression(case, &scope)?)))
        .collect()
}

/// Sends the request; returns what came of it.
pub(crate) async fn send(
    client: &Client,
    case: &Case,
    expressions: &Expressions,
) -> Result<Expect, Fault> {
    let (r, e) = (&case.request, &expressions[""]);
    let mut seen = match case.op.as_str() {
        "GetItem" => get(client, r, e).await,
        "PutItem" => write::put(client, r, e).await,
        "UpdateItem" => write::update(client, r, e).await,
        "DeleteItem" => write::delete(client, r, e).await,
        "Query" => query(client, r, e).await,
        "Scan" => scan(client, r, e).await,
        "BatchGetItem" => batch_get(client, r, expressions).await,
        "TransactWriteItems" => write::transact(client, r, expressions).await,
        other => return Err(Fault(format!("no operation `{other}`"))),
    }?;
    seen.ok = seen.error.is_none();
    seen.after = after(client, case).await?;
    Ok(seen)
}

/// What the engine said: an answer, or an error by its code.
pub(crate) fn outcome<A, E: Error + ProvideErrorMetadata + 'static, R: Debug>(
    answer: Result<A, SdkError<E, R>>,
    read: impl FnOnce(A) -> Result<Expect, Fault>,
) -> Result<Expect, Fault> {
    match answer {
        Ok(answer) => read(answer),
        Err(error) => match error.code() {
            Some(code) => Ok(Expect {
                error: Some(code.to_owned()),
                ..Expect::default()
            }),
            None => Err(error.into()),
        },
    }
}

async fn get(client: &Client, r: &Request, e: &Expression) -> Result<Expect, Fault> {
    let answer = client
        .get_item()
        .set_table_name(r.table())
        .set_key(r.key.as_ref().map(to_sdk))
        .set_consistent_read(r.consistent_read)
        .set_projection_expression(e.projection().map(str::to_owned))
        .set_expression_attribute_names(e.names())
        .send()
        .await;
    outcome(answer, |answer| {
        Ok(Expect {
            item: Some(answer.item.map(from_sdk).transpose()?),
            ..Expect::default()
        })
    })
}

async fn query(client: &Client, r: &Request, e: &Expression) -> Result<Expect, Fault> {
    let answer = client
        .query()
        .set_table_name(r.table())
        .set_index_name(r.index_name.clone())
        .set_consistent_read(r.consistent_read)
        .set_select(r.select.as_deref().map(Select::from))
        .set_limit(r.limit)
        .set_scan_index_forward(r.scan_index_forward)
        .set_exclusive_start_key(r.exclusive_start_key.as_ref().map(to_sdk))
        .set_key_condition_expression(e.key_condition().map(str::to_owned))
        .set_filter_expression(e.filter().map(str::to_owned))
        .set_projection_expression(e.projection().map(str::to_owned))
        .set_expression_attribute_names(e.names())
        .set_expression_attribute_values(e.values())
        .send()
        .await;
    outcome(answer, |answer| rows(answer.items, answer.count))
}

async fn scan(client: &Client, r: &Request, e: &Expression) -> Result<Expect, Fault> {
    let answer = client
        .scan()
        .set_table_name(r.table())
        .set_index_name(r.index_name.clone())
        .set_consistent_read(r.consistent_read)
        .set_select(r.select.as_deref().map(Select::from))
        .set_limit(r.limit)
        .set_segment(r.segment)
        .set_total_segments(r.total_segments)
        .set_exclusive_start_key(r.exclusive_start_key.as_ref().map(to_sdk))
        .set_filter_expression(e.filter().map(str::to_owned))
        .set_projection_expression(e.projection().map(str::to_owned))
        .set_expression_attribute_names(e.names())
        .set_expression_attribute_values(e.values())
        .send()
        .await;
    outcome(answer, |answer| rows(answer.items, answer.count))
}

async fn batch_get(client: &Client, r: &Request, all: &Expressions) -> Result<Expect, Fault> {
    let mut batch = client.batch_get_item();
    for (table, asked) in &r.request_items {
        let e = &all[&format!("{table}.")];
        let keys = asked.keys.iter().flatten();
        let asked = KeysAndAttributes::builder()
            .set_keys(Some(keys.map(to_sdk).collect()))
            .set_consistent_read(asked.consistent_read)
            .set_projection_expression(e.projection().map(str::to_owned))
            .set_expression_attribute_names(e.names())
            .build()?;
        batch = batch.request_items(sent_name(table), asked);
    }
    outcome(batch.send().await, |answer| {
        let tables: HashMap<String, Vec<SdkItem>> = answer.responses.unwrap_or_default();
        let read = |(table, items): (String, _)| Ok((recorded_name(table), read_all(items)?));
        Ok(Expect {
            responses: Some(tables.into_iter().map(read).collect::<Result<_, Fault>>()?),
            ..Expect::default()
        })
    })
}

fn rows(items: Option<Vec<SdkItem>>, count: i32) -> Result<Expect, Fault> {
    Ok(Expect {
        items: items.map(read_all).transpose()?,
        count: Some(count),
        ..Expect::default()
    })
}

fn read_all(items: Vec<SdkItem>) -> Result<Vec<Item>, Fault> {
    items.into_iter().map(|item| Ok(from_sdk(item)?)).collect()
}

/// Reads the items that the request names by key, if the case says what they are.
async fn after(client: &Client, case: &Case) -> Result<Option<After>, Fault> {
    Ok(match &case.expect.after {
        None => None,
        Some(After::One(_)) => Some(After::One(stored(client, case, &case.request).await?)),
        Some(After::Members(_)) => {
            let mut items = Vec::new();
            for member in case
                .request
                .transact_items
                .iter()
                .flat_map(BTreeMap::values)
            {
                items.push(stored(client, case, member).await?);
            }
            Some(After::Members(items))
        }
    })
}

async fn stored(client: &Client, case: &Case, r: &Request) -> Result<Option<Item>, Fault> {
    let (Some(table), Some(named)) = (&r.table_name, r.key.as_ref().or(r.item.as_ref())) else {
        return Err(Fault("the request names no item".to_owned()));
    };
    let Some(schema) = case.schemas.get(table) else {
        return Err(Fault(format!("no table `{table}`")));
    };
    let get = client
        .get_item()
        .set_table_name(r.table())
        .consistent_read(true);
    let key = to_sdk(&schema.key_in(named));
    let answer = get.set_key(Some(key)).send().await?;
    Ok(answer.item.map(from_sdk).transpose()?)
}
