//! Mail over a real socket, to a server that speaks plain SMTP and keeps what it is told.

#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use hathor_core::Secret;
use hathor_mail::{Error, Mail};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};

use common::{FROM, letter};

/// A mail server that answers `answer` to lines that begin with `on`, and as usual to all others.
struct Relay {
    port: u16,
    heard: mpsc::UnboundedReceiver<String>,
}

impl Relay {
    async fn usual() -> Self {
        Self::answering("nothing", "").await
    }

    async fn answering(on: &'static str, answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, heard) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(talk(socket, tell.clone(), on, answer));
            }
        });
        Self { port, heard }
    }

    fn mail(&self, user: &str, host: &str) -> Mail {
        let url = format!("smtp://{user}{host}:{}", self.port);
        Mail::open(&url, FROM, Some(&Secret::new("open sesame")), None).unwrap()
    }

    /// All it has heard so far.
    fn heard(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.heard.try_recv().ok()).collect()
    }
}

async fn talk(socket: TcpStream, tell: mpsc::UnboundedSender<String>, on: &str, answer: &str) {
    let mut socket = BufReader::new(socket);
    let (mut line, mut in_letter) = (String::new(), false);
    let mut say = "220 relay ready";
    loop {
        if !say.is_empty() && socket.write_all(format!("{say}\r\n").as_bytes()).await.is_err() {
            return;
        }
        line.clear();
        if socket.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let told = line.trim_end();
        tell.send(told.to_owned()).ok();
        say = match told.split(' ').next().unwrap_or_default() {
            _ if in_letter && told != "." => "",
            _ if told.starts_with(on) => answer,
            "EHLO" => "250-relay\r\n250-8BITMIME\r\n250 AUTH PLAIN",
            "AUTH" => "235 welcome",
            "DATA" => "354 go on",
            "QUIT" => return,
            _ => "250 ok",
        };
        in_letter = say.starts_with("354") || (in_letter && told != ".");
    }
}

#[tokio::test]
async fn a_letter_reaches_the_server_with_its_envelope() {
    let mut relay = Relay::usual().await;
    relay.mail("", "127.0.0.1").send(&letter("nina@example.org")).await.unwrap();
    let heard = relay.heard();
    let place = |wanted: &str| heard.iter().position(|line| line.starts_with(wanted)).expect(wanted);
    assert!(place("MAIL FROM:<music@example.org>") < place("RCPT TO:<nina@example.org>"));
    assert!(place("DATA") < place("Subject: Hello") && place("<p>Hello Nina.</p>") < place("."));
    assert!(!heard.iter().any(|line| line.starts_with("AUTH")), "{heard:?}");
}

#[tokio::test]
async fn a_user_signs_in_first() {
    let mut relay = Relay::usual().await;
    relay.mail("nina%40example.org@", "127.0.0.1").send(&letter("nina@example.org")).await.unwrap();
    // base64 of \0nina@example.org\0open sesame
    let plain = "AUTH PLAIN AG5pbmFAZXhhbXBsZS5vcmcAb3BlbiBzZXNhbWU=";
    assert!(relay.heard().iter().any(|line| line == plain));
}

#[test]
fn a_user_without_a_password_is_a_mistake() {
    let opened = Mail::open("smtp://nina@127.0.0.1", FROM, None, None);
    assert!(matches!(opened, Err(Error::Config(_))), "{opened:?}");
}

#[tokio::test]
async fn what_is_refused_for_good_is_told_apart_from_what_may_work_later() {
    for (on, answer, for_good) in [
        ("RCPT", "550 5.1.1 nina@example.org is unknown", true),
        ("MAIL", "553 no", true),
        (".", "554 spam", true),
        ("RCPT", "451 nina@example.org: grey list, come again", false),
        (".", "452 full", false),
        ("AUTH", "535 wrong password", false),
        ("MAIL", "530 sign in first", false),
    ] {
        let relay = Relay::answering(on, answer).await;
        let error = relay.mail("nina@", "127.0.0.1").send(&letter("nina@example.org")).await.unwrap_err();
        assert_eq!(matches!(error, Error::Refused(_)), for_good, "{answer}: {error}");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(&answer[..3]) && !shown.contains("nina"), "{shown}");
    }
}

#[tokio::test]
async fn a_server_that_is_away_may_come_back() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    drop(taken);
    let mail = Mail::open(&format!("smtp://127.0.0.1:{port}"), FROM, None, None).unwrap();
    assert!(matches!(mail.send(&letter("nina@example.org")).await, Err(Error::Unavailable(_))));
}

#[tokio::test]
async fn a_server_elsewhere_that_offers_no_tls_learns_nothing() {
    let mut relay = Relay::usual().await;
    // the unspecified address leads here, too, but nothing says that it does
    let error = relay.mail("nina@", "0.0.0.0").send(&letter("nina@example.org")).await.unwrap_err();
    assert!(matches!(&error, Error::Unavailable(why) if why.contains("STARTTLS")), "{error}");
    let heard = relay.heard();
    assert!(heard.iter().any(|line| line.starts_with("EHLO")), "{heard:?}");
    assert!(!heard.iter().any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")), "{heard:?}");
}
