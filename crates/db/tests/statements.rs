//! The statements of this crate itself.

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    hathor_db::testing::check_statements(hathor_db::STATEMENTS).await;
}
