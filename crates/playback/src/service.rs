//! Who gets a link, and what a link opens.

use std::sync::Arc;

use hathor_core::{Code, TrackId};
use hathor_kit::{Ctx, Error, MaybeViewer, Result, links::Grant};
use hathor_token::{Class, MediaGrant};

use crate::{
    Shelf,
    model::{Codec, PlayView, multivariant_name},
    playable::{Playable, Source},
};

/// Links for `viewer` to the track, which is read as it is now.
pub async fn play(
    ctx: &Ctx,
    shelf: &Arc<Shelf>,
    viewer: MaybeViewer,
    id: TrackId,
    codecs: &[Codec],
) -> Result<PlayView> {
    let found = shelf.track_of_now(ctx, id).await?;
    let playable =
        found.filter(|playable| playable.may_be_heard_by(viewer, ctx.now())).ok_or(Code::NotFound)?;
    let source = playable.source().ok_or(Code::NotPlayableYet)?;
    let session = viewer.0.map(|viewer| viewer.session);
    let grant = Grant::now(ctx, id, playable.policy_version, viewer.user()).within(session);
    let family =
        codecs.iter().map(|codec| codec.family()).find(|family| playable.family(*family).next().is_some());
    let hls = family.map(|family| grant.link(ctx, Class::Hls, &format!("hls/{}", multivariant_name(family))));
    let meta = source.meta();
    Ok(PlayView {
        url: source.link(ctx, grant),
        hls_url: hls,
        expires_at: grant.expires_at,
        mime: meta.content_type.to_str().unwrap_or_default().to_owned(),
        size: meta.size,
        codec: source.codec(&playable),
        sample_rate: source.sample_rate(&playable),
        duration_ms: playable.duration_ms,
        peaks_url: playable.peaks.as_ref().map(|_| grant.link(ctx, Class::Peaks, "peaks")),
        gapless: playable
            .renditions
            .iter()
            .map(|each| (each.quality.as_str(), (&each.layout).into()))
            .collect(),
        loudness: playable.loudness,
    })
}

impl Source<'_> {
    fn link(self, ctx: &Ctx, grant: Grant) -> String {
        match self {
            Source::Original(_) => grant.link(ctx, Class::Original, "orig"),
            Source::Rendition(rendition) => {
                grant.link(ctx, Class::Hls, &format!("hls/{}", rendition.quality.file()))
            }
        }
    }

    fn meta(&self) -> &hathor_edge::FileMeta {
        match self {
            Source::Original(file) => &file.meta,
            Source::Rendition(rendition) => &rendition.file.meta,
        }
    }

    fn codec(self, playable: &Playable) -> Option<String> {
        match self {
            Source::Original(_) => playable.codec.clone(),
            Source::Rendition(rendition) => Some(rendition.quality.family().as_str().to_owned()),
        }
    }

    fn sample_rate(self, playable: &Playable) -> Option<i64> {
        match self {
            Source::Original(_) => playable.sample_rate,
            Source::Rendition(rendition) => Some(rendition.layout.timescale.into()),
        }
    }
}

/// The track that `signature` opens for files of `class`. Every way in which it does not is the same answer.
pub async fn admit(
    ctx: &Ctx,
    shelf: &Arc<Shelf>,
    track: TrackId,
    class: Class,
    signature: &str,
) -> Result<(Arc<Playable>, MediaGrant)> {
    let grant = ctx.keys.media.open(signature, track, class, ctx.now()).map_err(|why| {
        metrics::counter!("media_refused_total", "why" => format!("{why:?}")).increment(1);
        Error::new(Code::BadSignature)
    })?;
    if shelf.voids(ctx, &grant) {
        metrics::counter!("media_refused_total", "why" => "Left").increment(1);
        return Err(Code::BadSignature.into());
    }
    let mut playable = shelf.track(ctx, track).await?.ok_or(Code::NotFound)?;
    if grant.policy_version > playable.policy_version {
        // the link is younger than what we remember
        playable = shelf.track_of_now(ctx, track).await?.ok_or(Code::NotFound)?;
    }
    if grant.policy_version != playable.policy_version {
        metrics::counter!("media_refused_total", "why" => "Revoked").increment(1);
        return Err(Code::BadSignature.into());
    }
    Ok((playable, grant))
}
