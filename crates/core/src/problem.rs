//! The one table of problem codes: it yields the enum, the HTTP status and the sentence, the docs page and the client's union.

/// Declares the codes.
macro_rules! problems {
    ($($(#[$meta:meta])* $variant:ident = $word:tt: $status:literal $title:literal,)+) => {
        /// What went wrong, as a word that programs may lean on.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub enum Code { $(
            $(#[$meta])*
            #[doc = $title]
            #[serde(rename = $word)]
            $variant,
        )+ }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The HTTP status it is answered with.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }

            /// One sentence for a person.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }
        }
    };
}

problems! {
    // the request itself
    MalformedRequest = "malformed_request": 400 "the request cannot be read",
    MalformedJson = "malformed_json": 400 "the body is not valid JSON",
    MalformedId = "malformed_id": 400 "an id is 32 hex digits",
    MalformedCursor = "malformed_cursor": 400 "this cursor was not made by this list",
    UnsupportedType = "unsupported_type": 415 "send this content type",
    TooLarge = "too_large": 413 "the body is larger than this route takes",
    UriTooLong = "uri_too_long": 414 "the address is longer than 8 KB",
    TooSlow = "too_slow": 408 "the body came too slowly",
    UnknownRoute = "unknown_route": 404 "there is nothing at this address",
    WrongMethod = "wrong_method": 405 "this address does not take this method",
    Invalid = "invalid": 422 "some fields need another value",
    InviteInvalid = "invite_invalid": 422 "this invitation was never given, is used up, was taken back or has expired; ask for a new one",
    ProofInvalid = "proof_invalid": 422 "this link or code is not right, or was used already; ask for a new letter",
    ProofExpired = "proof_expired": 422 "this link or code is too old; ask for a new letter",
    NotAcceptable = "not_acceptable": 406 "none of the asked forms can be made",
    // who is asking
    Unauthenticated = "unauthenticated": 401 "sign in first",
    TokenExpired = "token_expired": 401 "the access token has expired; refresh it",
    BadCredentials = "bad_credentials": 401 "login or password is wrong",
    BadFactor = "bad_factor": 401 "this code or passkey is not right, or was used before",
    SessionEnded = "session_ended": 401 "this session has ended; sign in again",
    AccountBanned = "account_banned": 403 "this account is banned",
    EmailUnverified = "email_unverified": 403 "confirm your e-mail address first",
    StepUpRequired = "step_up_required": 403 "prove once more that it is you, then try again",
    RegistrationClosed = "registration_closed": 403 "this server takes nobody in; ask its operator for an account",
    InviteRequired = "invite_required": 403 "this server takes in only who was invited; ask a friend or its operator for an invitation",
    TooYoung = "too_young": 403 "you are not old enough for this server; nothing you typed was kept",
    ScopeMissing = "scope_missing": 403 "this app key may not do that",
    ProviderRefused = "provider_refused": 403 "the provider did not let you through; try again, or sign in another way",
    ProviderNoEmail = "provider_no_email": 403 "the provider does not tell your e-mail address; allow it there, or sign up here",
    InsecureTransport = "insecure_transport": 403 "signing in over plain HTTP works on localhost only",
    ForeignOrigin = "foreign_origin": 403 "this origin may not call this route",
    Forbidden = "forbidden": 403 "this is not yours to do",
    BadSignature = "bad_signature": 403 "this link is missing its signature, has expired or was altered; ask for a new one",
    NotFound = "not_found": 404 "there is no such thing, or it is not yours to see",
    // state
    Conflict = "conflict": 409 "this was changed by someone else",
    UsernameTaken = "username_taken": 409 "this username is taken",
    EmailTaken = "email_taken": 409 "this e-mail address has an account already",
    AlreadyVerified = "already_verified": 409 "this address has been confirmed already",
    LastAdmin = "last_admin": 409 "this is the last administrator; make another one first",
    AlreadyMember = "already_member": 409 "they are a member already; change their role instead",
    LastOwner = "last_owner": 409 "somebody must own it; make another owner first",
    LimitReached = "limit_reached": 409 "there can be no more of these; remove one first",
    ArtistInUse = "artist_in_use": 409 "this artist has releases; delete them or give them to another first",
    OnRelease = "on_release": 409 "this track is on a release, which says who may hear it; change the release",
    NotPlayableYet = "not_playable_yet": 409 "this track is still being made ready",
    NotRetryable = "not_retryable": 409 "only a track that failed for a passing reason can be tried again",
    RangeNotSatisfiable = "range_not_satisfiable": 416 "the file ends before the asked range",
    PreconditionFailed = "precondition_failed": 412 "what you have is not what is here now; read it again",

    ChallengeExpired = "challenge_expired": 410 "this took too long, or was tried too often; start again",
    LinkNeeded = "link_needed": 409 "this address has an account already; sign in to it, then link this provider in the settings",
    AlreadyLinked = "already_linked": 409 "this sign-in belongs to another account, or yours has one of this provider already",
    AttemptExpired = "attempt_expired": 410 "this sign-in took too long, was finished already or began in another browser; start again",
    LastWayIn = "last_way_in": 409 "nothing else opens your account; set a password or add another way to sign in first",
    NoFactor = "no_factor": 409 "set up an app that shows codes, or a passkey, first",
    PasskeysUnavailable = "passkeys_unavailable": 409 "passkeys need an address with a name, over https, which the operator sets",
    PasskeyRefused = "passkey_refused": 422 "this passkey cannot be used here; try again on this page, or with another device",
    // files
    EmptyFile = "empty_file": 422 "this file is empty",
    NotAudio = "not_audio": 422 "this is not one of the audio formats Hathor reads: FLAC, WAV, AIFF, ALAC, MP3, AAC, Vorbis, Opus, WMA",
    FileTooLarge = "file_too_large": 413 "this file is larger than this server takes",
    NotAPicture = "not_a_picture": 422 "this file cannot be used as a picture; send JPEG, PNG, WebP, GIF or BMP",
    PictureTooSmall = "picture_too_small": 422 "this picture is too small; it needs at least 64 pixels a side",
    NoFile = "no_file": 422 "send at least one part named file",
    // limits and failures
    Limited = "limited": 429 "too many requests; wait a little",
    Busy = "busy": 503 "the server has too much to do; try again in a moment",
    Unavailable = "unavailable": 503 "a part the server needs does not answer; nothing was lost, try again",
    StorageFull = "storage_full": 507 "the server's storage is full; nothing was lost, try again later",
    ProviderFailed = "provider_failed": 502 "the provider did not answer as it should; try again, or sign in another way",
    ProviderUnavailable = "provider_unavailable": 503 "the provider does not answer; try again in a moment, or sign in another way",
    Internal = "internal": 500 "the server made a mistake; it has been noted under the request id",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_unique_and_statuses_are_errors() {
        let words: std::collections::HashSet<_> = Code::ALL.iter().map(|c| c.as_str()).collect();
        assert_eq!(words.len(), Code::ALL.len());
        assert!(Code::ALL.iter().all(|c| (400..=599).contains(&c.status())));
    }
}
