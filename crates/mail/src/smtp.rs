//! Mail through a server.

use std::{path::Path, time::Duration};

use hathor_core::Secret;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{
        self,
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        response::Category,
    },
};

use crate::{Error, Message, Security, Sender, Server};

/// How long the server may take for each of its answers.
const ANSWER: Duration = Duration::from_secs(20);

/// A mail server. Connections are kept for a while, and shared.
#[derive(Clone, Debug)]
pub struct Smtp {
    relay: AsyncSmtpTransport<Tokio1Executor>,
    from: Sender,
}

impl Smtp {
    /// The way to `server`. Nothing is sent yet.
    pub fn new(
        server: &Server,
        password: Option<&Secret>,
        authority: Option<&Path>,
        from: Sender,
    ) -> Result<Self, Error> {
        let relay = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.as_str())
            .port(server.port)
            .timeout(Some(ANSWER))
            .tls(tls(server, authority)?);
        let relay = match (&server.user, password) {
            (None, _) => relay,
            (Some(_), None) => return Err(Error::Config("mail.password: the user of mail.url needs one")),
            // the server asks for the password itself
            (Some(user), Some(password)) => {
                relay.credentials(Credentials::new(user.clone(), password.reveal().to_owned()))
            }
        };
        Ok(Self { relay: relay.build(), from })
    }

    pub(crate) async fn send(&self, message: &Message) -> Result<(), Error> {
        let letter = message.compose(&self.from)?;
        self.relay.send(letter).await.map(drop).map_err(|error| judge(&error))
    }
}

fn tls(server: &Server, authority: Option<&Path>) -> Result<Tls, Error> {
    let authority = authority.map(certificates).transpose()?;
    let parameters = || {
        let mut builder = TlsParameters::builder(server.host.clone());
        if let Some(authority) = &authority {
            builder = builder.add_root_certificate(authority.clone());
        }
        builder.build().map_err(|_| {
            Error::Config(if authority.is_some() {
                "mail.tls_ca_file: holds a certificate that cannot be read"
            } else {
                "mail.url: no certificate can name this host"
            })
        })
    };
    Ok(match server.security {
        Security::Tls => Tls::Wrapper(parameters()?),
        Security::StartTls => Tls::Required(parameters()?),
        Security::Loopback => Tls::None,
    })
}

fn certificates(file: &Path) -> Result<Certificate, Error> {
    let none = Error::Config("mail.tls_ca_file: is no file of certificates in PEM form");
    let Ok(pem) = std::fs::read_to_string(file) else { return Err(none) };
    if !pem.contains("-----BEGIN CERTIFICATE-----") {
        return Err(none);
    }
    Certificate::from_pem(pem.as_bytes()).map_err(|_| none)
}

/// A 5xx is about the letter and final, but for those about our signing in (x3x): an operator can mend them.
/// Of an answer only its number is told, since its words may hold the address.
fn judge(error: &smtp::Error) -> Error {
    match error.status() {
        Some(code) if error.is_permanent() && code.category != Category::Unspecified3 => {
            Error::Refused(format!("the mail server answers {code}"))
        }
        Some(code) => Error::Unavailable(format!("the mail server answers {code}")),
        None => Error::Unavailable(error.to_string()),
    }
}
