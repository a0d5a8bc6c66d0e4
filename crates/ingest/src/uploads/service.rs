//! What is taken in stays: the answer is given when every file is on the disk and its work is in the queue.

use hathor_catalog::tracks::{TrackState, files, progress};
use hathor_core::{Code, TrackId, UploadId};
use hathor_kit::{Ctx, Error, Result, Viewer, error::FieldProblem};
use serde::Serialize;
use utoipa::ToSchema;

use super::receive::{Arrived, Refused};
use crate::{
    pipeline::Read,
    store::{self, UploadRow},
};

/// What became of one file, in the order they were sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadEntry {
    /// What it was called, without folders.
    pub file_name: String,
    /// The new track; absent when the file was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<TrackId>,
    /// The new track's state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<TrackState>,
    /// Why the file was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<FileProblem>,
}

/// Why one file was refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileProblem {
    /// The word programs lean on.
    pub code: Code,
    /// One sentence for a person.
    pub title: String,
}

/// The answer to an upload.
#[derive(Debug, Serialize, ToSchema)]
pub struct Uploaded {
    /// One entry a file, in order.
    pub tracks: Vec<UploadEntry>,
}

/// A file on its way to becoming a track.
struct Accepted {
    track: TrackId,
    upload: UploadId,
    arrived: Arrived,
}

/// Takes in what has arrived; refuses the request only if every file was refused.
pub async fn accept(ctx: &Ctx, viewer: Viewer, files: Vec<Result<Arrived, Refused>>) -> Result<Uploaded> {
    if files.is_empty() {
        return Err(Error::new(Code::NoFile).on_field("file"));
    }
    if files.iter().all(Result::is_err) {
        return Err(all_refused(files));
    }
    let mut entries = Vec::with_capacity(files.len());
    let mut accepted = Vec::new();
    for file in files {
        match file {
            Ok(arrived) => {
                let (track, upload) = (ctx.new_id(), ctx.new_id());
                entries.push(UploadEntry::taken(arrived.name.clone(), track));
                accepted.push(Accepted { track, upload, arrived });
            }
            Err(refused) => entries.push(UploadEntry::refused(refused)),
        }
    }
    // a sender who hangs up now must not leave half of it behind, so this is done to its end without them
    let ctx = ctx.clone();
    tokio::spawn(async move { keep(&ctx, viewer, accepted).await }).await.map_err(Error::internal)??;
    Ok(Uploaded { tracks: entries })
}

/// Files first, rows after: a crash in between leaves files that nothing names, never a track without its file.
async fn keep(ctx: &Ctx, viewer: Viewer, accepted: Vec<Accepted>) -> Result<()> {
    let tracks: Vec<TrackId> = accepted.iter().map(|file| file.track).collect();
    let kept = async {
        for file in &accepted {
            ctx.blobs.put_file(&files::original(file.track), file.arrived.file.path()).await?;
        }
        ctx.db.write(async |tx| enter(ctx, tx, viewer, &accepted).await).await
    };
    if let Err(error) = kept.await {
        for track in tracks {
            if let Err(e) = ctx.blobs.delete_prefix(&files::folder(track)).await {
                tracing::warn!(track.id = %track, error = %e, "the file of a refused upload stays behind");
            }
        }
        return Err(error);
    }
    progress::announce_all(ctx, viewer.user, &tracks).await;
    Ok(())
}

async fn enter(ctx: &Ctx, tx: &mut hathor_db::Tx, viewer: Viewer, accepted: &[Accepted]) -> Result<()> {
    for Accepted { track, upload, arrived } in accepted {
        progress::receive(ctx, tx, *track, viewer.user, title_of(&arrived.name)).await?;
        let row = UploadRow {
            id: *upload,
            track_id: *track,
            file_name: arrived.name.clone(),
            container: arrived.container.extension().to_owned(),
            mime: arrived.container.mime().to_owned(),
            size_bytes: i64::try_from(arrived.size).unwrap_or(i64::MAX),
            sha256: arrived.sha256.to_vec(),
            blob_key: files::original(*track).to_string(),
            created_at: ctx.now(),
            folder: arrived.folder.clone(),
        };
        store::insert_upload(tx, row).await?;
        Read { track: *track }.enqueue(ctx, tx).await?;
    }
    Ok(())
}

/// The name without its ending.
fn title_of(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim()
}

fn all_refused(files: Vec<Result<Arrived, Refused>>) -> Error {
    let refused: Vec<Refused> = files.into_iter().filter_map(Result::err).collect();
    let code = refused.first().map_or(Code::NoFile, |first| first.code);
    let fields = refused.iter().map(|file| FieldProblem {
        field: "file".to_owned(),
        message: format!("{}: {}", file.name, file.code.title()),
    });
    Error { fields: fields.collect(), ..Error::new(code) }
}

impl UploadEntry {
    fn taken(file_name: String, track: TrackId) -> Self {
        Self { file_name, id: Some(track), state: Some(TrackState::Received), error: None }
    }

    fn refused(Refused { name, code }: Refused) -> Self {
        let error = FileProblem { code, title: code.title().to_owned() };
        Self { file_name: name, id: None, state: None, error: Some(error) }
    }
}
