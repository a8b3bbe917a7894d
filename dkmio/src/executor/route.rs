//! Chooses how a request is sent: by the SDK's call, or by a first attempt of dkmio's own.

mod answer;
mod destination;
mod direct;
mod exchange;
mod identity;
mod invocation;
mod pause;
mod replay;

use super::clock_skew::ClockSkew;
use super::sdk_parts::{SdkParts, Seen};
use super::splice::Splice;
use super::why_not_direct::WhyNotDirect;
use aws_sdk_dynamodb::config::Config;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_types::config_bag::FrozenLayer;
pub(super) use direct::Direct;
use direct::Shared;
pub(super) use replay::HandOver;
use std::sync::Arc;
use tracing::Level;
use tracing::level_filters::LevelFilter;

/// What the routes of a client's requests depend on. Made in `connection.rs`, asked in `send.rs`.
#[derive(Debug)]
pub(super) struct Routes {
    /// Why no request of this client goes direct.
    never: Option<WhyNotDirect>,
    seen: Arc<Seen>,
    shared: Arc<Shared>,
}

impl Routes {
    pub(super) fn new(given: &Config, is_on: bool, seen: Arc<Seen>, skew: Arc<ClockSkew>) -> Self {
        let never = if is_on {
            refusal(given)
        } else {
            Some(WhyNotDirect::SwitchedOff)
        };
        Self {
            never,
            seen,
            shared: Arc::new(Shared {
                skew,
                ..Shared::default()
            }),
        }
    }

    /// Serializes an input for a direct attempt.
    pub(super) fn prepare(
        &self,
        parts: &Arc<SdkParts>,
        codec: &'static FrozenLayer,
        input: Input,
        splice: Option<&Arc<dyn Splice>>,
    ) -> Result<Direct, BoxError> {
        Ok(Direct {
            body: direct::serialize(codec, input, splice)?,
            parts: parts.clone(),
            shared: self.shared.clone(),
            codec,
        })
    }

    /// Returns `true` if a request of the operation would go direct, if one was seen.
    #[cfg(feature = "testing")]
    pub(super) fn has_not_seen(&self, operation: &'static str) -> bool {
        self.never.is_none() && matches!(self.seen.parts(operation), Err(WhyNotDirect::NotSeen))
    }

    /// Returns the parts to send a request with, or why the SDK must send it.
    pub(super) fn parts(
        &self,
        operation: &'static str,
        is_possible: bool,
        table: &str,
    ) -> Result<&Arc<SdkParts>, WhyNotDirect> {
        if let Some(why) = self.never {
            return Err(why);
        }
        if !is_possible {
            return Err(WhyNotDirect::Operation);
        }
        let parts = self.seen.parts(operation)?;
        let refusals = [
            (is_debugged(), WhyNotDirect::Debugged),
            (
                table.trim().is_empty() || table.starts_with("arn:"),
                WhyNotDirect::Table,
            ),
            (!parts.quota.is_full(), WhyNotDirect::QuotaUsed),
            (self.shared.skew.is_large(), WhyNotDirect::ClockSkew),
            (
                self.shared.pause.is_on(parts.clock.now()),
                WhyNotDirect::Pause,
            ),
        ];
        match refusals.into_iter().find(|(is_so, _)| *is_so) {
            Some((_, why)) => Err(why),
            None => Ok(parts),
        }
    }
}

/// Returns `true` if somebody collects the spans that the SDK opens in its calls.
fn is_debugged() -> bool {
    LevelFilter::current() >= LevelFilter::DEBUG
        && (tracing::enabled!(target: "aws_smithy_runtime::client::orchestrator", Level::DEBUG)
            || tracing::enabled!(target: "aws_sdk_dynamodb::operation", Level::DEBUG))
}

/// Returns why a client with this configuration sends nothing direct.
fn refusal(given: &Config) -> Option<WhyNotDirect> {
    let is_adaptive = |mode| mode == aws_sdk_dynamodb::config::retry::RetryMode::Adaptive;
    let refusals = [
        (
            given.interceptors().next().is_some(),
            WhyNotDirect::UserInterceptors,
        ),
        (has_own_auth(given), WhyNotDirect::UserAuth),
        (
            given.invocation_id_generator().is_some(),
            WhyNotDirect::UserInvocationIds,
        ),
        (
            given
                .retry_config()
                .is_some_and(|retries| is_adaptive(retries.mode())),
            WhyNotDirect::AdaptiveRetries,
        ),
    ];
    let refused = refusals.into_iter().find(|(is_so, _)| *is_so);
    refused.map(|(_, why)| why)
}

/// Returns `true` if the user chose how requests are signed.
pub(super) fn has_own_auth(config: &Config) -> bool {
    config.auth_schemes().next().is_some() || config.auth_scheme_resolver().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_runtime::auth::sigv4::SigV4AuthScheme;
    use aws_runtime::invocation_id::DefaultInvocationIdGenerator;
    use aws_sdk_dynamodb::config::retry::RetryConfig;
    use aws_sdk_dynamodb::config::{BehaviorVersion, Builder};

    fn refused(change: impl FnOnce(Builder) -> Builder, is_on: bool) -> Option<WhyNotDirect> {
        let config = Config::builder().behavior_version(BehaviorVersion::latest());
        let config = change(config).build();
        let routes = Routes::new(&config, is_on, Arc::default(), Arc::default());
        let why = routes.parts("GetItem", true, "orders").err();
        // Once it is known of a client, nothing else matters.
        assert_eq!(
            routes.never.is_some(),
            routes.parts("", false, "").err() == why
        );
        why
    }

    #[test]
    fn each_wish_of_a_client_that_only_the_sdk_fulfils_is_a_reason() {
        use WhyNotDirect::*;
        let own_ids = || DefaultInvocationIdGenerator::new();
        assert_eq!(refused(|c| c, true), Some(NotSeen));
        assert_eq!(refused(|c| c, false), Some(SwitchedOff));
        let scheme = refused(|c| c.push_auth_scheme(SigV4AuthScheme::new()), true);
        assert_eq!(scheme, Some(UserAuth));
        let ids = refused(|c| c.invocation_id_generator(own_ids()), true);
        assert_eq!(ids, Some(UserInvocationIds));
        let retries = refused(|c| c.retry_config(RetryConfig::adaptive()), true);
        assert_eq!(retries, Some(AdaptiveRetries));
    }

    #[test]
    fn batches_transactions_and_tables_are_the_sdks() {
        let config = Config::builder().behavior_version(BehaviorVersion::latest());
        let routes = Routes::new(&config.build(), true, Arc::default(), Arc::default());
        let why = routes.parts("BatchGetItem", false, "orders").err();
        assert_eq!(why, Some(WhyNotDirect::Operation));
    }
}
