//! One provider: where people are sent, and what the code they bring back tells of them.

use axum::http::{Request, header};
use hathor_core::{Code, Timestamp};
use hathor_kit::{
    Ctx, Error, Result,
    config::providers::ProviderConfig,
    outbound::{OutboundError, Terms},
};
use openidconnect::{
    AccessToken, AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet,
    EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    Scope, TokenResponse, TokenUrl,
    core::{CoreAuthenticationFlow, CoreClient, CoreJsonWebKeySet, CoreTokenResponse},
};
use serde_json::Value;
use url::Url;

use super::{
    model::{Introduction, Said, failed, unavailable},
    openid::{Asking, Known, Memory},
    profile,
    token::{Doubt, Expected},
    trip::Trip,
};

/// No answer of a provider has to be larger.
const MOST: usize = 1 << 20;
/// The longest code that is passed on.
const LONGEST_CODE: usize = 4_096;

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet, EndpointNotSet>;

/// A provider of the configuration.
pub(super) struct Provider<'a> {
    ctx: &'a Ctx,
    memory: &'a Memory,
    id: &'a str,
    config: &'a ProviderConfig,
    terms: Terms,
}

/// What a provider is called: by the configuration, and by people.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) name: String,
}

/// What a provider told us of its doors: by its document, or by the configuration.
enum Doors<'a> {
    OpenId(Known),
    Plain { authorize: &'a Url, token: &'a Url, userinfo: &'a Url },
}

/// What a provider sends somebody back with.
#[derive(Clone, Debug, Default)]
pub(super) struct Brought {
    pub(super) code: Option<String>,
    pub(super) iss: Option<String>,
    pub(super) error: Option<String>,
}

impl<'a> Provider<'a> {
    /// The provider called `id`, if there is one.
    pub(super) fn called(ctx: &'a Ctx, memory: &'a Memory, id: &str) -> Result<Self> {
        let (id, config) = ctx.config.auth.providers.get_key_value(id).ok_or(Code::NotFound)?;
        let issuer = config.issuer.as_deref().and_then(|issuer| Url::parse(issuer).ok());
        let named =
            [&issuer, &config.authorize_url, &config.token_url, &config.userinfo_url, &config.emails_url];
        let terms = if config.own_network { Terms::own_network() } else { Terms::internet() };
        let terms = terms.and_ports_of(named.into_iter().flatten()).at_most(MOST);
        Ok(Self { ctx, memory, id, config, terms })
    }

    /// Its id.
    pub(super) const fn id(&self) -> &'a str {
        self.id
    }

    /// What it is called.
    pub(super) fn named(&self) -> Named {
        Named { id: self.id.to_owned(), name: self.config.shown(self.id).to_owned() }
    }

    /// Where somebody who begins `trip` is sent.
    pub(super) async fn door(&self, trip: &Trip) -> Result<Url> {
        let client = self.client(&self.doors().await?)?;
        let (state, nonce) = (trip.state().to_owned(), trip.nonce());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(trip.verifier()));
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(challenge);
        for scope in self.scopes() {
            request = request.add_scope(Scope::new(scope.to_owned()));
        }
        Ok(request.url().0)
    }

    /// Who somebody is who came back from `trip` with `brought`.
    pub(super) async fn introduce(&self, trip: &Trip, brought: Brought) -> Result<Introduction> {
        if let Some(error) = brought.error {
            return Err(refusal(&error));
        }
        let code = brought.code.filter(|code| code.len() <= LONGEST_CODE);
        let code = code.ok_or_else(|| failed("it sent somebody back without a code"))?;
        let doors = self.doors().await?;
        same_issuer(&doors, brought.iss.as_deref())?;
        let tokens = self.exchange(&doors, trip, code).await?;
        let (issuer, said) = match doors {
            Doors::OpenId(known) => {
                let said = self.by_token(&known, trip, &tokens).await?;
                (known.document.issuer.clone(), said)
            }
            Doors::Plain { userinfo, .. } => {
                (userinfo.as_str().to_owned(), self.by_object(userinfo, tokens.access_token()).await?)
            }
        };
        said.by(&issuer, self.config.trust_email).ok_or_else(|| failed("what it says names nobody"))
    }

    async fn doors(&self) -> Result<Doors<'a>> {
        let config = self.config;
        if let Some(issuer) = &config.issuer {
            return self.memory.of(issuer, &self.asking()).await.map(Doors::OpenId);
        }
        match (&config.authorize_url, &config.token_url, &config.userinfo_url) {
            (Some(authorize), Some(token), Some(userinfo)) => Ok(Doors::Plain { authorize, token, userinfo }),
            _ => Err(Error::internal("a provider without addresses passed the configuration's check")),
        }
    }

    fn asking(&self) -> Asking<'_> {
        Asking { outbound: &self.ctx.outbound, terms: &self.terms, now: self.now() }
    }

    fn now(&self) -> Timestamp {
        self.ctx.now()
    }

    fn scopes(&self) -> Vec<&str> {
        if self.config.issuer.is_some() && self.config.scopes.is_empty() {
            return vec!["email", "profile"];
        }
        // the client adds `openid` by itself where it is due
        self.config.scopes.iter().map(String::as_str).filter(|scope| *scope != "openid").collect()
    }

    fn client(&self, doors: &Doors<'_>) -> Result<Client> {
        let (issuer, authorize, token) = match doors {
            Doors::OpenId(Known { document, .. }) => {
                (document.issuer.as_str(), &document.authorization_endpoint, &document.token_endpoint)
            }
            Doors::Plain { authorize, token, userinfo } => (userinfo.as_str(), *authorize, *token),
        };
        let issuer = IssuerUrl::new(issuer.to_owned()).map_err(failed)?;
        let id = ClientId::new(self.config.client_id.clone());
        let mut client = CoreClient::new(id, issuer, CoreJsonWebKeySet::default());
        if let Some(secret) = &self.config.client_secret {
            client = client.set_client_secret(ClientSecret::new(secret.reveal().to_owned()));
        }
        if matches!(doors, Doors::Plain { .. }) {
            client = client.disable_openid_scope();
        }
        Ok(client
            .set_auth_type(auth_type(doors))
            .set_redirect_uri(self.way_back()?)
            .set_auth_uri(AuthUrl::from_url(authorize.clone()))
            .set_token_uri(TokenUrl::from_url(token.clone())))
    }

    /// Each provider has a way back of its own, so that none can pass off another's code.
    fn way_back(&self) -> Result<RedirectUrl> {
        let url = format!("{}/api/auth/oauth/{}/callback", self.ctx.config.http.home(), self.id);
        RedirectUrl::new(url).map_err(Error::internal)
    }

    async fn exchange(&self, doors: &Doors<'_>, trip: &Trip, code: String) -> Result<CoreTokenResponse> {
        let client = self.client(doors)?;
        let send = |request: Request<Vec<u8>>| {
            let (outbound, terms) = (self.ctx.outbound.clone(), self.terms.clone());
            async move { outbound.send(request, &terms).await }
        };
        let request = client.exchange_code(AuthorizationCode::new(code));
        let tokens = request.set_pkce_verifier(PkceCodeVerifier::new(trip.verifier())).request_async(&send);
        tokens.await.map_err(|error| match error {
            openidconnect::RequestTokenError::Request(error) => no_answer(error),
            // a parse error would repeat what may hold tokens
            openidconnect::RequestTokenError::Parse(error, _) => {
                failed(format!("its answer for a code cannot be read: {}", error.path()))
            }
            openidconnect::RequestTokenError::ServerResponse(refused) => {
                failed(format!("it refused the code: {}", refused.error().as_ref()))
            }
            openidconnect::RequestTokenError::Other(what) => failed(what),
        })
    }

    /// OpenID Connect: the token says who it is; the address may have to be asked for.
    async fn by_token(&self, known: &Known, trip: &Trip, tokens: &CoreTokenResponse) -> Result<Said> {
        let token = tokens.id_token().ok_or_else(|| failed("it sent no id_token"))?;
        let (issuer, client) = (&known.document.issuer, ClientId::new(self.config.client_id.clone()));
        let issuer_url = IssuerUrl::new(issuer.clone()).map_err(failed)?;
        let nonce = Nonce::new(trip.nonce());
        let judge = |keys: &CoreJsonWebKeySet| {
            let (issuer, client, nonce, now) = (&issuer_url, &client, &nonce, self.now());
            Expected { issuer, client, keys, nonce, access_token: tokens.access_token(), now }.judge(token)
        };
        let judged = match judge(&known.keys) {
            Err(Doubt::UnknownKey) => match self.memory.with_new_keys(issuer, &self.asking()).await? {
                Some(newer) => judge(&newer.keys),
                None => Err(Doubt::UnknownKey),
            },
            judged => judged,
        };
        let mut said = judged.map_err(|doubt| match doubt {
            Doubt::UnknownKey => failed("its id_token is signed by a key that it does not show"),
            Doubt::Wrong(why) => failed(format!("its id_token is wrong: {why}")),
        })?;
        if let (None, Some(userinfo)) = (&said.email, &known.document.userinfo_endpoint) {
            let object = self.ask(userinfo, tokens.access_token()).await?;
            profile::complete(&mut said, &object)?;
        }
        Ok(said)
    }

    /// OAuth 2: an object says who it is, and perhaps a list which of their addresses is verified.
    async fn by_object(&self, userinfo: &Url, token: &AccessToken) -> Result<Said> {
        let mut said = profile::read(&self.ask(userinfo, token).await?, self.config)?;
        if let Some(emails) = &self.config.emails_url {
            profile::best_email(&mut said, &self.ask(emails, token).await?);
        }
        Ok(said)
    }

    async fn ask(&self, url: &Url, token: &AccessToken) -> Result<Value> {
        let request = Request::get(url.as_str())
            .header(header::ACCEPT, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {}", token.secret()))
            .body(Vec::new())
            .map_err(failed)?;
        let answer = self.ctx.outbound.send(request, &self.terms).await.map_err(no_answer)?;
        if !answer.status().is_success() {
            return Err(failed(format!("asked who it is, it answered {}", answer.status())));
        }
        serde_json::from_slice(answer.body()).map_err(failed)
    }
}

/// A proper secret in the header, unless the provider knows only the body (GitHub's kind always does).
fn auth_type(doors: &Doors<'_>) -> AuthType {
    let Doors::OpenId(known) = doors else { return AuthType::RequestBody };
    let methods = &known.document.token_endpoint_auth_methods_supported;
    let takes = |method: &str| methods.iter().any(|one| one == method);
    if takes("client_secret_post") && !takes("client_secret_basic") {
        AuthType::RequestBody
    } else {
        AuthType::BasicAuth
    }
}

/// RFC 9207: who announces to say who answers must say it, and whoever says it must be the one who was asked.
fn same_issuer(doors: &Doors<'_>, iss: Option<&str>) -> Result<()> {
    let Doors::OpenId(Known { document, .. }) = doors else { return Ok(()) };
    match iss {
        Some(iss) if iss != document.issuer => Err(failed("the answer is another provider's (iss)")),
        None if document.authorization_response_iss_parameter_supported => {
            Err(failed("the answer does not say whose it is (iss)"))
        }
        _ => Ok(()),
    }
}

/// The person said no, or the provider did.
fn refusal(error: &str) -> Error {
    match error {
        "access_denied" | "login_required" | "interaction_required" | "consent_required" => {
            Code::ProviderRefused.into()
        }
        "temporarily_unavailable" | "server_error" => unavailable("it said so itself"),
        other => failed(format!(
            "it sent somebody back with the error {:?}",
            other.chars().take(50).collect::<String>()
        )),
    }
}

fn no_answer(error: OutboundError) -> Error {
    match error {
        OutboundError::Unreachable(_) | OutboundError::TooSlow => unavailable(error),
        OutboundError::Refused(_) | OutboundError::TooLarge | OutboundError::Redirected(_) => failed(error),
    }
}
