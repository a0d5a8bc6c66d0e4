//! Going live as a whole: the only place that opens and closes the tracks of a release.
//!
//! Until a release is out its tracks are private. It goes out when it is not private, all its tracks can be played and its
//! moment has come: in the transaction that brings the last track so far, or in the edit. Stream files may still be made then,
//! since what was sent plays before. Of a scheduled one nothing is open in
//! the database until [`Open`] runs; access looks at the clock, so that nobody waits for that job.

use hathor_core::{ReleaseId, Timestamp, TrackId};
use hathor_db::Tx;
use hathor_jobs::{Enqueue, Handle, Job, JobError};
use hathor_kit::{Ctx, Error, Result, events};
use serde::{Deserialize, Serialize};

use super::{
    artists,
    model::ReleaseView,
    store::{self, Part, ReleaseRow},
};
use crate::{
    artists::service as people,
    tracks::{TrackState, Visibility, progress},
};

/// When a release is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// When it went out, or will.
    pub published_at: Option<Timestamp>,
    /// Whether its tracks are open.
    pub live: bool,
}

impl Plan {
    /// What becomes of `release`, whose tracks add up to `sum`, at `now`. What was out stays out, whatever is added to it.
    fn of(release: &ReleaseRow, sum: &Sum, now: Timestamp) -> Self {
        let was_out = release.published_at.filter(|at| *at <= now);
        if release.visibility == Visibility::Private {
            return Self { published_at: was_out.filter(|_| sum.tracks > 0), live: false };
        }
        let stays = release.live && sum.tracks > 0;
        if !sum.is_whole() && !stays {
            return Self { published_at: None, live: false };
        }
        let at = was_out.unwrap_or_else(|| release.publish_at.map_or(now, |at| at.max(now)));
        Self { published_at: Some(at), live: at <= now }
    }
}

/// What the tracks of a release add up to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sum {
    pub tracks: i64,
    pub ready: i64,
    pub playable: i64,
    pub failed: i64,
    pub duration_ms: i64,
    pub loudness_lufs: Option<f64>,
    pub explicit: bool,
}

impl Sum {
    fn of(parts: &[Part]) -> Self {
        let mut sum = Self::default();
        let (mut energy, mut heard_ms) = (0.0, 0.0);
        for part in parts {
            sum.tracks += 1;
            sum.ready += i64::from(part.state == TrackState::Ready);
            sum.playable += i64::from(part.is_playable());
            sum.failed += i64::from(part.state == TrackState::Failed);
            sum.duration_ms += part.duration_ms.unwrap_or(0);
            sum.explicit |= part.explicit;
            if let Some(lufs) = part.loudness_lufs {
                let ms = f64::from(u32::try_from(part.duration_ms.unwrap_or(0)).unwrap_or(u32::MAX));
                energy += ms * 10_f64.powf(lufs / 10.0);
                heard_ms += ms;
            }
        }
        sum.loudness_lufs = (heard_ms > 0.0).then(|| 10.0 * (energy / heard_ms).log10());
        sum
    }

    const fn is_whole(&self) -> bool {
        self.tracks > 0 && self.playable == self.tracks
    }
}

/// Adds up the release and opens or closes its tracks. Whoever changes a release or a track on one calls this at the end of
/// the transaction, which must hold the release.
pub async fn settle(tx: &mut Tx, ctx: &Ctx, id: ReleaseId) -> Result<()> {
    let Some(before) = store::find_within(tx, None, id.into()).await? else { return Ok(()) };
    let (parts, now) = (store::parts(tx, id).await?, ctx.now());
    let sum = Sum::of(&parts);
    let plan = Plan::of(&before, &sum, now);
    store::settle(tx, id, plan, &sum).await?;
    let shown = show(tx, &before, plan, &parts, now).await?;
    if plan.live != before.live {
        let whose = store::artists(tx, id).await?;
        artists::count(tx, &whose).await?;
    }
    if let Some(at) = plan.published_at.filter(|at| *at > now) {
        let key = format!("{id}-{}", at.micros());
        ctx.jobs.enqueue(tx, &Open { release: id }, Enqueue::new().unique(key).at(at)).await?;
    }
    announce(tx, ctx, before.owner_id, id, shown).await
}

/// Opens the tracks that can be played of what is out, closes all others, and answers those that have changed.
async fn show(
    tx: &mut Tx,
    release: &ReleaseRow,
    plan: Plan,
    parts: &[Part],
    now: Timestamp,
) -> Result<Vec<TrackId>> {
    // whoever listens since the moment came has links already: they stay good when the job comes after
    let heard_already = plan.live && !release.live && release.published_at.is_some_and(|at| at <= now);
    let shown = |to| store::Shown {
        to,
        versions: i64::from(!heard_already),
        published_at: plan.published_at.filter(|_| to == Visibility::Public),
        now,
    };
    let wanted = |part: &Part| {
        let open = plan.live && part.is_playable();
        if open { release.visibility } else { Visibility::Private }
    };
    let changed: Vec<&Part> = parts.iter().filter(|part| part.visibility != wanted(part)).collect();
    let Some(first) = changed.first().map(|part| wanted(part)) else { return Ok(Vec::new()) };
    if parts.iter().all(|part| wanted(part) == first) {
        store::show_all(tx, release.id, shown(first)).await?;
    } else {
        for part in &changed {
            store::show(tx, part.id, shown(wanted(part))).await?;
        }
    }
    let credited = store::credited(tx, release.id).await?;
    people::count_tracks(tx, &credited).await?;
    Ok(changed.into_iter().map(|part| part.id).collect())
}

/// Tells the owner's pages and the nodes that cache its tracks, once it is durable.
async fn announce(
    tx: &mut Tx,
    ctx: &Ctx,
    owner: hathor_core::UserId,
    id: ReleaseId,
    tracks: Vec<TrackId>,
) -> Result<()> {
    let Some(row) = store::find_within(tx, Some(owner), id.into()).await? else { return Ok(()) };
    let (view, ctx) = (ReleaseView::of(ctx, row, Some(owner), true), ctx.clone());
    tx.after_commit(move || {
        events::tell(&ctx, owner, "release.changed", &view);
        for track in tracks {
            progress::changed(&ctx, track);
        }
    });
    Ok(())
}

/// Holds the release that the track is on, before the track changes: releases are always held before their tracks.
pub async fn hold(tx: &mut Tx, track: TrackId) -> Result<()> {
    store::hold_of(tx, track).await?;
    Ok(())
}

/// As [`settle`], for the release that the track is on, if it is on one. It must be held.
pub async fn touched(tx: &mut Tx, ctx: &Ctx, track: TrackId) -> Result<()> {
    match store::of_track(tx, track).await? {
        Some(release) => settle(tx, ctx, release).await,
        None => Ok(()),
    }
}

/// Opens the tracks of a release whose moment has come.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Open {
    /// Which.
    release: ReleaseId,
}

impl Job for Open {
    type Ctx = Ctx;
    const KIND: &'static str = "releases.open";

    async fn run(self, ctx: &Ctx, _: &Handle) -> Result<(), JobError> {
        let opened = ctx.db.write(async |tx| {
            store::hold(tx, self.release).await?;
            settle(tx, ctx, self.release).await
        });
        Ok(opened.await.map_err(|error: Error| error)?)
    }
}

#[cfg(test)]
mod tests {
    use hathor_core::Ids;

    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_700_000_000_000_000);
    const LATER: Timestamp = Timestamp::from_micros(1_700_000_060_000_000);
    const BEFORE: Timestamp = Timestamp::from_micros(1_600_000_000_000_000);

    fn part(state: TrackState, lufs: Option<f64>, ms: i64) -> Part {
        Part {
            id: Ids::Random.next(NOW),
            state,
            failure_stage: None,
            visibility: Visibility::Private,
            duration_ms: Some(ms),
            loudness_lufs: lufs,
            explicit: false,
            codec: Some("flac".to_owned()),
            mime: Some("audio/flac".to_owned()),
        }
    }

    fn release(visibility: Visibility) -> ReleaseRow {
        super::super::tests::blank(visibility, NOW)
    }

    fn plan(release: &ReleaseRow, playable: i64, tracks: i64) -> (Option<Timestamp>, bool) {
        let Plan { published_at, live } = Plan::of(release, &Sum { tracks, playable, ..Sum::default() }, NOW);
        (published_at, live)
    }

    #[test]
    fn it_goes_out_when_all_is_ready_and_not_before_its_moment() {
        let mut public = release(Visibility::Public);
        assert_eq!(plan(&public, 2, 3), (None, false));
        assert_eq!(plan(&public, 0, 0), (None, false), "nothing is no release");
        assert_eq!(plan(&public, 3, 3), (Some(NOW), true));
        public.publish_at = Some(LATER);
        assert_eq!(plan(&public, 3, 3), (Some(LATER), false));
        public.publish_at = Some(BEFORE);
        assert_eq!(plan(&public, 3, 3), (Some(NOW), true), "nobody heard it before it was ready");
        assert_eq!(plan(&release(Visibility::Unlisted), 1, 1), (Some(NOW), true));
        assert_eq!(plan(&release(Visibility::Private), 1, 1), (None, false));
    }

    #[test]
    fn a_track_counts_from_when_it_sounds_and_not_when_its_last_file_is_made() {
        let flac = |state| part(state, None, 1_000);
        let wma = |state| Part { mime: Some("audio/x-ms-wma".to_owned()), ..part(state, None, 1_000) };
        assert!(flac(TrackState::Transcoding).is_playable() && flac(TrackState::Packaging).is_playable());
        assert!(!flac(TrackState::Analysing).is_playable() && !flac(TrackState::Failed).is_playable());
        assert!(!wma(TrackState::Packaging).is_playable() && wma(TrackState::Ready).is_playable());
        let half = Sum::of(&[flac(TrackState::Ready), flac(TrackState::Transcoding)]);
        assert_eq!((half.ready, half.playable, half.is_whole()), (1, 2, true));
    }

    #[test]
    fn what_is_out_stays_out_and_keeps_its_day() {
        let mut out = ReleaseRow { published_at: Some(BEFORE), live: true, ..release(Visibility::Public) };
        assert_eq!(plan(&out, 2, 3), (Some(BEFORE), true), "a track was added");
        assert_eq!(plan(&out, 0, 0), (None, false), "all its tracks are gone");
        out.visibility = Visibility::Private;
        assert_eq!(plan(&out, 3, 3), (Some(BEFORE), false));
        let again = ReleaseRow { published_at: Some(BEFORE), live: false, ..release(Visibility::Public) };
        assert_eq!(plan(&again, 3, 3), (Some(BEFORE), true));
        assert_eq!(plan(&again, 2, 3), (None, false));
        let moved = ReleaseRow {
            published_at: Some(LATER),
            publish_at: Some(LATER + std::time::Duration::from_secs(9)),
            ..release(Visibility::Public)
        };
        assert_eq!(plan(&moved, 1, 1), (moved.publish_at, false), "a moment that has not come may be moved");
    }

    #[test]
    fn its_loudness_is_the_energy_of_its_tracks_by_their_length() {
        let ready = TrackState::Ready;
        let sum = Sum::of(&[
            part(ready, Some(-10.0), 1_000),
            part(ready, Some(-10.0), 3_000),
            part(ready, None, 5_000),
        ]);
        assert!((sum.loudness_lufs.unwrap() + 10.0).abs() < 1e-9, "{sum:?}");
        assert_eq!((sum.tracks, sum.ready, sum.duration_ms), (3, 3, 9_000));
        let sum = Sum::of(&[part(ready, Some(-10.0), 1_000), part(TrackState::Failed, Some(-20.0), 1_000)]);
        assert!((sum.loudness_lufs.unwrap() - 10.0 * (0.055_f64).log10()).abs() < 1e-9, "{sum:?}");
        assert_eq!((sum.failed, sum.is_whole()), (1, false));
        assert_eq!(Sum::of(&[part(ready, None, 1_000)]).loudness_lufs, None);
    }
}
