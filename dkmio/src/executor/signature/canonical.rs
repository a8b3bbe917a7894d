//! The canonical request: what is signed of a request's headers and body.

use super::second::Second;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use hmac::Mac;
use sha2::{Digest, Sha256};

/// Headers that are not signed, because proxies change them, or the signature adds them.
const NOT_SIGNED: &[&str] = &[
    "authorization",
    "user-agent",
    "x-amzn-trace-id",
    "transfer-encoding",
];
/// Headers that the signature adds.
const ADDED: &[&str] = &["x-amz-date", "x-amz-security-token"];

/// The headers of a request that are to be signed, sorted, without those that the signature adds.
pub(in crate::executor) struct Canonical<'a> {
    headers: Vec<(&'a str, &'a str)>,
}

impl<'a> Canonical<'a> {
    /// Returns `None` if the request is not one that is sent to DynamoDB every day.
    pub(in crate::executor) fn of(request: &'a HttpRequest) -> Option<Self> {
        let mut headers = Vec::with_capacity(16);
        for (name, value) in request.headers().iter() {
            if NOT_SIGNED.contains(&name) {
                continue;
            }
            if ADDED.contains(&name) || !is_canonical(value) {
                return None;
            }
            headers.push((name, value));
        }
        let host = plain_host(request.uri())?;
        if request.headers().get("host").is_none() {
            headers.push(("host", host));
        }
        headers.sort_unstable_by_key(|(name, _)| *name);
        let is_repeated = headers.windows(2).any(|two| match two {
            [(one, _), (next, _)] => one == next,
            _ => false,
        });
        (!is_repeated).then_some(Self { headers })
    }

    fn insert(&mut self, name: &'static str, value: &'a str) {
        let index = self.headers.partition_point(|(before, _)| *before < name);
        self.headers.insert(index, (name, value));
    }

    /// Returns the header `authorization`.
    pub(in crate::executor) fn authorization(
        mut self,
        second: &'a Second,
        method: &str,
        body: &[u8],
    ) -> String {
        self.insert("x-amz-date", second.date_time_text());
        if let Some(token) = second.token_text() {
            self.insert("x-amz-security-token", token);
        }
        let length: usize = self
            .headers
            .iter()
            .map(|(n, v)| n.len() + v.len() + 2)
            .sum();
        let mut signed_headers = String::with_capacity(length);
        let mut text = String::with_capacity(2 * length + 128);
        text.push_str(method);
        text.push_str("\n/\n\n");
        for (name, value) in &self.headers {
            for part in [name, ":", value, "\n"] {
                text.push_str(part);
            }
            if !signed_headers.is_empty() {
                signed_headers.push(';');
            }
            signed_headers.push_str(name);
        }
        text.push('\n');
        text.push_str(&signed_headers);
        text.push('\n');
        push_hex(&mut text, &Sha256::digest(body));
        let hash = Sha256::digest(&text);
        text.clear();
        push_hex(&mut text, &hash);
        let mut mac = second.key();
        mac.update(second.to_sign().as_bytes());
        mac.update(text.as_bytes());
        text.clear();
        for part in [second.authorization(), &signed_headers, ", Signature="] {
            text.push_str(part);
        }
        push_hex(&mut text, &mac.finalize().into_bytes());
        text
    }
}

/// Returns `true` if the canonical form of the value is the value.
fn is_canonical(value: &str) -> bool {
    let mut after_space = true;
    for byte in value.bytes() {
        let is_space = byte == b' ';
        if !(b' '..=b'~').contains(&byte) || (is_space && after_space) {
            return false;
        }
        after_space = is_space;
    }
    value.is_empty() || !after_space
}

/// Returns the host that is signed, or `None` if the address has a path, or anything else unusual.
fn plain_host(uri: &str) -> Option<&str> {
    let (scheme, rest) = uri.split_once("://")?;
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    if authority.contains(['/', '?', '#', '@']) {
        return None;
    }
    // The port that a scheme has anyway is not sent.
    let usual_port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    Some(authority.strip_suffix(usual_port).unwrap_or(authority))
}

fn push_hex(to: &mut String, bytes: &[u8]) {
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            to.push(char::from(match digit {
                0..10 => b'0' + digit,
                _ => b'a' - 10 + digit,
            }));
        }
    }
}
