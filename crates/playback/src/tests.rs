//! Stories of playing, told over HTTP through the edge.

mod bucket;
pub(crate) mod house;
mod lane;
mod pictures;
mod play;
mod releases;
mod signatures;

use hathor_kit::Feature;

/// What every story mounts.
fn features() -> Vec<Feature> {
    vec![hathor_catalog::feature(), crate::feature()]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_is_understood_by_both_engines() {
    hathor_db::testing::check_statements(
        &[crate::STATEMENTS, &[house::STATEMENTS, pictures::STATEMENTS]].concat(),
    )
    .await;
}
