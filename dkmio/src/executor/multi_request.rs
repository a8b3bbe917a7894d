//! The SDK's inputs of many items as requests: batches and transactions.

use super::request::Access;
use super::{Request, Sent, TableNames};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::batch_get_item::{
    BatchGetItemError, BatchGetItemInput, BatchGetItemOutput,
};
use aws_sdk_dynamodb::operation::batch_write_item::{
    BatchWriteItemError, BatchWriteItemInput, BatchWriteItemOutput,
};
use aws_sdk_dynamodb::operation::transact_get_items::{
    TransactGetItemsError, TransactGetItemsInput, TransactGetItemsOutput,
};
use aws_sdk_dynamodb::operation::transact_write_items::{
    TransactWriteItemsError, TransactWriteItemsInput, TransactWriteItemsOutput,
};
use aws_sdk_dynamodb::types::{TransactGetItem, TransactWriteItem};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

macro_rules! requests {
    ($($input:ident, $output:ident, $error:ident: $access:ident $operation:literal $method:ident
        [$($setter:ident = $field:ident),* $(,)?] $resolve:ident;)*) => { $(
        impl Request for $input {
            const OPERATION: &'static str = $operation;
            const WRITES: bool = Access::$access.writes();
            type Output = $output;
            type Error = $error;

            fn resolve_tables(&mut self, names: &TableNames) -> String {
                $resolve(self, names)
            }

            fn send(self, client: &Client) -> Sent<Self> {
                let request = client.$method()$(.$setter(self.$field))*;
                Box::pin(request.send())
            }
        }
    )* };
}

requests! {
    BatchGetItemInput, BatchGetItemOutput, BatchGetItemError: Reads "BatchGetItem" batch_get_item [
        set_request_items = request_items,
        set_return_consumed_capacity = return_consumed_capacity,
    ] batch_get;
    BatchWriteItemInput, BatchWriteItemOutput, BatchWriteItemError: Writes "BatchWriteItem" batch_write_item [
        set_request_items = request_items,
        set_return_consumed_capacity = return_consumed_capacity,
    ] batch_write;
    TransactGetItemsInput, TransactGetItemsOutput, TransactGetItemsError: Reads "TransactGetItems" transact_get_items [
        set_transact_items = transact_items,
        set_return_consumed_capacity = return_consumed_capacity,
    ] transact_get;
    TransactWriteItemsInput, TransactWriteItemsOutput, TransactWriteItemsError:
        Writes "TransactWriteItems" transact_write_items [
        set_transact_items = transact_items,
        set_return_consumed_capacity = return_consumed_capacity,
        set_client_request_token = client_request_token,
    ] transact_write;
}

/// Lists tables, each once.
fn list<'a>(tables: impl Iterator<Item = &'a String>) -> String {
    let mut listed: Vec<&String> = Vec::new();
    for table in tables {
        // Most requests have one.
        if listed.last() != Some(&table) {
            listed.push(table);
        }
    }
    listed.sort();
    listed.dedup();
    match listed.as_slice() {
        [only] => (*only).clone(),
        _ => listed
            .iter()
            .map(|table| table.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// Two tables of the models may be one table of the connection; then `merge` joins what is asked of it.
fn resolve_keys<T>(
    items: &mut Option<HashMap<String, T>>,
    names: &TableNames,
    merge: impl Fn(&mut T, T),
) -> String {
    let mut resolved: HashMap<String, T> = HashMap::new();
    for (table, entry) in items.take().unwrap_or_default() {
        match resolved.entry(names.resolve(&table).into_owned()) {
            Entry::Vacant(vacant) => {
                vacant.insert(entry);
            }
            Entry::Occupied(mut occupied) => merge(occupied.get_mut(), entry),
        }
    }
    let tables = list(resolved.keys());
    *items = Some(resolved);
    tables
}

fn batch_get(input: &mut BatchGetItemInput, names: &TableNames) -> String {
    resolve_keys(&mut input.request_items, names, |keys, more| {
        keys.keys.extend(more.keys);
    })
}

fn batch_write(input: &mut BatchWriteItemInput, names: &TableNames) -> String {
    resolve_keys(&mut input.request_items, names, Vec::extend)
}

fn resolve_members<'a>(tables: impl Iterator<Item = &'a mut String>, names: &TableNames) -> String {
    list(tables.map(|table| {
        names.rename(table);
        &*table
    }))
}

fn transact_get(input: &mut TransactGetItemsInput, names: &TableNames) -> String {
    let members: &mut [TransactGetItem] = input.transact_items.as_deref_mut().unwrap_or_default();
    resolve_members(
        members
            .iter_mut()
            .filter_map(|m| m.get.as_mut().map(|get| &mut get.table_name)),
        names,
    )
}

fn transact_write(input: &mut TransactWriteItemsInput, names: &TableNames) -> String {
    fn table(member: &mut TransactWriteItem) -> Option<&mut String> {
        let TransactWriteItem {
            condition_check,
            put,
            delete,
            update,
            ..
        } = member;
        let check = condition_check.as_mut().map(|m| &mut m.table_name);
        let put = put.as_mut().map(|m| &mut m.table_name);
        let delete = delete.as_mut().map(|m| &mut m.table_name);
        let update = update.as_mut().map(|m| &mut m.table_name);
        check.or(put).or(delete).or(update)
    }
    let members = input.transact_items.as_deref_mut().unwrap_or_default();
    resolve_members(members.iter_mut().filter_map(table), names)
}
