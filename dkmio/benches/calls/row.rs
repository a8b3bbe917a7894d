//! What was measured of one call.

use std::time::Duration;

/// One call with dkmio beside the same by hand.
pub struct Row {
    pub name: &'static str,
    /// CPU time, by hand and with dkmio.
    pub time: (Duration, Duration),
    /// Instructions, by hand and with dkmio; `None` without valgrind.
    pub instructions: Option<(u64, u64)>,
}

impl Row {
    /// Returns dkmio's instructions for each of the program by hand.
    pub fn ratio(&self) -> Option<f64> {
        let (hand, dkmio) = self.instructions?;
        Some(dkmio as f64 / hand as f64)
    }

    /// Prints the row as one of a Markdown table.
    pub fn print(&self) {
        let (hand, dkmio) = self.time;
        let (hand, dkmio) = (hand.as_secs_f64(), dkmio.as_secs_f64());
        let instructions = match (self.instructions, self.ratio()) {
            (Some((hand, dkmio)), Some(ratio)) => format!(
                "{:.1} | {:.1} | {ratio:.3}",
                hand as f64 / 1e3,
                dkmio as f64 / 1e3
            ),
            _ => "- | - | -".to_owned(),
        };
        println!(
            "| {} | {:.1} | {:.1} | {:.2} | {instructions} |",
            self.name,
            hand * 1e6,
            dkmio * 1e6,
            dkmio / hand
        );
    }
}
