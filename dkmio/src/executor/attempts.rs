use crate::error::never_left;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::FinalizerInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Watches the attempts of one write: the SDK reports the last one only, and an earlier one may have written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attempts {
    unanswered: Arc<AtomicBool>,
}

impl Attempts {
    /// Whether an attempt may have reached DynamoDB and got no answer that says what became of it.
    pub(super) fn unanswered(&self) -> bool {
        self.unanswered.load(Ordering::Relaxed)
    }
}

impl Intercept for Attempts {
    fn name(&self) -> &'static str {
        "dkmio::Attempts"
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(Err(error)) = context.output_or_error() else {
            return Ok(());
        };
        let unanswered = if error.is_operation_error() {
            // A success that cannot be read, or a failure of the server.
            let status = context.response().map(|answer| answer.status());
            status.is_none_or(|status| status.is_success() || status.is_server_error())
        } else if let Some(connector) = error.as_connector_error() {
            !connector.is_user() && !never_left(connector)
        } else {
            error.is_timeout_error() || error.is_response_error()
        };
        if unanswered {
            self.unanswered.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}
