//! Finds an endpoint that no request can be sent to, before the first request is.

/// An endpoint that is no URL of a server.
///
/// The SDK takes any text. It finds some faults while it sends, panics on others, and sends to another port than was meant
/// for a third kind.
#[derive(Debug, thiserror::Error)]
#[error(
    "the endpoint `{shown}` is no URL that a request can be sent to: {fault}; write it like `http://localhost:8000`"
)]
pub(crate) struct UnusableEndpoint {
    shown: String,
    fault: &'static str,
}

/// Checks the endpoint that a client is set up with.
pub(crate) fn check_endpoint(url: &str) -> Result<(), UnusableEndpoint> {
    match fault(url) {
        None => Ok(()),
        Some(fault) => Err(UnusableEndpoint {
            shown: without_user(url),
            fault,
        }),
    }
}

fn fault(url: &str) -> Option<&'static str> {
    if url.trim().is_empty() {
        return Some("it is empty");
    }
    if !url.bytes().all(|b| b.is_ascii_graphic()) {
        return Some("it has a space or another character that no URL has");
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return Some("it has no scheme");
    };
    if !["http", "https"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
    {
        return Some("its scheme is neither `http` nor `https`");
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host_and_port = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = match host_and_port.strip_prefix('[') {
        Some(address) => match address.split_once(']') {
            Some((address, port)) => (address, port.strip_prefix(':')),
            None => return Some("its address has no closing bracket"),
        },
        None => match host_and_port.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (host_and_port, None),
        },
    };
    if host.is_empty() {
        return Some("it has no host");
    }
    // The SDK would ignore such a port and send to the scheme's default port.
    if port.is_some_and(|port| !port.parse::<u16>().is_ok_and(|port| port > 0)) {
        return Some("its port is no number from 1 to 65535");
    }
    None
}

/// Returns the URL without the user and the password that it may hold.
fn without_user(url: &str) -> String {
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), url),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match authority.rfind('@') {
        Some(at) => format!("{scheme}{}", &rest[at + 1..]),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "a test fails by panicking")]

    use super::check_endpoint;

    #[test]
    fn endpoints_of_servers_are_taken() {
        for url in [
            "http://localhost:8000",
            "https://dynamodb.eu-west-1.amazonaws.com",
            "HTTP://127.0.0.1:1/path/?x=1#y",
            "http://[::1]:8000",
            "http://[::1]",
            "https://user:pass@proxy.example:8443",
        ] {
            assert!(check_endpoint(url).is_ok(), "{url}");
        }
    }

    #[test]
    fn what_is_no_url_of_a_server_is_refused_without_its_password() {
        for url in [
            "",
            " ",
            "localhost",
            "localhost:8000",
            "127.0.0.1:8000",
            "http:localhost",
            "https:/localhost:1",
            "//localhost:8000",
            "/path",
            "ftp://localhost",
            "http://",
            "http:///path",
            "http://:8000",
            "http://user:hunter2@",
            "http://user:hunter2@:80",
            "http://a b",
            "http://localhost:",
            "http://localhost:0",
            "http://localhost:99999",
            "http://localhost:80a0",
            "http://localhost:8000:8001",
            "http://[::1",
            "http://[]:80",
            "http://ex\u{e4}mple.invalid",
            "http://localhost:8000\n",
        ] {
            let error = check_endpoint(url)
                .err()
                .unwrap_or_else(|| panic!("{url:?}"));
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }
}
