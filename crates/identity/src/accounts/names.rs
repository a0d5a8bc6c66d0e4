//! Which usernames are the same name to the eye, and which ones nobody may take.

use std::{collections::HashSet, sync::LazyLock};

/// Names that speak for the house, or that programs give a meaning of their own. Told apart by [`plain_look`], so that
/// `Adm1n` and `_support_` are among them.
const RESERVED: &[&str] = &[
    // the house and those who run it
    "hathor",
    "profile",
    "admin",
    "admins",
    "administrator",
    "administration",
    "root",
    "sudo",
    "superuser",
    "sysadmin",
    "system",
    "operator",
    "owner",
    "staff",
    "team",
    "moderator",
    "moderators",
    "mod",
    "official",
    "verified",
    "support",
    "helpdesk",
    "help",
    "contact",
    "info",
    "security",
    "trust",
    "safety",
    "abuse",
    "legal",
    "copyright",
    "dmca",
    "privacy",
    "billing",
    "payments",
    "press",
    // addresses that every domain has (RFC 2142)
    "postmaster",
    "webmaster",
    "hostmaster",
    "noreply",
    "donotreply",
    "mailerdaemon",
    "daemon",
    // words that addresses and programs use
    "api",
    "www",
    "mail",
    "auth",
    "login",
    "logout",
    "signin",
    "signout",
    "signup",
    "register",
    "settings",
    "profile",
    "account",
    "accounts",
    "me",
    "self",
    "everyone",
    "anyone",
    "nobody",
    "anonymous",
    "unknown",
    "deleted",
    "null",
    "none",
    "undefined",
    "true",
    "false",
];

static RESERVED_LOOKS: LazyLock<HashSet<String>> =
    LazyLock::new(|| RESERVED.iter().map(|name| plain_look(name)).collect());

/// What is left of a username when what looks alike is alike: `I`, `l` and `1`, `O` and `0`, `rn` and `m`, `vv` and `w`
/// (the pairs of Unicode's confusables within ASCII, and one more), and any run of `_`, `.` and `-`.
///
/// The migration `0013_proofs` says the same in SQL.
pub(super) fn look(username: &str) -> String {
    let alike = |c: char| match c {
        'I' | '1' => 'l',
        '0' => 'o',
        '.' | '-' => '_',
        other => other.to_ascii_lowercase(),
    };
    let letters: String = username.chars().map(alike).collect();
    let mut look = letters.replace("rn", "m").replace("vv", "w");
    while look.contains("__") {
        look = look.replace("__", "_");
    }
    look
}

/// The look without what stands between and around the letters, and with `i` as one more of the strokes: `Adm1n`.
fn plain_look(username: &str) -> String {
    look(&username.replace(['_', '.', '-'], "")).replace('i', "l")
}

/// Whether `username` looks like one that nobody may take.
pub(super) fn is_reserved(username: &str) -> bool {
    RESERVED_LOOKS.contains(&plain_look(username))
}

/// Whether `username` could be read as an id.
pub(super) fn is_an_id(username: &str) -> bool {
    username.len() == 32 && username.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_one_could_take_for_each_other_look_alike() {
        for (one, other) in [
            ("Lisa", "1isa"),
            ("Lisa", "lisa"),
            ("NlNA", "N1NA"),
            ("Ina", "lna"),
            ("modern", "modem"),
            ("zero", "zer0"),
            ("ZERO", "zer0"),
            ("savvy", "sawy"),
            ("nina.k", "nina_k"),
            ("nina-k", "nina__k"),
            ("nina-.-_k", "nina.k"),
        ] {
            assert_eq!(look(one), look(other), "{one} {other}");
        }
    }

    #[test]
    fn names_that_one_can_tell_apart_do_not() {
        for (one, other) in [
            ("nina", "lina"),
            ("kai", "kal"),
            ("eli", "ell"),
            ("user1", "user2"),
            ("user10", "user01"),
            ("nina", "nina_"),
            ("nina", "ninna"),
            ("dan", "clan"),
            ("s5", "ss"),
        ] {
            assert_ne!(look(one), look(other), "{one} {other}");
        }
    }

    #[test]
    fn nobody_speaks_for_the_house() {
        for name in [
            "admin",
            "ADMIN",
            "Adm-in",
            "_admin_",
            "R00t",
            "hath0r",
            "supp0rt",
            "no-reply",
            "MailerDaemon",
            "API",
        ] {
            assert!(is_reserved(name), "{name}");
        }
        for name in
            ["nina", "administrate", "rooted", "admin_of_love", "apix", "test", "demo", "guest", "user"]
        {
            assert!(!is_reserved(name), "{name}");
        }
    }

    #[test]
    fn a_name_of_32_hex_digits_is_an_id() {
        assert!(is_an_id("018bcfe5680070008000000000000000") && is_an_id("018BCFE5680070008000000000000000"));
        assert!(!is_an_id("018bcfe568007000800000000000000") && !is_an_id("nina"));
    }
}
