//! Takes the values of a request out of DynamoDB's messages, so that errors can be logged.

use super::Failure;
use aws_sdk_dynamodb::Error as SdkServiceError;
use std::error::Error as StdError;
use std::fmt;

/// Printed in place of text that is left out.
const LEFT_OUT: char = '\u{2026}';

/// No value follows a colon after these words, but names of attributes, types, operators, limits, or another sentence.
const SAFE_BEFORE_COLON: &[&str] = &[
    "were invalid",
    "are not valid",
    "Expression",
    "ExpressionAttributeNames",
    "ExpressionAttributeValues",
    "contains invalid value",
    "contains invalid key",
    "validation error detected",
    "validation errors detected",
    "satisfy constraint",
    "expected",
    "actual",
    "operator",
    "function",
    "operand type",
    "near",
    "path one",
    "path two",
    "attribute name",
    "reserved keyword",
    "unused in expressions",
    "keys",
    "not found",
    "Table",
    "Index",
    "IndexName",
    "IndexKey",
    "Key",
    "exists",
    "perform",
    "resource",
    "User",
];

/// Returns the text without quoted, bracketed and braced parts, ARNs, further lines, and what follows a colon, unless that
/// is known to be no value.
pub(super) fn without_values(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let masked = mask_words(&mask_enclosed(line));
    let mut shown = String::with_capacity(masked.len());
    for part in masked.split_inclusive(": ") {
        let names_only = |part: &str| part.starts_with([':', '#']);
        let before = shown.trim_end_matches(": ");
        let is_safe = SAFE_BEFORE_COLON
            .iter()
            .any(|words| before.ends_with(words));
        if !shown.is_empty() && !is_safe && !names_only(part) {
            shown.push(LEFT_OUT);
            break;
        }
        shown.push_str(part);
    }
    if line.len() < text.trim_end().len() && !shown.ends_with(LEFT_OUT) {
        shown.push(' ');
        shown.push(LEFT_OUT);
    }
    shown
}

/// Leaves out what is in quotes, brackets and braces, but for placeholders, symbols, and the codes of a transaction's
/// reasons.
fn mask_enclosed(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['\'', '"', '`', '[', '{']) {
        let (before, enclosed) = rest.split_at(at);
        shown.push_str(before);
        let mut characters = enclosed.chars();
        let open = characters.next().unwrap_or_default();
        let inner = characters.as_str();
        // As in "the table's".
        let is_apostrophe = open == '\'' && shown.ends_with(char::is_alphanumeric);
        if is_apostrophe {
            shown.push(open);
            rest = inner;
            continue;
        }
        let close = match open {
            '[' => ']',
            '{' => '}',
            quote => quote,
        };
        // Brackets end at the last one of the line, because values may hold brackets; a line may have several quoted
        // parts.
        let end = match open {
            '[' | '{' => inner.rfind(close),
            _ => closing_quote(inner, close),
        };
        shown.push(open);
        let Some(end) = end else {
            shown.push(LEFT_OUT);
            return shown;
        };
        let (content, after) = inner.split_at(end);
        let is_known = match open {
            '[' => shown.ends_with("specific reasons [") || is_placeholders(content),
            _ => is_placeholders(content) || shown.ends_with(" at '"),
        };
        match is_known {
            true => shown.push_str(content),
            false => shown.push(LEFT_OUT),
        }
        shown.push(close);
        rest = after.strip_prefix(close).unwrap_or(after);
    }
    shown.push_str(rest);
    shown
}

/// Finds the quote that is followed by no letter or digit.
fn closing_quote(text: &str, quote: char) -> Option<usize> {
    text.match_indices(quote)
        .map(|(at, _)| at)
        .find(|at| !text[at + quote.len_utf8()..].starts_with(char::is_alphanumeric))
}

/// Returns whether these are placeholders of the expression or symbols: `:v0, #name`, `<EOF>`, `=`.
fn is_placeholders(content: &str) -> bool {
    content == "<EOF>"
        || content.split(", ").all(|part| {
            part.starts_with([':', '#']) || part.chars().all(|c| c.is_ascii_punctuation())
        })
}

/// Leaves out ARNs and access keys.
fn mask_words(line: &str) -> String {
    let mut words = Vec::new();
    for word in line.split(' ') {
        words.push(if word.starts_with("arn:") {
            "arn:\u{2026}"
        } else if word.contains("AKIA") || word.contains("ASIA") {
            "\u{2026}"
        } else {
            word
        });
    }
    words.join(" ")
}

/// The source of dkmio's error for an answer: prints what that error prints, and hands out the SDK's own error.
pub(super) struct Answered {
    shown: String,
    error: SdkServiceError,
}

impl Answered {
    pub(super) fn new(shown: &str, error: SdkServiceError) -> Self {
        Self {
            shown: shown.to_owned(),
            error,
        }
    }
}

impl fmt::Display for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Answered").field(&self.shown).finish()
    }
}

impl StdError for Answered {}

impl Failure {
    /// Returns the SDK's own error, if the request came to it.
    pub(super) fn sdk_error(&self) -> Option<&(dyn StdError + 'static)> {
        let source: &(dyn StdError + 'static) = self.source.as_deref()?;
        match source.downcast_ref::<Answered>() {
            Some(answered) => Some(&answered.error),
            None => Some(source),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::without_values;

    #[test]
    fn what_helps_is_shown() {
        for text in [
            "The conditional request failed",
            "One or more parameter values were invalid: Type mismatch for key id expected: S actual: N",
            "One or more parameter values were invalid: Missing the key id in the item",
            "The provided key element does not match the schema",
            "Item size to update has exceeded the maximum allowed size",
            "The document path provided in the update expression is invalid for update",
            "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths",
            "Invalid FilterExpression: Incorrect operand type for operator or function; operator: <, operand type: M",
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v1}",
            "An expression attribute value used in expression is not defined; attribute value: :v3",
            "Requested resource not found: Table: orders not found",
            "Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]",
            "The table's name is too long",
        ] {
            assert_eq!(without_values(text), text);
        }
    }

    #[test]
    fn what_is_echoed_is_not_shown() {
        for (text, shown) in [
            (
                "The parameter cannot be converted to a numeric value: S3CRET: more",
                "The parameter cannot be converted to a numeric value: \u{2026}",
            ),
            (
                "One or more parameter values were invalid: Input collection [S3CRET, S3CRET]s] contains duplicates",
                "One or more parameter values were invalid: Input collection [\u{2026}] contains duplicates",
            ),
            (
                "Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater; lower bound operand: AttributeValue: {S:S3CRET}, upper bound operand: AttributeValue: {S:a}",
                "Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater; lower bound operand: \u{2026}",
            ),
            (
                "1 validation error detected: Value 'S3CRET' at 'tableName' failed to satisfy constraint: Member must have length less than or equal to 255",
                "1 validation error detected: Value '\u{2026}' at 'tableName' failed to satisfy constraint: Member must have length less than or equal to 255",
            ),
            (
                "The request signature we calculated does not match.\n\nThe Canonical String should have been\n'POST\nx-amz-security-token:S3CRET'",
                "The request signature we calculated does not match. \u{2026}",
            ),
            (
                "User: arn:aws:sts::1:assumed-role/S3CRET is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:S3CRET because no policy allows it",
                "User: arn:\u{2026} is not authorized to perform: dynamodb:PutItem on resource: arn:\u{2026} because no policy allows it",
            ),
            (
                "Unrecognized token 'S3CRET': was expecting a value",
                "Unrecognized token '\u{2026}': \u{2026}",
            ),
        ] {
            assert_eq!(without_values(text), shown);
        }
    }
}
