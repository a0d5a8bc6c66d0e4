//! The outbox: complete letters, for their owner alone, in the order of time.

#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use hathor_mail::{Error, Mail, Message, MessageId};

use common::{FROM, letter};

fn open(folder: &Path) -> Mail {
    Mail::open(&format!("outbox:{}", folder.display()), FROM, None, None).unwrap()
}

fn letters(mail: &Mail) -> Vec<String> {
    let Mail::Outbox(outbox) = mail else { panic!("{mail:?} is no outbox") };
    outbox.letters().unwrap().iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[tokio::test]
async fn a_letter_lies_in_the_folder_complete() {
    let dir = tempfile::tempdir().unwrap();
    let mail = open(&dir.path().join("made/for it"));
    let sent = letter("nina@example.org");
    mail.send(&sent).await.unwrap();
    let text = letters(&mail).remove(0);
    for line in [
        "From: Hathor <music@example.org>",
        "To: nina@example.org",
        "Subject: Hello",
        &format!("Message-ID: <{}@example.org>", sent.id),
        "Auto-Submitted: auto-generated",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Type: text/html; charset=utf-8",
        "Hello Nina.",
        "<p>Hello Nina.</p>",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    assert!(text.contains("\r\nDate: ") && text.contains("multipart/alternative"), "{text}");
    assert!(text.ends_with("--\r\n"), "{text}");
}

#[tokio::test]
async fn only_the_owner_reads_it_and_nothing_unfinished_stays() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("outbox");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    open(&folder).send(&letter("nina@example.org")).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.iter().map(|file| mode(file)).collect::<Vec<_>>(), [0o600]);
}

#[tokio::test]
async fn a_letter_that_is_sent_again_is_still_one() {
    let dir = tempfile::tempdir().unwrap();
    let mail = open(dir.path());
    let (first, second) = (letter("nina@example.org"), letter("omar@example.org"));
    for sent in [&second, &first, &second] {
        mail.send(sent).await.unwrap();
    }
    let found = letters(&mail);
    assert_eq!(found.len(), 2);
    let order = if first.id < second.id { ["nina", "omar"] } else { ["omar", "nina"] };
    for (text, name) in found.iter().zip(order) {
        assert!(text.contains(&format!("\r\nTo: {name}@example.org\r\n")), "{text}");
    }
}

#[tokio::test]
async fn no_value_can_add_a_line_to_the_head() {
    let dir = tempfile::tempdir().unwrap();
    let mail = open(dir.path());
    for to in ["", "nina", "nina@example.org\r\nBcc: omar@example.org", "a@example.org, b@example.org"] {
        let refused = mail.send(&letter(to)).await;
        assert!(matches!(refused, Err(Error::Refused(_))), "{to:?}: {refused:?}");
    }
    let two_lines = Message { subject: "Hi\r\nBcc: omar@example.org".into(), ..letter("nina@example.org") };
    assert!(matches!(mail.send(&two_lines).await, Err(Error::Refused(_))));
    assert!(letters(&mail).is_empty());
    let wordy = Message { subject: "Žižkov =?utf-8?b?QmNj?= ".repeat(20), ..letter("nina@example.org") };
    mail.send(&wordy).await.unwrap();
    let text = letters(&mail).remove(0);
    let head = text.split("\r\n\r\n").next().unwrap();
    assert!(head.is_ascii() && head.lines().all(|line| line.len() < 998), "{head}");
}

#[tokio::test]
async fn a_folder_that_is_gone_may_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("outbox");
    let mail = open(&folder);
    fs::remove_dir(&folder).unwrap();
    assert!(matches!(mail.send(&letter("nina@example.org")).await, Err(Error::Unavailable(_))));
    fs::create_dir(&folder).unwrap();
    mail.send(&letter("nina@example.org")).await.unwrap();
}

#[test]
fn a_sender_is_an_address() {
    for from in ["", "Hathor", "a@b.example\r\nBcc: c@d.example"] {
        assert!(matches!(Mail::open("outbox:/nowhere", from, None, None), Err(Error::Config(_))), "{from:?}");
    }
}

#[tokio::test]
async fn letters_are_read_back_newest_first() {
    let dir = tempfile::tempdir().unwrap();
    let mail = open(dir.path());
    let Mail::Outbox(outbox) = &mail else { panic!("{mail:?} is no outbox") };
    let mut sent = Vec::new();
    for n in 0..3 {
        let mut letter = letter("nina@example.org");
        letter.subject = format!("Žižkov {n}");
        letter.text = format!("Dobrý den,\n\n  https://music.example/#token={}\n", "x".repeat(80 * n));
        letter.html = format!("<p>Dobrý den</p>\n<p>{}</p>\n", "y".repeat(90 * n));
        mail.send(&letter).await.unwrap();
        sent.push(letter);
    }
    fs::write(dir.path().join("notes.eml"), "no letter").unwrap();
    sent.sort_by_key(|letter| std::cmp::Reverse(letter.id));
    let found = outbox.newest(MessageId::MAX, 2).await.unwrap();
    assert_eq!(found.len(), 2);
    for (found, sent) in found.iter().zip(&sent) {
        assert_eq!((found.id, found.to.as_str()), (sent.id, "nina@example.org"));
        assert_eq!((&found.subject, &found.text, &found.html), (&sent.subject, &sent.text, &sent.html));
    }
    let rest = outbox.newest(found[1].id, 9).await.unwrap();
    assert_eq!(rest.iter().map(|letter| letter.id).collect::<Vec<_>>(), [sent[2].id]);
    assert_eq!(outbox.read(sent[0].id).await.unwrap().as_ref(), Some(&found[0]));
    assert_eq!(outbox.read(letter("x@example.org").id).await.unwrap(), None);
}
