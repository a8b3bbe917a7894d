//! Draws the ratios of a run as bars, for a page on a light or a dark ground.

use super::row::Row;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// Heights and widths in pixels.
const LINE: usize = 24;
const NAMES: usize = 260;
const BARS: usize = 400;
const TOP: usize = 46;

/// Writes `docs/calls.svg`.
pub fn write(rows: &[Row]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/calls.svg");
    fs::write(path, svg(rows)).expect("the chart can be written");
}

fn svg(rows: &[Row]) -> String {
    let (width, height) = (NAMES + BARS + 70, TOP + rows.len() * LINE + 16);
    // The bar of the program by hand.
    let by_hand = NAMES + BARS;
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-family="sans-serif" font-size="13">
<title>Instructions of a call with dkmio, beside the same call by hand</title>
<style>
text {{ fill: #24292f }} .bar {{ fill: #2f7d6b }} .hand {{ stroke: #8c959f }}
@media (prefers-color-scheme: dark) {{ text {{ fill: #e6edf3 }} .bar {{ fill: #58b8a0 }} .hand {{ stroke: #7d8590 }} }}
</style>
<text x="0" y="16">Instructions with dkmio; the line is the same call by hand, with the SDK and serde_dynamo</text>
<line class="hand" x1="{by_hand}" x2="{by_hand}" y1="{}" y2="{}"/>
"#,
        TOP - 12,
        height - 12
    );
    for (index, row) in rows.iter().enumerate() {
        let ratio = row.ratio().expect("instructions: is valgrind installed?");
        let middle = TOP + index * LINE;
        let bar = (ratio * BARS as f64).round() as usize;
        let name = row.name;
        let _ = writeln!(
            svg,
            r#"<text x="{}" y="{}" text-anchor="end">{name}</text><rect class="bar" x="{NAMES}" y="{}" width="{bar}" height="14"/><text x="{}" y="{}">{ratio:.2}</text>"#,
            NAMES - 10,
            middle + 5,
            middle - 7,
            by_hand + 16,
            middle + 5,
        );
    }
    svg.push_str("</svg>\n");
    svg
}
