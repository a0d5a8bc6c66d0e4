//! SQL of pictures.

use hathor_core::{PictureId, Timestamp, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};

use super::model::{Picture, Place};

row! { struct Summary { summary: Picture } }
row! { struct Unused { id: PictureId } }

sql! {
    BY_SOURCE: Summary = "select summary from picture where owner_id = $1 and sha256 = $2";
    OWN: Summary = "select summary from picture where id = $1 and owner_id = $2";
    INSERT: () = "insert into picture (id, owner_id, sha256, summary, folder, file_name, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (owner_id, sha256) do nothing";
    LAY: () = "update picture set folder = $2, file_name = $3 where id = $1";
    OF_OWNER: Unused = "select id from picture where owner_id = $1";
    UNUSED: Unused = "select p.id from picture p where p.created_at < $1
            and not exists (select 1 from track t where t.cover_id = p.id)
            and not exists (select 1 from artist a where a.picture_id = p.id)
            and not exists (select 1 from release r where r.cover_id = p.id)
            and not exists (select 1 from account w where w.avatar_id = p.id)
            and not exists (select 1 from account w where w.banner_id = p.id)
        order by p.created_at limit $2";
    DELETE: () = "delete from picture where id = $1
            and not exists (select 1 from track t where t.cover_id = picture.id)
            and not exists (select 1 from artist a where a.picture_id = picture.id)
            and not exists (select 1 from release r where r.cover_id = picture.id)
            and not exists (select 1 from account w where w.avatar_id = picture.id)
            and not exists (select 1 from account w where w.banner_id = picture.id)";
}

/// The owner's picture that was made of these very bytes.
pub async fn by_source(db: &Db, owner: UserId, sha256: [u8; 32]) -> Result<Option<Picture>> {
    Ok(db.one(BY_SOURCE, args![owner, sha256]).await?.map(|row| row.summary))
}

pub async fn by_source_within(tx: &mut Tx, owner: UserId, sha256: [u8; 32]) -> Result<Option<Picture>> {
    Ok(tx.one(BY_SOURCE, args![owner, sha256]).await?.map(|row| row.summary))
}

pub async fn own(tx: &mut Tx, id: PictureId, owner: UserId) -> Result<Option<Picture>> {
    Ok(tx.one(OWN, args![id, owner]).await?.map(|row| row.summary))
}

/// Whether it is new.
pub async fn insert(
    tx: &mut Tx,
    picture: &Picture,
    owner: UserId,
    sha256: [u8; 32],
    place: &Place,
    now: Timestamp,
) -> Result<bool> {
    let Place { folder, file_name } = place;
    let values = args![picture.id, owner, sha256, picture, folder.as_deref(), file_name.as_deref(), now];
    Ok(tx.run(INSERT, values).await? == 1)
}

/// Notes where its sender has it now.
pub async fn lay(tx: &mut Tx, id: PictureId, place: &Place) -> Result<u64> {
    tx.run(LAY, args![id, place.folder.as_deref(), place.file_name.as_deref()]).await
}

/// Pictures from before `before` that nothing uses.
pub async fn unused(db: &Db, before: Timestamp, limit: i64) -> Result<Vec<PictureId>> {
    Ok(db.all(UNUSED, args![before, limit]).await?.into_iter().map(|row| row.id).collect())
}

/// Every picture of a person.
pub async fn of_owner(db: &Db, owner: UserId) -> Result<Vec<PictureId>> {
    Ok(db.all(OF_OWNER, args![owner]).await?.into_iter().map(|row| row.id).collect())
}

/// Whether it was deleted: something may use it by now.
pub async fn delete_unused(tx: &mut Tx, id: PictureId) -> Result<bool> {
    Ok(tx.run(DELETE, args![id]).await? == 1)
}
