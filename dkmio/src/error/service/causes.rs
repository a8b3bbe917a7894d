//! Reads what went wrong from the texts of the SDK's errors and their causes, where nothing but a text tells.

use crate::error::endpoint::UnusableEndpoint;
use std::error::Error as StdError;

/// The SDK's message for an endpoint that it cannot use; the endpoint and the whole request follow.
pub(super) const ENDPOINT_FAULT: &str = "failed to apply endpoint";

/// Recognises what the SDK reports, in words only, when it has no credentials, no region or no endpoint that it can use.
pub(super) fn misconfigured(error: &(dyn StdError + 'static)) -> Option<String> {
    for cause in causes(error) {
        if let Some(endpoint) = cause.downcast_ref::<UnusableEndpoint>() {
            return Some(endpoint.to_string());
        }
        let text = cause.to_string();
        if text.contains("Missing Region") || text.contains("missing signing region") {
            return Some(
                "no AWS region: set `AWS_REGION`, a region in the profile, or `DynamoDb::builder().region(..)`"
                    .to_owned(),
            );
        }
        if text.contains("`region`") && text.contains("host label") {
            return Some(
                "the AWS region is empty, or no region's name; set it like `eu-west-1`, in `AWS_REGION`, the profile or \
                 `DynamoDb::builder().region(..)`"
                    .to_owned(),
            );
        }
        if text.contains(ENDPOINT_FAULT) {
            return Some(format!(
                "the endpoint is no URL that a request can be sent to: {}; write it like `http://localhost:8000`",
                innermost(error)
            ));
        }
        if text.contains("credential") || text.contains("identity") {
            return Some(
                "no AWS credentials: set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, a profile, or a role; \
                 for tests and first steps use `DynamoDb::embedded()`"
                    .to_owned(),
            );
        }
    }
    None
}

/// Returns whether there was no connection to send anything on: hyper says so in words only.
pub(crate) fn never_left(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>();
        io.is_some_and(|e| e.kind() == std::io::ErrorKind::ConnectionRefused)
            || matches!(
                cause.to_string().as_str(),
                "client error (Connect)" | "TLS handshake failed"
            )
            || cause.to_string().starts_with("HTTP connect timeout")
    })
}

/// Iterates over an error and what caused it, the innermost last.
pub(super) fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let cause = next?;
        next = cause.source();
        Some(cause)
    })
}

/// Returns what the innermost cause says: the outer ones only say that something failed.
pub(super) fn innermost(error: &(dyn StdError + 'static)) -> String {
    causes(error)
        .last()
        .map_or_else(String::new, ToString::to_string)
}
