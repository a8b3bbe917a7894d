//! Signs requests, as the SDK's signer does, in a third of its time.
//!
//! The SDK's signer derives the key of the day anew for each request, and writes its texts with `format!`. Here the key
//! and all texts that change with the second are kept for a second. The signature is the same byte for byte.
//! All that is not the plain case is signed by the SDK's signer.

#[cfg(test)]
mod as_the_sdk;
mod canonical;
mod second;

use super::clock_skew::ClockSkew;
use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_runtime::auth::{
    PayloadSigningOverride, SigV4OperationSigningConfig, SigV4SessionTokenNameOverride,
    SigningOptions,
};
use aws_runtime::content_encoding::DeferredSignerSender;
use aws_sdk_dynamodb::config::Credentials;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign,
};
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::runtime_components::{GetIdentityResolver, RuntimeComponents};
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::SigningName;
use aws_types::region::SigningRegion;
pub(super) use canonical::{Canonical, KeptCanonical};
pub(super) use second::Second;
use std::sync::{Arc, RwLock};
use tracing::level_filters::LevelFilter;

/// Takes the place of the SDK's SigV4 scheme. Made in `connection.rs`.
#[derive(Debug)]
pub(super) struct Scheme {
    official: SigV4AuthScheme,
    signer: Signer,
}

impl Scheme {
    pub(super) fn new(skew: Arc<ClockSkew>) -> Self {
        Self {
            official: SigV4AuthScheme::new(),
            signer: Signer {
                official: SigV4AuthScheme::new(),
                skew,
                second: RwLock::default(),
            },
        }
    }
}

impl AuthScheme for Scheme {
    fn scheme_id(&self) -> AuthSchemeId {
        SCHEME_ID
    }

    fn identity_resolver(
        &self,
        identity_resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        self.official.identity_resolver(identity_resolvers)
    }

    fn signer(&self) -> &dyn Sign {
        &self.signer
    }
}

#[derive(Debug)]
struct Signer {
    official: SigV4AuthScheme,
    skew: Arc<ClockSkew>,
    /// What was kept of the last signature.
    second: RwLock<Option<Arc<Second>>>,
}

impl Sign for Signer {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        endpoint: AuthSchemeEndpointConfig<'_>,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Result<(), BoxError> {
        match self.signed(request, identity, &endpoint, components, config) {
            Some(Signed { second, text }) => {
                let headers = request.headers_mut();
                headers.try_insert("x-amz-date", second.date_time())?;
                headers.try_insert("authorization", text)?;
                if let Some(token) = second.token() {
                    headers.try_insert("x-amz-security-token", token)?;
                }
                Ok(())
            }
            None => self
                .official
                .signer()
                .sign_http_request(request, identity, endpoint, components, config),
        }
    }
}

/// A request's signature.
struct Signed {
    second: Arc<Second>,
    /// The header `authorization`.
    text: String,
}

impl Signer {
    /// Returns the signature, or `None` if the SDK must sign.
    fn signed(
        &self,
        request: &HttpRequest,
        identity: &Identity,
        endpoint: &AuthSchemeEndpointConfig<'_>,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Option<Signed> {
        // The SDK dates a repeated attempt by the answer to the one before.
        let is_repeated = config
            .load::<RequestAttempts>()
            .is_some_and(|attempts| attempts.attempts() > 1);
        if is_repeated || self.skew.is_large() || LevelFilter::current() == LevelFilter::TRACE {
            return None;
        }
        let (region, service) = plain_scope(endpoint, config)?;
        let credentials = identity.data::<Credentials>()?;
        let body = request.body().bytes()?;
        let canonical = Canonical::of(request)?;
        let now = components.time_source()?.now();
        let second = self.second(now, credentials, region, service)?;
        let text = canonical.authorization(&second, request.method(), body);
        Some(Signed { second, text })
    }

    /// Returns what changes by the second only, made anew if it is another second, key or region than before.
    fn second(
        &self,
        now: std::time::SystemTime,
        credentials: &Credentials,
        region: &str,
        service: &str,
    ) -> Option<Arc<Second>> {
        // Behind a poisoned lock the value is whole, because it is replaced in one step.
        let kept = self.second.read().unwrap_or_else(|e| e.into_inner());
        if let Some(second) = &*kept
            && second.is_of(now, credentials, region, service)
        {
            return Some(second.clone());
        }
        drop(kept);
        let second = Arc::new(Second::new(now, credentials, region, service)?);
        *self.second.write().unwrap_or_else(|e| e.into_inner()) = Some(second.clone());
        Some(second)
    }
}

/// Returns the region and service to sign for, or `None` if anything else is asked of the signature.
fn plain_scope<'a>(
    endpoint: &AuthSchemeEndpointConfig<'a>,
    config: &'a ConfigBag,
) -> Option<(&'a str, &'a str)> {
    let is_set = |name| endpoint.get(name).is_some();
    if is_set("disableDoubleEncoding") || is_set("disableNormalizePath") {
        return None;
    }
    let is_changed = config.load::<SigV4SessionTokenNameOverride>().is_some()
        || config.load::<PayloadSigningOverride>().is_some()
        || config.load::<DeferredSignerSender>().is_some();
    let operation = config.load::<SigV4OperationSigningConfig>()?;
    if is_changed || operation.signing_options != SigningOptions::default() {
        return None;
    }
    let region = match endpoint.get("signingRegion") {
        Some(region) => region.as_string()?,
        None => config
            .load::<SigningRegion>()
            .or(operation.region.as_ref())?
            .as_ref(),
    };
    let service = match endpoint.get("signingName") {
        Some(service) => service.as_string()?,
        None => {
            let name = config.load::<SigningName>().or(operation.name.as_ref());
            name?.as_ref()
        }
    };
    Some((region, service))
}
