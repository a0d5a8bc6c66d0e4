//! Stories of pictures, told over HTTP. Who may fetch their files is told in `playback`.

use std::{io::Cursor, time::Duration};

use hathor_core::PictureId;
use hathor_db::{args, on_both, sql, testing::TestDb};
use hathor_kit::{
    Feature,
    testing::{Answer, Persona, TestApp},
};
use image::{ImageFormat, Rgb, RgbImage};
use reqwest::{Method, multipart};
use serde_json::Value;

use super::folder;

hathor_db::row! { struct Kept { folder: Option<String>, file_name: Option<String> } }
hathor_db::row! { struct Cover { cover: Option<super::Picture>, old_cover_id: Option<hathor_core::TrackId> } }

sql! {
    KEPT: Kept = "select folder, file_name from picture";
    AGE: () = "update picture set created_at = created_at - $1";
    TRACK: () = "insert into track (id, owner_id, state, progress, failure_retryable, visibility, policy_version, version, title,
            artists, tags, old_cover_id, cover_id, created_at, updated_at)
        values ($1, $2, 'ready', 100, false, 'public', 1, 1, 'Ode', '[]', '{}', $3, $4, 0, 0)";
    COVERS: Cover = "select p.summary as cover, t.old_cover_id from track t left join picture p on p.id = t.cover_id";
}

fn features() -> Vec<Feature> {
    vec![hathor_identity::feature(), crate::feature()]
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut png = Cursor::new(Vec::new());
    RgbImage::from_pixel(width, height, Rgb([20, 60, 180])).write_to(&mut png, ImageFormat::Png).unwrap();
    png.into_inner()
}

async fn send(who: &Persona, name: &str, bytes: Vec<u8>) -> Answer {
    let form = multipart::Form::new().part("file", multipart::Part::bytes(bytes).file_name(name.to_owned()));
    who.send(who.request(Method::POST, "/api/pictures").multipart(form)).await
}

fn id(picture: &Value) -> PictureId {
    picture["id"].as_str().unwrap().parse().unwrap()
}

on_both! {
    async fn a_picture_is_kept_in_every_width_and_told_with_its_colour(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.artist("nina").await;
        let answer = send(&nina, "front.png", png(1500, 1000)).await;
        let picture = answer.ok();
        assert_eq!(answer.status, 201);
        assert_eq!((&picture["width"], &picture["height"]), (&1500.into(), &1000.into()));
        assert!(picture["hue"].as_f64().is_some_and(|hue| (255.0..275.0).contains(&hue)), "blue: {picture}");
        assert_eq!(picture["blurhash"].as_str().map(str::len), Some(28));
        assert!(picture["urls"]["w600"].as_str().unwrap().contains("/600.webp?s="), "{picture}");
        let files = app.ctx.blobs.list(Some(&folder(id(&picture))), None, 100).await.unwrap();
        assert_eq!(files.len(), 8);
    }

    async fn the_same_file_is_the_same_picture_for_its_owner_only(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let (nina, omar) = (app.artist("nina").await, app.artist("omar").await);
        let first = id(&send(&nina, "a.png", png(80, 80)).await.ok());
        assert_eq!(id(&send(&nina, "Album/CD1/b.png", png(80, 80)).await.ok()), first);
        assert_ne!(id(&send(&omar, "a.png", png(80, 80)).await.ok()), first);
        let kept = app.ctx.db.all(KEPT, args![]).await.unwrap();
        let folders: Vec<&str> = kept.iter().filter_map(|row| row.folder.as_deref()).collect();
        assert_eq!((kept.len(), folders), (2, vec!["Album/CD1"]));
        let mut names: Vec<&str> = kept.iter().filter_map(|row| row.file_name.as_deref()).collect();
        names.sort_unstable();
        assert_eq!(names, ["a.png", "b.png"], "where its sender has it now");
    }

    async fn what_is_no_picture_is_refused_with_a_sentence(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.artist("nina").await;
        assert_eq!(send(&app.anon(), "a.png", png(80, 80)).await.code(401), "unauthenticated");
        assert_eq!(send(&nina, "a.png", png(1, 1)).await.code(422), "picture_too_small");
        assert_eq!(send(&nina, "a.png", Vec::new()).await.code(422), "empty_file");
        assert_eq!(send(&nina, "a.png", vec![0; (20 << 20) + 1]).await.code(413), "file_too_large");
        let hostile: [(&[u8], &str); 3] = [
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "web page"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
            (b"nothing of the kind", "not in a format"),
        ];
        for (bytes, word) in hostile {
            let problem = send(&nina, "front.jpg", bytes.to_vec()).await.problem(422);
            assert_eq!(problem["code"], "not_a_picture");
            assert!(problem["detail"].as_str().unwrap().contains(word), "{problem}");
        }
        assert!(app.ctx.db.all(KEPT, args![]).await.unwrap().is_empty());
    }

    async fn what_nothing_uses_is_gone_after_a_day(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.artist("nina").await;
        let used = id(&send(&nina, "used.png", png(80, 90)).await.ok());
        let unused = id(&send(&nina, "unused.png", png(90, 80)).await.ok());
        let ctx = &app.ctx;
        let none: Option<PictureId> = None;
        ctx.db.write(async |tx| tx.run(TRACK, args![ctx.new_id::<()>(), nina.id, none, used]).await).await.unwrap();
        sweep(&app).await;
        assert_eq!(ctx.db.all(KEPT, args![]).await.unwrap().len(), 2, "a day has not passed");
        let day = i64::try_from(Duration::from_hours(25).as_micros()).unwrap();
        ctx.db.write(async |tx| tx.run(AGE, args![day]).await).await.unwrap();
        sweep(&app).await;
        assert_eq!(ctx.db.all(KEPT, args![]).await.unwrap().len(), 1);
        assert_eq!(ctx.blobs.list(Some(&folder(unused)), None, 10).await.unwrap().len(), 0);
        assert_eq!(ctx.blobs.list(Some(&folder(used)), None, 10).await.unwrap().len(), 8);
    }

    async fn the_covers_of_before_become_pictures(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.artist("nina").await;
        let ctx = &app.ctx;
        let none: Option<PictureId> = None;
        let (track, old, lost) = (ctx.new_id(), ctx.new_id::<()>(), ctx.new_id::<()>());
        let mut jpeg = Cursor::new(Vec::new());
        RgbImage::from_pixel(400, 400, Rgb([200, 40, 40])).write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
        let key = crate::tracks::files::old_cover(track, old);
        ctx.blobs.put_bytes(&key, jpeg.into_inner().into()).await.unwrap();
        ctx.db.write(async |tx| {
            tx.run(TRACK, args![track, nina.id, old, none]).await?;
            tx.run(TRACK, args![ctx.new_id::<()>(), nina.id, lost, none]).await
        }).await.unwrap();
        let job = crate::tracks::old_covers::TakeOverCovers {};
        ctx.db.write(async |tx| ctx.jobs.enqueue(tx, &job, hathor_jobs::Enqueue::new()).await).await.unwrap();
        app.run_jobs().await;
        let covers = ctx.db.all(COVERS, args![]).await.unwrap();
        assert!(covers.iter().all(|row| row.old_cover_id.is_none()));
        let widths: Vec<u32> = covers.iter().filter_map(|row| row.cover.as_ref()).map(|cover| cover.width).collect();
        assert_eq!(widths, [400], "the other's file was lost");
        assert!(matches!(ctx.blobs.get_bytes(&key, 1 << 20).await, Err(hathor_blob::Error::NotFound)));
    }
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    hathor_db::testing::check_statements(&[STATEMENTS, super::store::STATEMENTS]).await;
}

/// What the clock does once an hour.
async fn sweep(app: &TestApp) {
    let ctx = &app.ctx;
    ctx.db
        .write(async |tx| ctx.jobs.enqueue(tx, &super::jobs::Sweep {}, hathor_jobs::Enqueue::new()).await)
        .await
        .unwrap();
    app.run_jobs().await;
}
