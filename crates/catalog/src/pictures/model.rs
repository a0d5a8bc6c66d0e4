//! What a picture is called elsewhere, and who may follow the links to it. The picture itself is [`hathor_kit::picture`]'s.

use hathor_core::UserId;
use hathor_kit::links::Audience;

pub use hathor_kit::picture::{Picture, PictureView};

use crate::tracks::Visibility;

/// Where the sender of a picture has it: hints to what it is of.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Its folder.
    pub folder: Option<String>,
    /// Its name in there.
    pub file_name: Option<String>,
}

/// Who may follow the links to a picture of something of this visibility, as `viewer` gets them.
pub const fn audience(visibility: Visibility, viewer: Option<UserId>) -> Audience {
    match visibility {
        Visibility::Public | Visibility::Unlisted => Audience::Everyone,
        Visibility::Private => Audience::Given(viewer),
    }
}
