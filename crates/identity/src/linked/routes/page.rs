//! What our page asks about somebody who has come back and is not in yet.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use hathor_core::{Code, Secret};
use hathor_kit::{
    Ctx, Error, Json, Result,
    error::{Problem, seconds_until},
    origin::{Proof, own_page},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    factors::FactorKind,
    linked::{
        cookies::Crumb,
        pending::Doorstep,
        service::{self, Wish},
    },
    routes::{
        auth::{SignedIn, welcome},
        visit::{Passing, Visit},
    },
};

/// What is left to do.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Pending {
    /// Choose a name: `POST /api/auth/oauth/finish`.
    Onboarding {
        /// Id of the provider.
        provider: String,
        /// A name that could be one, or nothing. It may be taken.
        suggested_username: Option<String>,
        /// The address that the account will have.
        email: String,
        /// What others could see.
        display_name: Option<String>,
        /// Where to go afterwards.
        next: String,
    },
    /// Prove one thing more: `POST /api/auth/factor`.
    Factor {
        /// Send it with the second factor.
        challenge: String,
        /// What this account can prove, best first.
        factors: Vec<FactorKind>,
        /// Seconds until the challenge is void.
        expires_in: u64,
        /// Where to go afterwards.
        next: String,
    },
}

/// What a newcomer chose. The address is the provider's.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Finish {
    /// 3 to 50 of `A-Z a-z 0-9 _ . -`; unique whatever the case.
    #[serde(default)]
    #[schema(
        required = true,
        min_length = 3,
        max_length = 50,
        pattern = "^[A-Za-z0-9_.-]+$",
        example = "nina"
    )]
    username: String,
    /// What others see; the username unless given.
    #[serde(default)]
    #[schema(max_length = 100)]
    display_name: Option<String>,
    /// `YYYY-MM-DD`, where the server asks for it. It is judged and not kept.
    #[serde(default)]
    #[schema(example = "2001-09-30")]
    birth_date: Option<String>,
    /// An invitation, where the server asks for one.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    invite: Option<Secret>,
}

/// What is left to do after coming back from a provider
#[utoipa::path(get, path = "/api/auth/oauth/pending", tag = "auth", security(()),
    extensions(("x-policy" = json!("link"))),
    responses((status = 200, body = Pending), (status = 403, description = "`insecure_transport`", body = Problem),
        (status = 410, description = "`attempt_expired`: nobody waits, or it took too long", body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn pending(
    State(ctx): State<Ctx>,
    headers: HeaderMap,
    Passing(visit): Passing,
) -> Result<Json<Pending>> {
    let now = ctx.now();
    match doorstep(&visit, &headers)? {
        Doorstep::Newcomer { secret } => {
            let new = service::newcomer(&ctx, &secret).await?;
            Ok(Json(Pending::Onboarding {
                provider: new.provider,
                suggested_username: Some(new.username).filter(|name| !name.is_empty()),
                email: new.email,
                display_name: new.display_name,
                next: new.next,
            }))
        }
        Doorstep::Factor { until, .. } if Doorstep::moment(until) <= now => Err(Code::AttemptExpired.into()),
        Doorstep::Factor { challenge, factors, until, next } => {
            let expires_in = seconds_until(now, Doorstep::moment(until));
            Ok(Json(Pending::Factor { challenge, factors, expires_in, next }))
        }
    }
}

/// Choose a name and be signed in
///
/// For who came from a provider without an account. The rules are those of signing up.
#[utoipa::path(post, path = "/api/auth/oauth/finish", tag = "auth", request_body = Finish, security(()),
    extensions(("x-policy" = json!("link"))),
    responses((status = 201, body = SignedIn), (status = 400, body = Problem),
        (status = 403, description = "`registration_closed`, `invite_required`, `too_young`, `insecure_transport` or `foreign_origin`", body = Problem),
        (status = 409, description = "`username_taken`, `link_needed` or `already_linked`", body = Problem),
        (status = 410, description = "`attempt_expired`", body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn finish(
    State(ctx): State<Ctx>,
    headers: HeaderMap,
    Passing(visit): Passing,
    Json(body): Json<Finish>,
) -> Result<Response> {
    own_page(&ctx.config, &headers, Proof::Page)?;
    let Doorstep::Newcomer { secret } = doorstep(&visit, &headers)? else {
        return Err(Code::AttemptExpired.into());
    };
    let wish = Wish {
        username: &body.username,
        display_name: body.display_name.as_deref(),
        birth_date: body.birth_date.as_deref(),
        invite: body.invite.as_ref(),
    };
    let opened = service::finish(&ctx, &secret, &wish, &visit).await?;
    let mut response = welcome(&ctx, &visit, StatusCode::CREATED, opened).await?;
    response.headers_mut().append(header::SET_COOKIE, Crumb::Pending.forget(visit.carriage)?);
    Ok(response)
}

fn doorstep(visit: &Visit, headers: &HeaderMap) -> Result<Doorstep> {
    let cookie = Crumb::Pending.read(visit.carriage, headers);
    cookie.and_then(Doorstep::read).ok_or_else(|| Error::new(Code::AttemptExpired))
}
