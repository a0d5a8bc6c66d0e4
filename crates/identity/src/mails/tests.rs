//! The letters word for word, beside this file in `snapshots/`.

use hathor_core::Timestamp;
use minijinja::context;

use super::{
    Kind,
    kind::TEMPLATES,
    page::{Page, fill},
};

const AT: Timestamp = Timestamp::from_micros(1_795_270_140_000_000);

fn text(words: &str) -> String {
    words.to_owned()
}

fn all() -> Vec<Kind> {
    vec![
        Kind::Welcome,
        Kind::VerifyEmail { token: text("TOKEN"), code: text("271828") },
        Kind::ResetPassword { token: text("TOKEN") },
        Kind::PasswordChanged,
        Kind::EmailChangeOld { token: text("TOKEN") },
        Kind::EmailChangeNew { token: text("TOKEN") },
        Kind::EmailChanged,
        Kind::NewDevice { device: text("Firefox on Linux"), at: AT },
        Kind::SessionReused,
        Kind::FactorAdded { what: text("an app that shows codes") },
        Kind::FactorRemoved { what: text("the passkey \u{201c}Phone\u{201d}") },
        Kind::RecoveryCodeUsed { left: 7 },
        Kind::Linked { provider: text("Example") },
        Kind::Unlinked { provider: text("Example") },
        Kind::AppKeyMade { name: text("Kitchen radio") },
        Kind::RoleChanged { role: text("moderator") },
        Kind::MemberAdded { artist: text("nina"), role: text("editor"), from: text("omar") },
        Kind::Banned { reason: text("This is no place for advertisements.") },
        Kind::UsernameChanged { before: text("nina") },
        Kind::DeletionRequested { at: AT },
        Kind::DeletionCancelled,
        Kind::Invite { code: text("CODE"), from: text("omar") },
    ]
}

fn page(kind: &Kind, username: &str) -> Page {
    Page::of(kind, username, "https://music.example", AT).unwrap()
}

#[test]
fn every_letter_says_these_words() {
    for kind in all() {
        let page = page(&kind, "Nina");
        let letter = format!("Subject: {}\n\n{}\n~~~~\n{}", page.subject, page.text, page.html);
        insta::assert_snapshot!(kind.name(), letter);
    }
}

#[test]
fn every_template_belongs_to_a_letter_that_is_tried() {
    let tried = all().len() * 2 + ["base.txt", "base.html", "page.html"].len();
    assert_eq!(tried, TEMPLATES.len());
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mails/letters");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), TEMPLATES.len());
}

#[test]
fn no_value_becomes_markup() {
    let page = page(&Kind::AppKeyMade { name: text("<script>") }, "<b>&\"'");
    assert!(page.text.contains("Hello <b>&\"'.") && page.text.contains("<script>"));
    assert!(page.html.contains("Hello &lt;b&gt;&amp;&quot;&#x27;."), "{}", page.html);
    assert!(!page.html.contains("<script>") && !page.html.contains("<b>"), "{}", page.html);
}

#[test]
fn a_template_that_asks_for_what_nobody_gives_is_found_out() {
    assert!(fill("welcome.txt", &context! { username => "Nina" }).is_err());
}

#[test]
fn lines_of_a_letter_are_short_enough_for_any_screen() {
    for kind in all() {
        let text = page(&kind, "Nina").text;
        assert!(text.lines().all(|line| line.chars().count() <= 72), "{text}");
    }
}
