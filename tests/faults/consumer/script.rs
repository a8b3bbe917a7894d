//! A stream of a table as a test scripts it: shards, what is in them, and what requests meet.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use dkmio::aws_sdk_dynamodb::Client;
use dkmio::{DynamoDb, DynamoTable};
use dkmio_tests::canned::{Canned, Sent};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "readings")]
pub(super) struct Readings {
    #[pk]
    pub(super) number: u64,
}

#[derive(Default)]
struct Shard {
    id: String,
    parent: Option<String>,
    records: Vec<u64>,
    trimmed: usize,
    is_closed: bool,
    is_hidden: bool,
}

#[derive(Default)]
struct State {
    shards: Vec<Shard>,
    /// Iterators of another epoch are expired.
    epoch: u32,
    is_disabled: bool,
    /// Codes that the next requests of an operation are answered with.
    faults: HashMap<String, VecDeque<&'static str>>,
}

/// The stream. Clones share it.
#[derive(Clone, Default)]
pub(super) struct Script {
    state: Arc<Mutex<State>>,
}

impl Script {
    /// A stream of one open shard, `a`.
    pub(super) fn new() -> Self {
        let script = Self::default();
        script.open("a", None);
        script
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn with<T>(&self, id: &str, change: impl FnOnce(&mut Shard) -> T) -> T {
        let mut state = self.state();
        change(state.shards.iter_mut().find(|s| s.id == id).unwrap())
    }

    pub(super) fn open(&self, id: &str, parent: Option<&str>) {
        self.state().shards.push(Shard {
            id: id.to_owned(),
            parent: parent.map(str::to_owned),
            ..Shard::default()
        });
    }

    /// A listing leaves the shard out.
    pub(super) fn hide(&self, id: &str, is_hidden: bool) {
        self.with(id, |shard| shard.is_hidden = is_hidden);
    }

    pub(super) fn close(&self, id: &str) {
        self.with(id, |shard| shard.is_closed = true);
    }

    pub(super) fn write(&self, id: &str, records: impl IntoIterator<Item = u64>) {
        self.with(id, |shard| shard.records.extend(records));
    }

    /// The oldest records are gone.
    pub(super) fn trim(&self, id: &str, records: usize) {
        self.with(id, |shard| shard.trimmed = records);
    }

    /// The shard is gone with all its records.
    pub(super) fn remove(&self, id: &str) {
        self.state().shards.retain(|shard| shard.id != id);
    }

    pub(super) fn disable(&self) {
        let mut state = self.state();
        state.is_disabled = true;
        state
            .shards
            .iter_mut()
            .for_each(|shard| shard.is_closed = true);
    }

    pub(super) fn expire_iterators(&self) {
        self.state().epoch += 1;
    }

    /// Answers the next requests of an operation with these codes.
    pub(super) fn fail(&self, operation: &str, codes: impl IntoIterator<Item = &'static str>) {
        let mut state = self.state();
        let faults = state.faults.entry(operation.to_owned()).or_default();
        faults.extend(codes);
    }

    pub(super) fn calm(&self) {
        self.state().faults.clear();
    }

    /// Returns an HTTP client that answers so.
    pub(super) fn canned(&self) -> Canned {
        let script = self.clone();
        Canned::new(move |_, sent| script.answer(sent))
    }

    /// Returns a connection, and what it sends. The SDK makes one attempt.
    pub(super) fn connect(&self) -> (DynamoDb, Canned) {
        let canned = self.canned();
        let retries = aws_sdk_dynamodb::config::retry::RetryConfig::disabled();
        let client = Client::from_conf(canned.config().retry_config(retries).build());
        (
            DynamoDb::builder()
                .client(client)
                .circuit_breaker(None)
                .build(),
            canned,
        )
    }

    fn answer(&self, sent: &Sent) -> HttpResponse {
        let mut state = self.state();
        let (operation, body) = (sent.operation(), sent.json());
        let fault = state
            .faults
            .get_mut(operation)
            .and_then(VecDeque::pop_front);
        match fault.map_or_else(|| state.answer(operation, &body), Err) {
            Ok(body) => response(200, &body),
            Err(code) => {
                let status = if code == "InternalServerError" {
                    500
                } else {
                    400
                };
                let kind = format!("com.amazonaws.dynamodb.v20120810#{code}");
                response(status, &json!({"__type": kind, "message": "scripted"}))
            }
        }
    }
}

fn response(status: u16, body: &Value) -> HttpResponse {
    let status = StatusCode::try_from(status).unwrap();
    HttpResponse::new(status, SdkBody::from(body.to_string()))
}

const ARN: &str = "arn:aws:dynamodb:us-east-1:000000000000:table/readings/stream/1";

impl State {
    fn answer(&self, operation: &str, body: &Value) -> Result<Value, &'static str> {
        Ok(match operation {
            "DescribeTable" => json!({"Table": {"TableName": "readings", "LatestStreamArn": ARN}}),
            "DescribeStream" => {
                // One shard a page.
                let shown: Vec<_> = self.shards.iter().filter(|s| !s.is_hidden).collect();
                let after = body["ExclusiveStartShardId"].as_str();
                let at = after.map_or(0, |after| {
                    shown.iter().position(|s| s.id == after).unwrap() + 1
                });
                let page = shown.get(at);
                let last = page.filter(|_| at + 1 < shown.len()).map(|s| &s.id);
                let shards: Vec<_> = page
                    .map(|s| json!({"ShardId": s.id, "ParentShardId": s.parent}))
                    .into_iter()
                    .collect();
                let status = if self.is_disabled {
                    "DISABLED"
                } else {
                    "ENABLED"
                };
                json!({"StreamDescription": {
                    "StreamArn": ARN,
                    "StreamStatus": status,
                    "Shards": shards,
                    "LastEvaluatedShardId": last,
                }})
            }
            "GetShardIterator" => {
                let shard = self.shard(body["ShardId"].as_str().unwrap())?;
                let at = match body["ShardIteratorType"].as_str().unwrap() {
                    "TRIM_HORIZON" => shard.trimmed,
                    "LATEST" => shard.records.len(),
                    _ => {
                        let number = number_of(body["SequenceNumber"].as_str().unwrap());
                        let at = shard.records.iter().position(|r| *r == number).unwrap();
                        if at < shard.trimmed {
                            return Err("TrimmedDataAccessException");
                        }
                        at + 1
                    }
                };
                json!({"ShardIterator": format!("{}/{at}/{}", shard.id, self.epoch)})
            }
            "GetRecords" => {
                let iterator = body["ShardIterator"].as_str().unwrap();
                let parts: Vec<_> = iterator.split('/').collect();
                let shard = self.shard(parts[0])?;
                let at: usize = parts[1].parse().unwrap();
                if parts[2] != self.epoch.to_string() {
                    return Err("ExpiredIteratorException");
                }
                if at < shard.trimmed {
                    return Err("TrimmedDataAccessException");
                }
                let limit = usize::try_from(body["Limit"].as_u64().unwrap()).unwrap();
                let records: Vec<_> = shard.records[at..].iter().take(limit).collect();
                let next = at + records.len();
                let has_next = !shard.is_closed || next < shard.records.len();
                json!({
                    "Records": records.into_iter().map(|r| record(*r)).collect::<Vec<_>>(),
                    "NextShardIterator": has_next.then(|| format!("{}/{next}/{}", shard.id, self.epoch)),
                })
            }
            other => panic!("{other} is not scripted"),
        })
    }

    fn shard(&self, id: &str) -> Result<&Shard, &'static str> {
        let shard = self.shards.iter().find(|s| s.id == id);
        shard.ok_or("ResourceNotFoundException")
    }
}

/// The sequence number of a record.
pub(super) fn sequence_number(number: u64) -> String {
    format!("1000000000000000000{number:06}")
}

fn number_of(sequence_number: &str) -> u64 {
    sequence_number[19..].parse().unwrap()
}

/// A record, made at the second of its number.
fn record(number: u64) -> Value {
    let item = json!({"number": {"N": number.to_string()}});
    json!({
        "eventName": "INSERT",
        "dynamodb": {
            "ApproximateCreationDateTime": number,
            "Keys": item,
            "NewImage": item,
            "SequenceNumber": sequence_number(number),
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
    })
}
