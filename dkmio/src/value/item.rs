//! Items as the SDK holds them.

use aws_sdk_dynamodb::types::AttributeValue;

/// An item without a model: attribute names and their values, as the SDK holds them.
pub type Item = std::collections::HashMap<String, AttributeValue>;
