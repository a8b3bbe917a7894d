//! What several operations write alike: their files have the rest.

/// Writes the parts of [`Operation`] that are alike where items are spliced. The file has its `fluent`.
macro_rules! spliced {
    ($operation:ident) => {
        fn ask_for_capacity(&mut self) {
            $crate::executor::operation::ask_for_indexes(&mut self.return_consumed_capacity);
        }

        fn into_sdk_call(
            self,
            client: &aws_sdk_dynamodb::Client,
        ) -> $crate::executor::operation::SdkCall<Self> {
            Box::pin(fluent(self, client).send())
        }

        fn codec() -> Option<&'static aws_smithy_types::config_bag::FrozenLayer> {
            use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
            use aws_smithy_types::config_bag::FrozenLayer;
            static CODEC: std::sync::OnceLock<Option<FrozenLayer>> = std::sync::OnceLock::new();
            CODEC.get_or_init(|| $operation::new().config()).as_ref()
        }
    };
}
pub(super) use spliced;

/// The same, and the table of an operation that has one.
macro_rules! spliced_in_one_table {
    ($operation:ident) => {
        const GOES_DIRECT: bool = true;

        fn handed_over(
            table: &str,
            client: &aws_sdk_dynamodb::Client,
            config: Option<aws_sdk_dynamodb::config::Builder>,
        ) -> Option<$crate::executor::operation::SdkCall<Self>> {
            let call = fluent(Self::builder().table_name(table).build().ok()?, client);
            Some(match config {
                Some(config) => Box::pin(call.customize().config_override(config).send()),
                None => Box::pin(call.send()),
            })
        }

        fn resolve_tables(&mut self, names: &$crate::executor::table_names::TableNames) -> String {
            $crate::executor::operation::tables_of_request::resolve_table(
                &mut self.table_name,
                names,
            )
        }

        $crate::executor::operation::alike::spliced!($operation);
    };
}
pub(super) use spliced_in_one_table;

/// Implements [`Operation`] and [`PagedOperation`] for a read that answers in pages.
macro_rules! paged {
    ($operation:ident: $input:ident -> Result<$output:ident, $error:ident>) => {
        impl $crate::executor::operation::Operation for $input {
            const NAME: &'static str = stringify!($operation);
            const WRITES: bool = false;
            const ITEMS: $crate::executor::items::ItemsIn =
                $crate::executor::items::ItemsIn::Items("Items");
            type Output = $output;
            type Error = $error;

            fn index(&self) -> Option<&str> {
                self.index_name.as_deref()
            }

            $crate::executor::operation::alike::spliced_in_one_table!($operation);

            fn take_items(output: &mut $output, sink: &mut impl $crate::executor::items::ItemSink) {
                for item in output.items.take().unwrap_or_default() {
                    sink.push("", Some(item));
                }
            }

            fn usage(output: &$output) -> $crate::executor::operation::Usage<'_> {
                $crate::executor::operation::Usage::of_page(
                    &output.consumed_capacity,
                    output.count,
                    output.scanned_count,
                )
            }
        }

        impl $crate::executor::operation::PagedOperation for $input {
            fn start_key(&mut self) -> &mut Option<$crate::value::Item> {
                &mut self.exclusive_start_key
            }

            fn limit(&mut self) -> &mut Option<i32> {
                &mut self.limit
            }

            fn select(
                &mut self,
                projection: Option<String>,
                names: Option<std::collections::HashMap<String, String>>,
            ) {
                self.projection_expression = projection;
                self.expression_attribute_names = names;
            }

            fn take_last_key(output: &mut $output) -> Option<$crate::value::Item> {
                output.last_evaluated_key.take()
            }
        }
    };
}
pub(super) use paged;
