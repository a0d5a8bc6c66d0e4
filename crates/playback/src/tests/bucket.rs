//! The lane where blobs lie in a bucket: the same bytes, passed on piece by piece.

use std::sync::Arc;

use hathor_blob::{Blobs, S3Credentials};
use hathor_core::Secret;
use hathor_db::testing::all_required;
use hathor_edge::{EdgeLimits, Shutdown};
use hathor_kit::{
    Ctx,
    ctx::{Keys, Parts},
    kept::Kept,
    limits::Limits,
    links::Grant,
    middleware::surround,
};
use hathor_token::Class;
use tokio::net::TcpListener;

use super::house::{House, Song, original, put_song};
use crate::{Shelf, lane::Lane, routes};

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_is_proxied_to_the_byte() {
    let Some(blobs) = bucket().await else { return };
    let house = House::on_sqlite().await;
    let ctx = with_blobs(house.ctx(), blobs).await;
    let track = put_song(&ctx, house.nina.id.unwrap(), &Song::default()).await;
    let base = serve(&ctx).await;
    let link = format!("{base}{}", Grant::now(&ctx, track, 1, None).link(&ctx, Class::Original, "orig"));
    let whole = house.fetch(&link, &[]).await;
    assert_eq!(whole.status, 200);
    assert!(whole.body == original());
    let part = house.fetch(&link, &[("range", "bytes=1000-2000999")]).await;
    assert_eq!((part.status.as_u16(), part.headers["content-length"].to_str().unwrap()), (206, "2000000"));
    assert!(part.body == original()[1_000..2_001_000]);
    let beyond = house.fetch(&link, &[("range", "bytes=9999999-")]).await;
    assert_eq!(beyond.code(416), "range_not_satisfiable");
    let tag = whole.headers["etag"].to_str().unwrap();
    assert_eq!(house.fetch(&link, &[("if-none-match", tag)]).await.status, 304);
    ctx.stopping.begin();
}

/// The tests' bucket, if there is one.
#[expect(clippy::disallowed_methods, reason = "tests have no config loader")]
async fn bucket() -> Option<Blobs> {
    let Ok(url) = std::env::var("HATHOR_TEST_S3") else {
        assert!(!all_required(), "HATHOR_TEST_S3 names no bucket");
        return None;
    };
    let credentials =
        S3Credentials { access_key: Secret::new("hathor"), secret_key: Secret::new("hathor-test-secret") };
    Some(Blobs::open(&url, Some(&credentials)).await.unwrap())
}

/// The same house with its blobs elsewhere.
async fn with_blobs(ctx: &Ctx, blobs: Blobs) -> Ctx {
    Ctx::new(Parts {
        keys: Keys::open(&ctx.config, &ctx.db, ctx.now()).await.unwrap(),
        audit: ctx.audit.clone(),
        kept: Kept::default(),
        standing: Arc::default(),
        limits: Limits::new(&ctx.config.limits),
        config: ctx.config.clone(),
        db: ctx.db.clone(),
        blobs,
        bus: ctx.bus.clone(),
        mail: ctx.mail.clone(),
        clock: ctx.clock.clone(),
        ids: ctx.ids.clone(),
        cage: ctx.cage.clone(),
        jobs: ctx.jobs.clone(),
        outbound: hathor_kit::outbound::Outbound::default(),
        started_at: ctx.started_at,
        stopping: Shutdown::new(),
    })
}

/// Serves the lane of `ctx` and says where.
async fn serve(ctx: &Ctx) -> String {
    let shelf = Arc::new(Shelf::new());
    let (api, _) = routes::api(&shelf).split_for_parts();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let app = surround(ctx, api, Some(Arc::new(Lane::new(shelf))));
    tokio::spawn(hathor_edge::serve(listener, app, EdgeLimits::default(), ctx.stopping.clone()));
    base
}
