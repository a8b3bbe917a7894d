//! Where a request goes and who sends it: asked of the SDK's own parts once a second, because that is how often the date of
//! a signature changes.

use super::identity;
use crate::executor::sdk_parts::{ATTEMPT, SdkParts};
use crate::executor::signature::{Canonical, KeptCanonical, Second};
use crate::executor::why_not_direct::WhyNotDirect;
use aws_sdk_dynamodb::config::Credentials;
use aws_smithy_runtime_api::client::endpoint::{EndpointResolverParams, ResolveEndpoint};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use std::sync::{Arc, RwLock};
use std::time::SystemTime;

/// The endpoint of one table, and the key of its signatures.
#[derive(Debug)]
pub(super) struct Destination {
    operation: &'static str,
    table: String,
    /// A request with all that is alike in this second's requests.
    pub(super) template: HttpRequest,
    pub(super) canonical: KeptCanonical,
    pub(super) second: Second,
    pub(super) credentials: Credentials,
}

/// The destinations of a client's last second, each operation's and table's at a place of its own most often.
#[derive(Debug, Default)]
pub(super) struct Destinations([RwLock<Option<Arc<Destination>>>; 16]);

impl Destinations {
    /// Returns the destination of a table at this second, or why the SDK must find it.
    pub(super) async fn of(
        &self,
        parts: &SdkParts,
        operation: &'static str,
        table: &str,
        now: SystemTime,
    ) -> Result<Arc<Destination>, WhyNotDirect> {
        let bytes = operation.bytes().chain(table.bytes());
        let hash = bytes.fold(0_usize, |hash, byte| hash * 31 % 4096 + usize::from(byte));
        let place = self
            .0
            .get(hash % self.0.len())
            .ok_or(WhyNotDirect::NoDestination)?;
        {
            // Behind a poisoned lock the value is whole, because it is replaced in one step.
            let kept = place.read().unwrap_or_else(|e| e.into_inner());
            if let Some(kept) = &*kept
                && kept.second.is_at(now)
                && kept.operation == operation
                && kept.table == table
            {
                return Ok(kept.clone());
            }
        }
        if has_metrics() {
            return Err(WhyNotDirect::Metrics);
        }
        let found = find(parts, operation, table, now).await;
        let found = Arc::new(found.ok_or(WhyNotDirect::NoDestination)?);
        *place.write().unwrap_or_else(|e| e.into_inner()) = Some(found.clone());
        Ok(found)
    }
}

async fn find(
    parts: &SdkParts,
    operation: &'static str,
    table: &str,
    now: SystemTime,
) -> Option<Destination> {
    let identity = identity::of(parts).await.ok()?;
    let mut params = EndpointResolverParams::new(parts.params_of(table)?);
    params.set_property(identity.clone());
    let resolver = parts.components.endpoint_resolver();
    resolver.finalize_params(&mut params).ok()?;
    let endpoint = resolver.resolve_endpoint(&params).await.ok()?;
    if !parts.is_signed_alike(&endpoint) {
        return None;
    }
    let credentials = identity.data::<Credentials>()?.clone();
    let second = Second::new(now, &credentials, &parts.region, &parts.service)?;
    let mut template = parts.template.try_clone()?;
    template.uri_mut().set_endpoint(endpoint.url()).ok()?;
    let headers = template.headers_mut();
    for (name, values) in endpoint.headers() {
        for value in values {
            headers.try_append(name.to_owned(), value.to_owned()).ok()?;
        }
    }
    let canonical = Canonical::of(&template)?.keep(&second);
    let headers = template.headers_mut();
    headers.try_insert("x-amz-date", second.date_time()).ok()?;
    if let Some(token) = second.token() {
        headers.try_insert("x-amz-security-token", token).ok()?;
    }
    headers.try_insert(ATTEMPT, parts.attempt.clone()).ok()?;
    Some(Destination {
        operation,
        table: table.to_owned(),
        template,
        canonical,
        second,
        credentials,
    })
}

/// Returns `true` if somebody collects the SDK's metrics, which a direct attempt does not write.
fn has_metrics() -> bool {
    let provider = aws_smithy_observability::global::get_telemetry_provider();
    provider.is_ok_and(|provider| provider.meter_provider().provider_name() != "noop")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::has_metrics;
    use aws_smithy_observability::global::set_telemetry_provider;
    use aws_smithy_observability::meter::{Meter, ProvideMeter};
    use aws_smithy_observability::{Attributes, TelemetryProvider};
    use std::sync::Arc;

    #[derive(Debug)]
    struct Collected;

    impl ProvideMeter for Collected {
        fn get_meter(&self, scope: &'static str, attributes: Option<&Attributes>) -> Meter {
            let noop = TelemetryProvider::noop();
            noop.meter_provider().get_meter(scope, attributes)
        }
    }

    #[test]
    fn metrics_are_seen_while_somebody_collects_them() {
        assert!(!has_metrics());
        let provider = TelemetryProvider::builder();
        let provider = provider.meter_provider(Arc::new(Collected));
        set_telemetry_provider(provider.build()).unwrap();
        assert!(has_metrics());
        set_telemetry_provider(TelemetryProvider::noop()).unwrap();
        assert!(!has_metrics());
    }
}
