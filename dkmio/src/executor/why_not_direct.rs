//! Every reason why a request is sent by the SDK's call, and not by an attempt of dkmio's own.

/// Why a request does not go direct. Found in `sdk_parts.rs` and `route.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WhyNotDirect {
    /// `DynamoDbBuilder::direct(false)`, or `DKMIO_DIRECT=off`.
    SwitchedOff,
    /// The operation is a batch, a transaction, or one of tables.
    Operation,
    /// The client has interceptors of the user's: they want to see each request.
    UserInterceptors,
    /// The client has an auth scheme of the user's.
    UserAuth,
    /// The client makes its own invocation ids.
    UserInvocationIds,
    /// The SDK's rate limiter wants to count each attempt.
    AdaptiveRetries,
    /// No request of this operation was seen yet.
    NotSeen,
    /// The SDK's request of this operation has something that dkmio does not know.
    UnknownRequest,
    /// Failures have used up some of the SDK's quota of retries, and each success gives some of it back.
    QuotaUsed,
    /// A request failed a moment ago.
    Pause,
    /// DynamoDB's clock is far off, which the SDK corrects.
    ClockSkew,
    /// Who logs at the level `DEBUG` wants the SDK's spans.
    Debugged,
    /// The table is an ARN, or has no name: its endpoint may be another.
    Table,
    /// The SDK's metrics are collected.
    Metrics,
    /// There is no identity, or no endpoint that can be signed for.
    NoDestination,
}
