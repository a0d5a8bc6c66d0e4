//! Enums that are stored, sent and read as one word.

/// Declares an enum whose variants each have one word: in SQL (`db::text_cell!`), in JSON and in URLs.
///
/// ```
/// hathor_core::text_enum! {
///     /// Who may hear a track.
///     pub enum Visibility { Public = "public", Private = "private" }
/// }
/// assert_eq!("private".parse(), Ok(Visibility::Private));
/// ```
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:tt),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, ::serde::Serialize, ::serde::Deserialize, ::utoipa::ToSchema)]
        $vis enum $name { $(
            $(#[$vmeta])*
            #[doc = concat!("`", $word, "`")]
            #[serde(rename = $word)]
            $variant,
        )+ }

        impl $name {
            /// Every variant, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word it is stored and sent as.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::UnknownWord;
            fn from_str(word: &str) -> Result<Self, $crate::UnknownWord> {
                match word { $($word => Ok(Self::$variant),)+ _ => Err($crate::UnknownWord) }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// The word names no variant.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of the known words")]
pub struct UnknownWord;
