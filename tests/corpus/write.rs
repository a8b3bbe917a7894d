//! Sends a write, alone or in a transaction; see [`crate::send`].

use crate::case::{Expect, Request};
use crate::send::{Expressions, Fault, outcome};
use crate::value::{SdkItem, from_sdk, to_sdk};
use dkmio::aws_sdk_dynamodb::Client;
use dkmio::aws_sdk_dynamodb::error::{BuildError, ProvideErrorMetadata, SdkError};
use dkmio::aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use dkmio::aws_sdk_dynamodb::operation::put_item::PutItemError;
use dkmio::aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use dkmio::aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use dkmio::aws_sdk_dynamodb::types::{
    CancellationReason, ConditionCheck, Delete, Put, ReturnValue,
    ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};
use dkmio::expr::Expression;
use std::error::Error;
use std::fmt::Debug;

pub(crate) async fn put(client: &Client, r: &Request, e: &Expression) -> Result<Expect, Fault> {
    let answer = client
        .put_item()
        .set_table_name(r.table())
        .set_item(r.item.as_ref().map(to_sdk))
        .set_condition_expression(e.condition().map(str::to_owned))
        .set_expression_attribute_names(e.names())
        .set_expression_attribute_values(e.values())
        .set_return_values(return_values(r))
        .set_return_values_on_condition_check_failure(return_on_failure(r))
        .send()
        .await;
    written(answer.map(|answer| answer.attributes))
}

pub(crate) async fn update(client: &Client, r: &Request, e: &Expression) -> Result<Expect, Fault> {
    let answer = client
        .update_item()
        .set_table_name(r.table())
        .set_key(r.key.as_ref().map(to_sdk))
        .set_update_expression(e.update().map(str::to_owned))
        .set_condition_expression(e.condition().map(str::to_owned))
        .set_expression_attribute_names(e.names())
        .set_expression_attribute_values(e.values())
        .set_return_values(return_values(r))
        .set_return_values_on_condition_check_failure(return_on_failure(r))
        .send()
        .await;
    written(answer.map(|answer| answer.attributes))
}

pub(crate) async fn delete(client: &Client, r: &Request, e: &Expression) -> Result<Expect, Fault> {
    let answer = client
        .delete_item()
        .set_table_name(r.table())
        .set_key(r.key.as_ref().map(to_sdk))
        .set_condition_expression(e.condition().map(str::to_owned))
        .set_expression_attribute_names(e.names())
        .set_expression_attribute_values(e.values())
        .set_return_values(return_values(r))
        .set_return_values_on_condition_check_failure(return_on_failure(r))
        .send()
        .await;
    written(answer.map(|answer| answer.attributes))
}

/// What a write by itself returns: attributes, or the item that failed its condition.
fn written<E, R>(answer: Result<Option<SdkItem>, SdkError<E, R>>) -> Result<Expect, Fault>
where
    E: Error + ProvideErrorMetadata + FailedItem + 'static,
    R: Debug,
{
    let error = answer.as_ref().err().and_then(SdkError::as_service_error);
    let item = error.and_then(E::failed_item).cloned();
    let mut seen = outcome(answer, |attributes| {
        Ok(Expect {
            attributes: attributes.map(from_sdk).transpose()?,
            ..Expect::default()
        })
    })?;
    seen.item = item.map(from_sdk).transpose()?.map(Some);
    Ok(seen)
}

/// The error of a write that may have a condition.
trait FailedItem {
    /// Returns the item that failed the condition, if it was asked for.
    fn failed_item(&self) -> Option<&SdkItem>;
}

macro_rules! failed_items {
    ($($error:ident),*) => { $(
        impl FailedItem for $error {
            fn failed_item(&self) -> Option<&SdkItem> {
                match self {
                    Self::ConditionalCheckFailedException(e) => e.item(),
                    _ => None,
                }
            }
        }
    )* };
}
failed_items!(PutItemError, UpdateItemError, DeleteItemError);

pub(crate) async fn transact(
    client: &Client,
    r: &Request,
    all: &Expressions,
) -> Result<Expect, Fault> {
    let mut transaction = client.transact_write_items();
    for (place, member) in r.transact_items.iter().enumerate() {
        for (verb, r) in member {
            transaction = transaction.transact_items(self::member(
                verb,
                r,
                &all[&format!("{place}.{verb}.")],
            )?);
        }
    }
    let answer = transaction.send().await;
    let reasons = answer.as_ref().err().and_then(|error| {
        let error = error.as_service_error()?;
        match error {
            TransactWriteItemsError::TransactionCanceledException(e) => {
                e.cancellation_reasons.clone()
            }
            _ => None,
        }
    });
    let mut seen = outcome(answer, |_| Ok(Expect::default()))?;
    if let Some(reasons) = reasons {
        let code = |reason: &CancellationReason| reason.code.clone().unwrap_or_default();
        seen.reasons = Some(reasons.iter().map(code).collect());
        let item = |reason: CancellationReason| Ok(reason.item.map(from_sdk).transpose()?);
        seen.reason_items = Some(
            reasons
                .into_iter()
                .map(item)
                .collect::<Result<_, Fault>>()?,
        );
    }
    Ok(seen)
}

fn member(verb: &str, r: &Request, e: &Expression) -> Result<TransactWriteItem, Fault> {
    let member = TransactWriteItem::builder();
    Ok(match verb {
        "Put" => member.put(put_member(r, e)?),
        "Update" => member.update(update_member(r, e)?),
        "Delete" => member.delete(delete_member(r, e)?),
        "ConditionCheck" => member.condition_check(check_member(r, e)?),
        other => return Err(Fault(format!("a transaction has no `{other}`"))),
    }
    .build())
}

fn put_member(r: &Request, e: &Expression) -> Result<Put, BuildError> {
    Put::builder()
        .set_table_name(r.table())
        .set_item(r.item.as_ref().map(to_sdk))
        .set_condition_expression(e.condition().map(str::to_owned))
        .set_expression_attribute_names(e.names())
        .set_expression_attribute_values(e.values())
        .set_return_values_on_condition_check_failure(return_on_failure(r))
        .build()
}

fn update_member(r: &Request, e: &Expression) -> Result<Update, BuildError> {
    Update::builder()
        .set_table_name(r.table())
        .set_key(r.key.as_ref().map(to_sdk))
        .set_update_expression(e.update().map(str::to_owned))
        .set_condition_expression(e.condition().map(str::to_owned))
        .set_expression_attribute_names(e.names())
        .set_expression_attribute_values(e.values())
        .set_return_values_on_condition_check_failure(return_on_failure(r))
        .build()
}

fn delete_member(r: &Request, e: &Expression) -> Result<Delete, BuildError> {
    Delete::builder()
        .set_table_name(r.table())
        .set_key(r.key.as_ref().map(to_sdk))
        .set_condition_expression(e.condition().map(str::to_owned))
        .set_expression_attribute_names(e.names())
        .set_expression_attribute_values(e.values())
        .set_return_values_on_condition_check_failure(return_on_failure(r))
        .build()
}

fn check_member(r: &Request, e: &Expression) -> Result<ConditionCheck, BuildError> {
    ConditionCheck::builder()
        .set_table_name(r.table())
        .set_key(r.key.as_ref().map(to_sdk))
        .set_condition_expression(e.condition().map(str::to_owned))
        .set_expression_attribute_names(e.names())
        .set_expression_attribute_values(e.values())
        .set_return_values_on_condition_check_failure(return_on_failure(r))
        .build()
}

fn return_values(r: &Request) -> Option<ReturnValue> {
    r.return_values.as_deref().map(ReturnValue::from)
}

fn return_on_failure(r: &Request) -> Option<ReturnValuesOnConditionCheckFailure> {
    let asked = r.return_values_on_condition_check_failure.as_deref();
    asked.map(ReturnValuesOnConditionCheckFailure::from)
}
