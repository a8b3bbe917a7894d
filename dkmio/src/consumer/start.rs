//! The start of a consumer: finds the stream of the table, its shards, and the checkpoint.

use super::checkpoint::Checkpoint;
use super::gap::Gap;
use super::position::{Position, ShardId};
use super::requests::Stream;
use super::setup::{Beginning, Setup};
use super::shards::{self, Listing, Shards};
use crate::error::{CheckpointError, Configuration, Error};
use crate::executor::Backoff;
use crate::verb::incomplete;
use aws_sdk_dynamodb::operation::describe_table::DescribeTableInput;
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

/// How much earlier than this machine's clock a start at the latest records is taken to be, if the consumer is killed before it
/// has handed out a record.
const CLOCK_TOLERANCE: u64 = 300;

/// What a consumer begins with.
pub(super) struct Started {
    pub(super) stream: Stream,
    pub(super) shards: Shards,
    pub(super) positions: BTreeMap<ShardId, Position>,
}

/// Begins, or goes on after the stored checkpoint. What may pass is tried again, within the budget.
pub(super) async fn start(setup: &Setup, pause: Duration) -> Result<Started, Error> {
    tokio::time::sleep(pause).await;
    let mut backoff = Backoff::new(setup.retry_budget);
    loop {
        match begin(setup).await {
            Err(e) if e.is_retryable() => {
                tracing::debug!(target: "dkmio", error = %e, "the stream of changes cannot begin yet");
                if !backoff.wait().await {
                    return Err(e);
                }
            }
            result => return result,
        }
    }
}

async fn begin(setup: &Setup) -> Result<Started, Error> {
    let stream = Stream {
        db: setup.db.clone(),
        table: setup.db.table_name(setup.table),
        arn: arn(setup).await?,
        page_size: setup.page_size,
    };
    let saved = match &setup.store {
        Some(store) => store.load().await?,
        None => None,
    };
    let listing = stream.list().await?;
    let (shards, positions) = match saved {
        Some(saved) => resume(setup, &stream, &saved, &listing)?,
        None => anew(setup, &stream, &listing).await?,
    };
    Ok(Started {
        stream,
        shards,
        positions,
    })
}

/// Returns the ARN of the table's stream.
async fn arn(setup: &Setup) -> Result<String, Error> {
    let input = DescribeTableInput::builder()
        .table_name(setup.table)
        .build()
        .map_err(incomplete)?;
    let table = setup.db.send(input).await?.table;
    table.and_then(|table| table.latest_stream_arn).ok_or_else(|| {
        Error::Configuration(Configuration::new(format!(
            "the table `{}` has no stream: switch it on with `db.create_table::<T>().stream(..)` when you create the table, and with `aws dynamodb update-table --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES` for one that exists",
            setup.db.table_name(setup.table),
        )))
    })
}

async fn anew(
    setup: &Setup,
    stream: &Stream,
    listing: &Listing,
) -> Result<(Shards, BTreeMap<ShardId, Position>), Error> {
    let beginning = match setup.beginning {
        Beginning::Oldest => shards::Beginning::Oldest,
        Beginning::Latest => {
            shards::Beginning::Latest(unix(SystemTime::now()).saturating_sub(CLOCK_TOLERANCE))
        }
        Beginning::Since(time) => shards::Beginning::Since(unix(time)),
    };
    let (shards, positions) =
        Shards::begin(beginning, listing, setup.poll_interval, Duration::ZERO);
    if let Some(store) = &setup.store
        && beginning != shards::Beginning::Oldest
    {
        store
            .save(&Checkpoint::new(&stream.arn, &positions))
            .await?;
    }
    Ok((shards, positions))
}

fn resume(
    setup: &Setup,
    stream: &Stream,
    saved: &Checkpoint,
    listing: &Listing,
) -> Result<(Shards, BTreeMap<ShardId, Position>), Error> {
    let mut positions = saved.positions();
    if saved.stream_arn() != stream.arn {
        let table = |arn: &str| arn.split("/stream/").next().map(str::to_owned);
        if table(saved.stream_arn()) != table(&stream.arn) {
            return Err(CheckpointError::new(format!(
                "it is of another table than `{}`: each consumer needs a store of its own",
                stream.table
            ))
            .into());
        }
        // The stream was switched off and on again. The records of the new one are all unread.
        for (shard, position) in &positions {
            if *position != Position::Finished {
                setup.tell(&Gap::of(shard, position));
            }
        }
        positions = BTreeMap::new();
    }
    let shards = Shards::resume(&positions, listing, setup.poll_interval, Duration::ZERO);
    Ok((shards, positions))
}

fn unix(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}
