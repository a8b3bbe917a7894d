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
        let mut text = String::with_capacity(2 * self.length() + 128);
        text.push_str(method);
        text.push_str("\n/\n\n");
        for header in &self.headers {
            push_header(&mut text, *header);
        }
        let names = self.names();
        push_names(&mut text, &names);
        sign(text, &names, second, body)
    }

    /// Keeps the texts of a POST that is sent with bodies of other lengths too.
    pub(in crate::executor) fn keep(mut self, second: &'a Second) -> KeptCanonical {
        self.insert("x-amz-date", second.date_time_text());
        if let Some(token) = second.token_text() {
            self.insert("x-amz-security-token", token);
        }
        self.headers.retain(|(name, _)| *name != LENGTH);
        let mut before = String::from("POST\n/\n\n");
        let mut after = String::from("\n");
        for header in &self.headers {
            let text = if header.0 < LENGTH {
                &mut before
            } else {
                &mut after
            };
            push_header(text, *header);
        }
        before.push_str(LENGTH);
        before.push(':');
        self.insert(LENGTH, "");
        let names = self.names();
        push_names(&mut after, &names);
        KeptCanonical {
            before,
            after,
            names,
        }
    }

    /// Returns how long the headers are as a text.
    fn length(&self) -> usize {
        let lengths = self.headers.iter().map(|(n, v)| n.len() + v.len() + 2);
        lengths.sum()
    }

    /// Returns the names of the signed headers, separated by `;`.
    fn names(&self) -> String {
        let mut names = String::with_capacity(self.length());
        for (name, _) in &self.headers {
            if !names.is_empty() {
                names.push(';');
            }
            names.push_str(name);
        }
        names
    }
}

/// The header that changes from one request to the next.
const LENGTH: &str = "content-length";

/// The texts of a request that change by the second only. Made once for each `Destination`.
#[derive(Debug)]
pub(in crate::executor) struct KeptCanonical {
    /// To the value of `content-length`.
    before: String,
    /// From there to the hash of the body.
    after: String,
    names: String,
}

impl KeptCanonical {
    /// Returns the header `authorization` of a request with this body.
    pub(in crate::executor) fn authorization(
        &self,
        second: &Second,
        length: &str,
        body: &[u8],
    ) -> String {
        let parts = [&self.before, length, &self.after];
        let mut text =
            String::with_capacity(parts.iter().map(|part| part.len()).sum::<usize>() + 64);
        for part in parts {
            text.push_str(part);
        }
        sign(text, &self.names, second, body)
    }
}

fn push_header(to: &mut String, (name, value): (&str, &str)) {
    for part in [name, ":", value, "\n"] {
        to.push_str(part);
    }
}

fn push_names(to: &mut String, names: &str) {
    to.push('\n');
    to.push_str(names);
    to.push('\n');
}

/// Returns the header `authorization`. `text` is the canonical request to the hash of the body.
fn sign(mut text: String, names: &str, second: &Second, body: &[u8]) -> String {
    push_hex(&mut text, &Sha256::digest(body));
    let hash = Sha256::digest(&text);
    text.clear();
    push_hex(&mut text, &hash);
    let mut mac = second.key();
    mac.update(second.to_sign().as_bytes());
    mac.update(text.as_bytes());
    text.clear();
    for part in [second.authorization(), names, ", Signature="] {
        text.push_str(part);
    }
    push_hex(&mut text, &mac.finalize().into_bytes());
    text
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
