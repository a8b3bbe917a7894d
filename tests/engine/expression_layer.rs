//! The expression layer by itself, and what builders lower to, with the SDK's own client.

use crate::dynamic::with_orders;
use dkmio::aws_sdk_dynamodb::operation::query::QueryInput;
use dkmio::aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use dkmio::aws_sdk_dynamodb::types::ReturnValue;
use dkmio::expr::{Expression, KeyCondition, Projection, Update};
use dkmio::{AttributeValue, SdkInput, attr};
use dkmio_tests::database::check;
use dkmio_tests::orders::Orders;

#[tokio::test]
async fn the_expression_layer_serves_the_bare_client() {
    check(async |_| {
        let db = with_orders().await?;
        let (client, table) = (db.client().await?, db.table_name("orders"));
        let e = Expression::builder()
            .key_condition(
                KeyCondition::partition("user_id", "usr_1").between("order_id", "ord_1", "ord_3"),
            )
            .filter(attr("total").ge(20) & !attr("address.city").eq("Lima"))
            .projection(Projection::new([attr("order_id"), attr("address.city")]))
            .build()?;
        let query = client
            .query()
            .table_name(&table)
            .set_key_condition_expression(e.key_condition().map(str::to_owned))
            .set_filter_expression(e.filter().map(str::to_owned))
            .set_projection_expression(e.projection().map(str::to_owned))
            .set_expression_attribute_names(e.names())
            .set_expression_attribute_values(e.values());
        assert_eq!(query.send().await.unwrap().count(), 2);
        let update = Update::new()
            .set(attr("address.city"), "Ica")
            .add(attr("total"), 5);
        let e = Expression::builder()
            .update(update)
            .condition(attr("total").eq(10))
            .build()?;
        let request = client
            .update_item()
            .table_name(&table)
            .key("user_id", AttributeValue::S("usr_1".into()))
            .key("order_id", AttributeValue::S("ord_1".into()))
            .set_update_expression(e.update().map(str::to_owned))
            .set_condition_expression(e.condition().map(str::to_owned))
            .set_expression_attribute_names(e.names())
            .set_expression_attribute_values(e.values());
        request.send().await.unwrap();
        let order = Orders::get(("usr_1", "ord_1")).execute(&db).await?.unwrap();
        assert_eq!(
            (order.total, order.address.unwrap().city.as_str()),
            (15, "Ica")
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn builders_convert_into_the_sdks_inputs() {
    check(async |_| {
        let db = with_orders().await?;
        let (client, table) = (db.client().await?, db.table_name("orders"));
        let input: QueryInput = Orders::query("usr_1")
            .filter(|o| o.total().ge(20))
            .try_into()?;
        let query = client
            .query()
            .table_name(&table)
            .set_key_condition_expression(input.key_condition_expression)
            .set_filter_expression(input.filter_expression)
            .set_expression_attribute_names(input.expression_attribute_names)
            .set_expression_attribute_values(input.expression_attribute_values);
        assert_eq!(query.send().await.unwrap().count(), 2);
        let input: UpdateItemInput = Orders::update(("u", "o"))
            .set(|o| o.total(), 1)
            .into_input()?;
        assert_eq!(input.table_name(), Some("orders"));
        assert_eq!(input.key().map(|key| key.len()), Some(2));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_input_is_sent_by_the_sdks_own_client() {
    check(async |_| {
        let db = with_orders().await?;
        let (client, table) = (db.client().await?, db.table_name("orders"));
        let mut query = Orders::query("usr_1")
            .filter(|o| o.total().ge(20))
            .into_input()?;
        query.table_name = Some(table.clone());
        let found = query.send_with(&client).await.unwrap();
        assert_eq!(found.count(), 2);
        let mut update = Orders::update(("usr_1", "ord_1"))
            .set(|o| o.total(), 77)
            .into_input()?;
        update.table_name = Some(table.clone());
        update.return_values = Some(ReturnValue::UpdatedNew);
        let updated = update.send_with(&client).await.unwrap();
        assert_eq!(updated.attributes().map(|a| a.len()), Some(1));
        let mut get = Orders::get(("usr_1", "ord_1")).into_input()?;
        get.table_name = Some(table.clone());
        let item = get.send_with(&client).await.unwrap().item.unwrap();
        assert_eq!(item["total"], AttributeValue::N("77".to_owned()));
        let mut delete = Orders::delete(("usr_1", "ord_1"))
            .condition(|o| o.total().eq(1))
            .into_input()?;
        delete.table_name = Some(table.clone());
        let refused = delete.send_with(&client).await.unwrap_err();
        let refused = refused.into_service_error();
        assert!(refused.is_conditional_check_failed_exception());
        let mut scan = Orders::scan().into_input()?;
        scan.table_name = Some(table);
        assert!(scan.send_with(&client).await.unwrap().count() > 0);
        Ok(())
    })
    .await;
}
