//! Mail through a server.

use std::time::Duration;

use hathor_core::Secret;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{
        self,
        authentication::Credentials,
        client::{Tls, TlsParameters},
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
    pub fn new(server: &Server, password: Option<&Secret>, from: Sender) -> Result<Self, Error> {
        let relay = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.as_str())
            .port(server.port)
            .timeout(Some(ANSWER))
            .tls(tls(server)?);
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

fn tls(server: &Server) -> Result<Tls, Error> {
    let parameters = || {
        TlsParameters::new(server.host.clone())
            .map_err(|_| Error::Config("mail.url: no certificate can name this host"))
    };
    Ok(match server.security {
        Security::Tls => Tls::Wrapper(parameters()?),
        Security::StartTls => Tls::Required(parameters()?),
        Security::Loopback => Tls::None,
    })
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
