//! Things to ask for: rows as the features leave them.

use hathor_core::{ArtistId, Id, ReleaseId, TrackId, UploadId, UserId};
use hathor_db::{args, sql};
use hathor_kit::{policy::MemberRole, testing::TestApp};
use sha2::Digest as _;

hathor_core::text_enum! {
    /// Whether everyone may see it.
    pub enum Exposure { Open = "open", Closed = "closed" }
}

/// What sort of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Track,
    Artist,
    Release,
    /// An invitation: nobody but its maker ever sees it.
    Invite,
}

sql! {
    TRACK: () = "insert into track (id, owner_id, state, progress, failure_retryable, visibility, policy_version, version,
            title, artists, tags, codec, created_at, updated_at, published_at)
        values ($1, $2, 'ready', 100, false, $3, 1, 1, 'Ode', '[]', '{}', 'mp3', 0, 0, 0)";
    UPLOAD: () = "insert into upload (id, track_id, file_name, container, mime, size_bytes, sha256, blob_key, created_at)
        values ($1, $2, 'ode', 'mp3', 'audio/mpeg', 1, $3, $4, 0)";
    CREDIT: () = "insert into track_credit (track_id, position, role, name_key, artist_id) values ($1, 0, 'main', 'nina', $2)";
    ARTIST: () = "insert into artist (id, slug, name, name_key, links, release_count, track_count, version, created_at, updated_at)
        values ($1, $2, 'Nina', 'nina', '[]', 0, $3, 1, 0, 0)";
    MEMBER: () = "insert into artist_member (artist_id, account_id, role, created_at) values ($1, $2, $3, 0)";
    RELEASE: () = "insert into release (id, owner_id, slug, title, kind, artists, licence, visibility, published_at, live,
            track_count, ready_count, failed_count, duration_ms, explicit, version, created_at, updated_at)
        values ($1, $2, $3, 'Ode', 'album', '[]', 'all_rights_reserved', $4, 0, $5, 1, 1, 0, 1000, false, 1, 0, 0)";
    INVITE: () = "insert into invite (id, account_id, code_hash, uses, created_at, expires_at) values ($1, $2, $3, 1, 0, $4)";
    BY: () = "insert into release_artist (release_id, position, artist_id) values ($1, 0, $2)";
}

impl Kind {
    /// What the operations below this path are about.
    pub fn of(path: &str) -> Option<Self> {
        const PLACES: [(&str, Kind); 5] = [
            ("/api/tracks/{id}", Kind::Track),
            ("/api/songs/{id}", Kind::Track),
            ("/api/artists/{id}", Kind::Artist),
            ("/api/releases/{id}", Kind::Release),
            ("/api/invites/{id}", Kind::Invite),
        ];
        PLACES.iter().find(|(place, _)| path.starts_with(place)).map(|(_, kind)| *kind)
    }

    /// How it can be.
    pub const fn exposures(self) -> &'static [Option<Exposure>] {
        match self {
            Self::Invite => &[Some(Exposure::Closed)],
            Self::Track | Self::Artist | Self::Release => &[Some(Exposure::Closed), Some(Exposure::Open)],
        }
    }

    /// A new one of `owner`'s, for which the `members` may act; answers its id.
    pub async fn make(
        self,
        app: &TestApp,
        exposure: Exposure,
        owner: UserId,
        members: &[(UserId, MemberRole)],
    ) -> String {
        let open = exposure == Exposure::Open;
        let visibility = if open { "public" } else { "private" };
        let (artist, track, release): (ArtistId, TrackId, ReleaseId) =
            (app.ctx.new_id(), app.ctx.new_id(), app.ctx.new_id());
        let invite: Id<()> = app.ctx.new_id();
        let made = app.ctx.db.write(async |tx| {
            tx.run(ARTIST, args![artist, artist.to_string(), i64::from(open)]).await?;
            for (member, role) in members {
                tx.run(MEMBER, args![artist, *member, *role]).await?;
            }
            match self {
                Self::Artist => {}
                Self::Track => {
                    let upload: UploadId = app.ctx.new_id();
                    let hash = *b"thirty-two bytes are thirty-two.";
                    tx.run(TRACK, args![track, owner, visibility]).await?;
                    tx.run(UPLOAD, args![upload, track, hash, format!("tracks/{track}/orig")]).await?;
                    tx.run(CREDIT, args![track, artist]).await?;
                }
                Self::Release => {
                    tx.run(RELEASE, args![release, owner, release.to_string(), visibility, open]).await?;
                    tx.run(BY, args![release, artist]).await?;
                }
                Self::Invite => {
                    let hash: [u8; 32] = sha2::Sha256::digest(invite.bytes()).into();
                    tx.run(INVITE, args![invite, owner, hash, i64::MAX]).await?;
                }
            }
            Ok::<_, hathor_db::Error>(())
        });
        made.await.unwrap();
        match self {
            Self::Artist => artist.to_string(),
            Self::Track => track.to_string(),
            Self::Release => release.to_string(),
            Self::Invite => invite.to_string(),
        }
    }
}
