//! Who signs: asked of the SDK's own cache, or of the resolver if that has a cache of its own.

use crate::executor::sdk_parts::SdkParts;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future;
use aws_sdk_dynamodb::config::{Credentials, ProvideCredentials};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCacheLocation, ResolveCachedIdentity, ResolveIdentity,
};
use std::fmt;
use std::sync::{Arc, Mutex};

pub(super) async fn of(parts: &SdkParts) -> Result<Identity, BoxError> {
    let resolver = parts.identity_resolver.clone();
    let (components, config) = (&parts.components, &parts.config);
    if resolver.cache_location() == IdentityCacheLocation::RuntimeComponents {
        let cache = components.identity_cache();
        cache
            .resolve_cached_identity(resolver, components, config)
            .await
    } else {
        resolver.resolve_identity(components, config).await
    }
}

/// Provides what a direct attempt was signed with, once, and then what [`of`] returns.
///
/// The SDK asks for an identity before it takes over that attempt. If there were none any more, it would not learn what came
/// of a request that was sent.
pub(super) struct AsBefore {
    used: Mutex<Option<Credentials>>,
    parts: Arc<SdkParts>,
}

impl AsBefore {
    pub(super) fn new(used: Credentials, parts: Arc<SdkParts>) -> Self {
        Self {
            used: Mutex::new(Some(used)),
            parts,
        }
    }

    async fn provide(&self) -> Result<Credentials, CredentialsError> {
        // Behind a poisoned lock the value is whole, because it is taken in one step.
        let used = self.used.lock().unwrap_or_else(|e| e.into_inner()).take();
        if let Some(used) = used {
            return Ok(used);
        }
        let identity = match of(&self.parts).await {
            Ok(identity) => identity,
            Err(e) => {
                let e = e.downcast().map(|e| *e);
                return Err(e.unwrap_or_else(CredentialsError::provider_error));
            }
        };
        let credentials = identity.data::<Credentials>().cloned();
        credentials.ok_or_else(|| CredentialsError::invalid_configuration("no credentials of AWS"))
    }
}

impl ProvideCredentials for AsBefore {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.provide())
    }
}

/// Shows no key.
impl fmt::Debug for AsBefore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsBefore").finish_non_exhaustive()
    }
}
