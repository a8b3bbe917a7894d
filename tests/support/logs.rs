//! What is logged.

use serde_json::Value;
use std::io;
use std::sync::{Arc, LazyLock, Mutex};
use tracing::Dispatch;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::util::SubscriberInitExt;

/// The spans and events of this thread, at every level and of every target, until it is dropped.
pub struct Logs {
    text: Captured,
    _guard: tracing::subscriber::DefaultGuard,
}

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

/// Is interested in everything, and hears nothing.
///
/// Of each place that logs, `tracing` remembers whether it interests anybody, and asks again when a subscriber comes: other
/// threads may pass there just then. While this one is there, no place is ever taken to interest nobody.
static INTERESTED: LazyLock<Dispatch> = LazyLock::new(|| {
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(io::sink);
    Dispatch::new(subscriber.finish())
});

impl Logs {
    /// Begins to capture: for tests on one thread.
    pub fn capture() -> Self {
        LazyLock::force(&INTERESTED);
        let text = Captured::default();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_span_events(FmtSpan::CLOSE)
            .with_writer(text.clone())
            .finish();
        Self {
            text,
            _guard: subscriber.set_default(),
        }
    }

    /// Returns all that was written so far.
    pub fn text(&self) -> String {
        String::from_utf8(self.text.0.lock().unwrap().clone()).unwrap()
    }

    /// Returns the lines of dkmio so far: events, and spans that were closed.
    pub fn lines(&self) -> Vec<Value> {
        let text = self.text();
        let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
        lines
            .filter(|line: &Value| line["target"] == "dkmio")
            .collect()
    }

    /// Returns the events of dkmio at a level, such as `WARN`.
    pub fn events(&self, level: &str) -> Vec<Value> {
        let mut lines = self.lines();
        lines.retain(|line| line["level"] == level && line["fields"]["message"] != "close");
        lines
    }
}

impl io::Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Captured {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
