//! Search: things are found by the beginnings of the words in their names, without case and accents.
//!
//! Whoever writes a title or a name calls [`index`] in the same transaction, whether the thing is public or not: what may
//! be seen is asked when it is looked for. Words are made by [`words`] for both engines, and looked up by ranges of a key.

pub(crate) mod store;
pub(crate) mod words;

mod jobs;
mod routes;
mod service;
#[cfg(test)]
mod tests;

use hathor_core::Id;
use hathor_db::{Result, Tx};
use hathor_jobs::Registry;
use hathor_kit::{Feature, NodeRole, Routes};

hathor_core::text_enum! {
    /// What can be found.
    pub enum Kind {
        Track = "track",
        Artist = "artist",
        Release = "release",
    }
}
hathor_db::text_cell!(Kind);

/// From this transaction on, the thing is found by the words of `texts` and no others.
pub async fn index<K>(tx: &mut Tx, kind: Kind, id: Id<K>, texts: &[&str]) -> Result<()> {
    let wanted = words::of(texts);
    let known = store::words(tx, kind, id).await?;
    for gone in known.iter().filter(|word| !wanted.contains(*word)) {
        store::take(tx, kind, id, gone).await?;
    }
    for new in wanted.iter().filter(|word| !known.contains(word)) {
        store::put(tx, kind, id, new).await?;
    }
    Ok(())
}

/// The thing is no longer found.
pub async fn remove<K>(tx: &mut Tx, kind: Kind, id: Id<K>) -> Result<()> {
    store::take_all(tx, kind, id).await
}

/// The search feature.
pub fn feature() -> Feature {
    Feature {
        routes: vec![Routes::of(NodeRole::Catalog, routes::router)],
        jobs: Registry::new().job::<jobs::ReadBacklog>().schedule(
            "search.read_backlog",
            "*/2 * * * *",
            &jobs::ReadBacklog {},
        ),
        ..Feature::default()
    }
}
