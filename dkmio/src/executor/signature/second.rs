//! What of a signature changes by the second only.

use aws_sdk_dynamodb::config::Credentials;
use aws_sigv4::sign::v4::generate_signing_key;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use hmac::{Hmac, KeyInit};
use http::HeaderValue;
use sha2::Sha256;
use std::fmt;
use std::time::SystemTime;

/// The key of a day, and the texts of a second. Made by the signer.
pub(in crate::executor) struct Second {
    /// Seconds since 1970.
    at: u64,
    credentials: Credentials,
    region: String,
    service: String,
    /// Such as `20150830T123600Z`.
    date_time: String,
    date_time_header: HeaderValue,
    token_header: Option<HeaderValue>,
    key: Hmac<Sha256>,
    /// The header `authorization` before the names of the signed headers.
    authorization: String,
    /// What is signed before the hash of the request.
    to_sign: String,
}

impl Second {
    /// Returns `None` if there is no such header, or no such date.
    pub(in crate::executor) fn new(
        now: SystemTime,
        credentials: &Credentials,
        region: &str,
        service: &str,
    ) -> Option<Self> {
        let at = second_of(now)?;
        let date_time = basic_date_time(at)?;
        let date = date_time.get(..8)?;
        let scope = format!("{date}/{region}/{service}/aws4_request");
        let key = generate_signing_key(credentials.secret_access_key(), now, region, service);
        let token = match credentials.session_token() {
            Some(token) => {
                let mut token = HeaderValue::from_str(token).ok()?;
                token.set_sensitive(true);
                Some(token)
            }
            None => None,
        };
        let id = credentials.access_key_id();
        Some(Self {
            at,
            region: region.to_owned(),
            service: service.to_owned(),
            token_header: token,
            key: Hmac::new_from_slice(key.as_ref()).ok()?,
            authorization: format!("AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders="),
            to_sign: format!("AWS4-HMAC-SHA256\n{date_time}\n{scope}\n"),
            date_time_header: HeaderValue::from_str(&date_time).ok()?,
            date_time,
            credentials: credentials.clone(),
        })
    }

    /// Returns `true` if all that it was made of is so.
    pub(super) fn is_of(
        &self,
        now: SystemTime,
        credentials: &Credentials,
        region: &str,
        service: &str,
    ) -> bool {
        second_of(now) == Some(self.at)
            && self.region == region
            && self.service == service
            && self.credentials == *credentials
    }

    /// Returns `true` if it is of this second.
    pub(in crate::executor) fn is_at(&self, now: SystemTime) -> bool {
        second_of(now) == Some(self.at)
    }

    /// The header `x-amz-date`.
    pub(in crate::executor) fn date_time(&self) -> HeaderValue {
        self.date_time_header.clone()
    }

    /// The header `x-amz-security-token`.
    pub(in crate::executor) fn token(&self) -> Option<HeaderValue> {
        self.token_header.clone()
    }

    pub(super) fn date_time_text(&self) -> &str {
        &self.date_time
    }

    pub(super) fn token_text(&self) -> Option<&str> {
        self.credentials.session_token()
    }

    pub(super) fn key(&self) -> Hmac<Sha256> {
        self.key.clone()
    }

    pub(super) fn authorization(&self) -> &str {
        &self.authorization
    }

    pub(super) fn to_sign(&self) -> &str {
        &self.to_sign
    }
}

/// Shows no key.
impl fmt::Debug for Second {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Second").finish_non_exhaustive()
    }
}

fn second_of(now: SystemTime) -> Option<u64> {
    let since = now.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(since.as_secs())
}

/// Returns a date in the basic format of ISO 8601: `20150830T123600Z`.
fn basic_date_time(second: u64) -> Option<String> {
    let date = DateTime::from_secs(i64::try_from(second).ok()?);
    let extended = date.fmt(Format::DateTime).ok()?;
    let basic: String = extended.chars().filter(|c| !"-:".contains(*c)).collect();
    // From the year 10000 on the text is longer.
    (basic.len() == 16).then_some(basic)
}
