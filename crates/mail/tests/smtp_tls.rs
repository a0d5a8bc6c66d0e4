//! Mail over TLS, to a server whose certificate comes from an authority of our own: from the first byte, and after
//! STARTTLS. A certificate that does not fit ends the conversation before anything is said.

#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use std::{io, path::PathBuf, sync::Arc};

use hathor_core::Secret;
use hathor_mail::{Error, Mail};
use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};
use tokio_rustls::TlsAcceptor;

use common::{FROM, letter};

/// An authority, and its certificate as a file.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Authority {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let file = folder.path().join("ca.pem");
        std::fs::write(&file, params.self_signed(&key).unwrap().pem()).unwrap();
        Self { issuer: Issuer::new(params, key), file, _folder: folder }
    }

    fn certificate(&self, host: &str, expired: bool) -> (Certificate, KeyPair) {
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        if expired {
            params.not_after = time::OffsetDateTime::UNIX_EPOCH + time::Duration::days(18_000);
        }
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.issuer).unwrap(), key)
    }

    /// What a server at `host` needs.
    fn acceptor(&self, host: &str, expired: bool) -> TlsAcceptor {
        let (certificate, key) = self.certificate(host, expired);
        let chain = vec![CertificateDer::from(certificate.der().to_vec())];
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_no_client_auth().with_single_cert(chain, key).unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}

/// A mail server that keeps what it is told.
struct Relay {
    port: u16,
    heard: UnboundedReceiver<String>,
}

impl Relay {
    async fn start(acceptor: TlsAcceptor, from_the_first_byte: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, heard) = unbounded_channel();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (acceptor, tell) = (acceptor.clone(), tell.clone());
                tokio::spawn(async move { serve(socket, &acceptor, from_the_first_byte, &tell).await });
            }
        });
        Self { port, heard }
    }

    fn mail(&self, scheme_and_host: &str, authority: Option<&Authority>) -> Mail {
        let url = format!("{scheme_and_host}:{}", self.port);
        let file = authority.map(|authority| authority.file.as_path());
        Mail::open(&url, FROM, Some(&Secret::new("open sesame")), file).unwrap()
    }

    fn heard(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.heard.try_recv().ok()).collect()
    }
}

async fn serve(
    socket: TcpStream,
    acceptor: &TlsAcceptor,
    from_the_first_byte: bool,
    tell: &UnboundedSender<String>,
) -> io::Result<()> {
    if from_the_first_byte {
        return talk(acceptor.accept(socket).await?, true, tell).await;
    }
    let mut socket = BufReader::new(socket);
    socket.write_all(b"220 relay ready\r\n").await?;
    let mut line = String::new();
    while socket.read_line(&mut line).await? > 0 {
        tell.send(format!("plain {}", line.trim_end())).ok();
        let answer = match line.split_whitespace().next() {
            Some("STARTTLS") => "220 go on",
            _ => "250-relay\r\n250 STARTTLS",
        };
        socket.write_all(format!("{answer}\r\n").as_bytes()).await?;
        if answer.starts_with("220") {
            return talk(acceptor.accept(socket.into_inner()).await?, false, tell).await;
        }
        line.clear();
    }
    Ok(())
}

async fn talk(
    socket: impl AsyncRead + AsyncWrite + Unpin,
    greets: bool,
    tell: &UnboundedSender<String>,
) -> io::Result<()> {
    let mut socket = BufReader::new(socket);
    let (mut line, mut in_letter) = (String::new(), false);
    let mut say = if greets { "220 relay ready" } else { "" };
    loop {
        if !say.is_empty() {
            socket.write_all(format!("{say}\r\n").as_bytes()).await?;
            socket.flush().await?;
        }
        line.clear();
        if socket.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let told = line.trim_end();
        tell.send(told.to_owned()).ok();
        say = match told.split(' ').next().unwrap_or_default() {
            _ if in_letter && told != "." => "",
            "EHLO" => "250-relay\r\n250-8BITMIME\r\n250 AUTH PLAIN",
            "AUTH" => "235 welcome",
            "DATA" => "354 go on",
            "QUIT" => return Ok(()),
            _ => "250 ok",
        };
        in_letter = say.starts_with("354") || (in_letter && told != ".");
    }
}

/// Where a connection must be protected after STARTTLS although the server is here.
const ELSEWHERE: &str = "0.0.0.0";

#[tokio::test]
async fn a_letter_travels_protected_from_the_first_byte() {
    let authority = Authority::new();
    let mut relay = Relay::start(authority.acceptor("localhost", false), true).await;
    relay.mail("smtps://nina@localhost", Some(&authority)).send(&letter("nina@example.org")).await.unwrap();
    let heard = relay.heard();
    assert!(heard.iter().any(|line| line.starts_with("AUTH PLAIN ")), "{heard:?}");
    assert!(heard.iter().any(|line| line == "RCPT TO:<nina@example.org>"), "{heard:?}");
}

#[tokio::test]
async fn a_letter_travels_protected_after_starttls_and_nothing_is_said_before() {
    let authority = Authority::new();
    let mut relay = Relay::start(authority.acceptor(ELSEWHERE, false), false).await;
    let mail = relay.mail(&format!("smtp://nina@{ELSEWHERE}"), Some(&authority));
    mail.send(&letter("nina@example.org")).await.unwrap();
    let heard = relay.heard();
    let plain: Vec<_> = heard.iter().filter_map(|line| line.strip_prefix("plain ")).collect();
    assert!(plain.len() == 2 && plain[0].starts_with("EHLO") && plain[1] == "STARTTLS", "{plain:?}");
    assert!(heard.iter().any(|line| line == "RCPT TO:<nina@example.org>"), "{heard:?}");
}

#[tokio::test]
async fn a_certificate_that_does_not_fit_ends_it_before_anything_is_said() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    for (host, expired, trusted) in [
        ("localhost", false, None),
        ("localhost", false, Some(&theirs)),
        ("mail.example.org", false, Some(&ours)),
        ("localhost", true, Some(&ours)),
    ] {
        let mut relay = Relay::start(ours.acceptor(host, expired), true).await;
        let error = relay
            .mail("smtps://nina@localhost", trusted)
            .send(&letter("nina@example.org"))
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Unavailable(_)), "{error}");
        assert!(error.to_string().contains("certificate"), "{error}");
        assert_eq!(relay.heard(), Vec::<String>::new(), "{host}");
    }
    let mut relay = Relay::start(ours.acceptor(ELSEWHERE, false), false).await;
    let mail = relay.mail(&format!("smtp://nina@{ELSEWHERE}"), Some(&theirs));
    assert!(matches!(mail.send(&letter("nina@example.org")).await, Err(Error::Unavailable(_))));
    assert!(relay.heard().iter().all(|line| line.starts_with("plain ")));
}

#[test]
fn a_file_that_holds_no_certificates_is_a_mistake() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("ca.pem");
    let open = || Mail::open("smtps://relay.example", FROM, None, Some(&file));
    assert!(matches!(open(), Err(Error::Config(why)) if why.starts_with("mail.tls_ca_file")));
    for text in ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        std::fs::write(&file, text).unwrap();
        assert!(matches!(open(), Err(Error::Config(why)) if why.starts_with("mail.tls_ca_file")), "{text}");
    }
}

/// The tools from `PyPI` that the tests of the house have installed.
#[expect(clippy::disallowed_methods, reason = "tests have no config loader")]
fn aiosmtpd() -> Option<PathBuf> {
    let tools = std::env::var("PYTHON_TOOLS").ok();
    let required = std::env::var("HATHOR_TEST_REQUIRE_ALL").is_ok_and(|value| value == "1");
    assert!(tools.is_some() || !required, "PYTHON_TOOLS must name a folder with aiosmtpd");
    tools.map(|folder| PathBuf::from(folder).join("aiosmtpd"))
}

/// Runs until it is dropped.
struct Child(std::process::Child);

impl Drop for Child {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[tokio::test]
async fn a_server_that_is_not_ours_takes_letters_both_ways() {
    let Some(program) = aiosmtpd() else { return };
    let authority = Authority::new();
    for (host, url, options) in [
        ("localhost", "smtps://localhost", ["--smtpscert", "--smtpskey"]),
        (ELSEWHERE, "smtp://0.0.0.0", ["--tlscert", "--tlskey"]),
    ] {
        let (certificate, key) = authority.certificate(host, false);
        let folder = tempfile::tempdir().unwrap();
        let files = [folder.path().join("cert.pem"), folder.path().join("key.pem")];
        std::fs::write(&files[0], certificate.pem()).unwrap();
        std::fs::write(&files[1], key.serialize_pem()).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let said = folder.path().join("said");
        let mut command = std::process::Command::new(&program);
        command.args(["-n", "-c", "aiosmtpd.handlers.Debugging", "-l", &format!("127.0.0.1:{port}")]);
        command.arg(options[0]).arg(&files[0]).arg(options[1]).arg(&files[1]).arg("stdout");
        command.env("PYTHONUNBUFFERED", "1").stdout(std::fs::File::create(&said).unwrap());
        let _server = Child(command.spawn().unwrap());
        for _ in 0..400 {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let mail = Mail::open(&format!("{url}:{port}"), FROM, None, Some(&authority.file)).unwrap();
        mail.send(&letter("nina@example.org")).await.unwrap();
        let text = std::fs::read_to_string(&said).unwrap();
        assert!(text.contains("To: nina@example.org") && text.contains("Hello Nina."), "{text}");
    }
}
