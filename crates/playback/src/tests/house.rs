//! A house with songs in it: rows as `ingest` writes them, files as `media` makes them, both by hand.

use std::sync::LazyLock;

use bytes::Bytes;
use hathor_blob::Key;
use hathor_catalog::tracks::{TrackState, Visibility, files};
use hathor_core::{TrackId, UserId};
use hathor_db::{
    args,
    testing::{TestDb, sqlite},
};
use hathor_kit::{
    Ctx,
    testing::{Answer, Persona, TestApp},
    viewer::Role,
};
use hathor_media::{Layout, Quality, Segment};
use reqwest::Method;
use serde_json::{Value, json};

hathor_db::sql! {
    TRACK: () = "insert into track (id, owner_id, state, progress, failure_stage, failure_retryable, visibility, policy_version, version,
            title, artists, tags, duration_ms, codec, sample_rate, channels, loudness_lufs, loudness_range_lu, true_peak_db,
            created_at, updated_at)
        values ($1, $2, $3, 0, $4, false, $5, 1, 1, 'Ode', '[]', '{}', 12000, $6, 44100, 2, -9.5, 6.25, -0.5, $7, $7)";
    UPLOAD: () = "insert into upload (id, track_id, file_name, container, mime, size_bytes, sha256, blob_key, created_at)
        values ($1, $2, 'ode', 'x', $3, $4, $5, $6, $7)";
    ANALYSIS: () = "insert into analysis (track_id, frames, sample_rate, peaks, fingerprint, created_at)
        values ($1, 529200, 44100, $2, $3, $4)";
    RENDITION: () = "insert into rendition (track_id, name, set_id, family, blob_key, size_bytes, layout, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    HIDE: () = "update track set visibility = 'private', policy_version = policy_version + 1 where id = $1";
    REMOVE: () = "delete from track where id = $1";
}

/// A house, and two people in it.
pub struct House {
    pub app: TestApp,
    pub nina: Persona,
    pub omar: Persona,
}

/// What a song is like before it is put into the house.
#[derive(Clone, Copy)]
pub struct Song {
    pub state: TrackState,
    pub failed_at: Option<TrackState>,
    pub visibility: Visibility,
    pub codec: &'static str,
    pub mime: &'static str,
    pub renditions: &'static [Quality],
}

impl Default for Song {
    /// Ready and public.
    fn default() -> Self {
        Self {
            state: TrackState::Ready,
            failed_at: None,
            visibility: Visibility::Public,
            codec: "flac",
            mime: "audio/flac",
            renditions: &[Quality::Opus96, Quality::Opus160, Quality::Aac256],
        }
    }
}

impl House {
    pub async fn on_sqlite() -> Self {
        Self::new(sqlite().await).await
    }

    pub async fn new(db: TestDb) -> Self {
        Self::of(TestApp::new(db, super::features).await).await
    }

    pub async fn of(app: TestApp) -> Self {
        let (nina, omar) = (app.settle("nina", Role::Artist).await, app.settle("omar", Role::Artist).await);
        Self { app, nina, omar }
    }

    pub fn ctx(&self) -> &Ctx {
        &self.app.ctx
    }

    /// Puts a song of Nina's into the house.
    pub async fn song(&self, song: Song) -> TrackId {
        put_song(self.ctx(), self.nina.id.unwrap(), &song).await
    }

    /// Asks for links as `who`, with `codecs`.
    pub async fn play(&self, who: &Persona, track: TrackId, codecs: &[&str]) -> Answer {
        who.post(&play_path(track), &json!({ "codecs": codecs })).await
    }

    /// The links of a song that plays, as Nina with Opus.
    pub async fn links(&self, track: TrackId) -> Value {
        self.play(&self.nina, track, &["opus"]).await.ok()
    }

    /// GET without a token, with headers.
    pub async fn fetch(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(Method::GET, address, headers).await
    }

    /// A request without a token, with headers.
    pub async fn ask(&self, method: Method, address: &str, headers: &[(&str, &str)]) -> Answer {
        let anon = self.app.anon();
        let request = anon.request(method, address);
        anon.send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
    }

    /// Makes the song private, which voids its links.
    pub async fn hide(&self, track: TrackId) {
        self.ctx().db.write(async |tx| tx.run(HIDE, args![track]).await).await.unwrap();
    }

    pub async fn remove(&self, track: TrackId) {
        self.ctx().db.write(async |tx| tx.run(REMOVE, args![track]).await).await.unwrap();
    }

    /// What the catalogue tells every node.
    pub fn announce(&self, track: TrackId) {
        self.ctx().bus.publish(&format!("track.changed.{track}"), &());
    }
}

pub fn play_path(track: TrackId) -> String {
    format!("/api/tracks/{track}/play")
}

/// The original of every song: some megabytes, so that it is more than one region of the lane.
pub fn original() -> Bytes {
    static ORIGINAL: LazyLock<Bytes> = LazyLock::new(|| noise(3_200_017, 1));
    ORIGINAL.clone()
}

/// The stream file of `quality`.
pub fn stream_file(quality: Quality) -> Bytes {
    noise(60_700, 2 + quality as u32)
}

/// Three segments, the last shorter, as `media` describes them.
pub fn layout() -> Layout {
    let seg = |offset, len, dur| Segment { offset, len, dur };
    let segs = vec![seg(700, 30_000, 230_400), seg(30_700, 25_000, 230_400), seg(55_700, 5_000, 115_200)];
    Layout { init_len: 620, timescale: 48_000, segs, priming: 312, frames: 576_000 }
}

fn noise(len: usize, seed: u32) -> Bytes {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..len).map(|_| next()).collect::<Vec<u8>>().into()
}

/// Rows and files of a song.
pub async fn put_song(ctx: &Ctx, owner: UserId, song: &Song) -> TrackId {
    let (id, now): (TrackId, _) = (ctx.new_id(), ctx.now());
    put(ctx, &files::original(id), original()).await;
    let Song { state, failed_at, visibility, codec, mime, renditions } = *song;
    let size = i64::try_from(original().len()).unwrap();
    ctx.db
        .write(async |tx| {
            tx.run(TRACK, args![id, owner, state, failed_at, visibility, codec, now]).await?;
            let key = files::original(id).to_string();
            tx.run(UPLOAD, args![ctx.new_id::<()>(), id, mime, size, [7; 32], key, now]).await?;
            if !renditions.is_empty() {
                tx.run(ANALYSIS, args![id, vec![9; 1800], vec![0; 4], now]).await?;
            }
            Ok::<_, hathor_db::Error>(())
        })
        .await
        .unwrap();
    for quality in renditions {
        put_rendition(ctx, id, *quality).await;
    }
    id
}

/// One stream file and its row.
pub async fn put_rendition(ctx: &Ctx, track: TrackId, quality: Quality) {
    let set = ctx.new_id();
    let key = files::rendition(track, set, quality.file());
    put(ctx, &key, stream_file(quality)).await;
    let (name, family) = (quality.as_str(), quality.family().as_str());
    let size = i64::try_from(stream_file(quality).len()).unwrap();
    let layout = serde_json::to_string(&layout()).unwrap();
    let row = args![track, name, set, family, key.to_string(), size, layout, ctx.now()];
    ctx.db.write(async |tx| tx.run(RENDITION, row).await).await.unwrap();
}

async fn put(ctx: &Ctx, key: &Key, content: Bytes) {
    ctx.blobs.put_bytes(key, content).await.unwrap();
}
