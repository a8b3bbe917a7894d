//! `Lowered`: the request of a write transaction.

use super::member::{MemberKind, WriteMember};
use crate::error::{Error, ExpectedVersion};
use crate::executor::{Payload, PutRun};
use crate::value::EncodedItem;
use crate::verb::input::incomplete;
use crate::verb::put::PutRest;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsInput;
use aws_sdk_dynamodb::types::TransactWriteItem;
use std::sync::Arc;

/// A transaction that passed the checks before sending. The items of its puts are apart from its request.
pub(super) struct Lowered {
    token: String,
    requests: Vec<MemberRequest>,
    /// The items of the puts, in the order of the members.
    items: Arc<Vec<EncodedItem>>,
    /// How many puts each `MemberRequest::Put` stands for.
    runs: Arc<[PutRun]>,
    /// The names of all members, in their order.
    pub(super) members: Vec<MemberLabel>,
}

/// How an error names a member.
pub(super) struct MemberLabel {
    /// The model's name of the table.
    pub(super) table: &'static str,
    pub(super) operation: &'static str,
    pub(super) label: Option<String>,
    pub(super) expected: Option<ExpectedVersion>,
}

/// One or more members of the request.
enum MemberRequest {
    /// Adjacent puts that differ in their items only.
    Put(PutRest),
    Other(Box<TransactWriteItem>),
}

impl Lowered {
    /// Lowers members that were checked, and joins adjacent puts that differ in their items only.
    pub(super) fn of(members: Vec<Result<WriteMember, Arc<Error>>>, token: String) -> Self {
        let count = members.len();
        let mut requests = Vec::new();
        let mut items = Vec::with_capacity(count);
        let mut runs: Vec<PutRun> = Vec::new();
        let mut labels = Vec::with_capacity(count);
        for member in members.into_iter().flatten() {
            let WriteMember {
                table,
                kind,
                label,
                expected,
                ..
            } = member;
            labels.push(MemberLabel {
                table,
                operation: kind.operation(),
                label,
                expected,
            });
            match kind {
                MemberKind::Other(_, member) => requests.push(MemberRequest::Other(member)),
                MemberKind::Put(item, rest) => {
                    items.push(item);
                    match (requests.last(), runs.last_mut()) {
                        (Some(MemberRequest::Put(last)), Some(run)) if last.is_like(&rest) => {
                            run.count += 1;
                        }
                        _ => {
                            runs.push(PutRun { table, count: 1 });
                            requests.push(MemberRequest::Put(rest));
                        }
                    }
                }
            }
        }
        Self {
            token,
            requests,
            items: Arc::new(items),
            runs: runs.into(),
            members: labels,
        }
    }

    /// Returns the SDK's input with empty items.
    pub(super) fn input(&self) -> Result<TransactWriteItemsInput, Error> {
        let members = self.requests.iter().map(|member| match member {
            MemberRequest::Put(put) => Ok(TransactWriteItem::builder().put(put.member()?).build()),
            MemberRequest::Other(member) => Ok(TransactWriteItem::clone(member)),
        });
        TransactWriteItemsInput::builder()
            .set_transact_items(Some(members.collect::<Result<_, Error>>()?))
            .client_request_token(&self.token)
            .build()
            .map_err(incomplete)
    }

    /// Returns the items of the puts.
    pub(super) fn payload(&self) -> Payload {
        Payload::Puts(self.items.clone(), self.runs.clone())
    }
}
