//! Where a browser goes: to a provider and back. Every answer sends it on to a page, errors included.

use axum::{
    Extension,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
};
use hathor_core::Code;
use hathor_kit::{Ctx, Error, Path, Query, Result, error::Problem};
use serde::Deserialize;

use crate::{
    factors::SignIn,
    linked::{
        cookies::Crumb,
        model::Next,
        openid::Memory,
        pending::Doorstep,
        provider::{Brought, Provider},
        service::{self, Arrived, Landing},
        trip::Trip,
    },
    routes::visit::{Passing, Visit},
};

/// Where to go afterwards.
#[derive(Debug, Deserialize)]
pub(super) struct Start {
    next: Option<String>,
}

/// What providers send along; they send more than we look at.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answer {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// Sign in with a provider
///
/// For browsers: sends them to the provider, and to `/sign-in?problem=CODE&provider=ID` if that cannot be done.
#[utoipa::path(get, path = "/api/auth/oauth/{provider}/start", tag = "auth", security(()),
    extensions(("x-policy" = json!("public"))),
    params(("provider" = String, Path, description = "id of a provider"),
        ("next" = Option<String>, Query, description = "where to go afterwards: a path of our page, else `/`")),
    responses((status = 303, description = "to the provider"), (status = 400, body = Problem), (status = 404, description = "there is no such provider", body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn start(
    State(ctx): State<Ctx>,
    Extension(memory): Extension<Memory>,
    Path(id): Path<String>,
    Query(query): Query<Start>,
    headers: HeaderMap,
    visit: Result<Passing, Error>,
) -> Result<Response> {
    let provider = Provider::called(&ctx, &memory, &id)?;
    Ok(match visit {
        Err(error) => sign_in_page(&provider, &error),
        Ok(Passing(visit)) => leave(&ctx, &provider, &visit, &headers, query.next.as_deref())
            .await
            .unwrap_or_else(|error| sign_in_page(&provider, &error)),
    })
}

async fn leave(
    ctx: &Ctx,
    provider: &Provider<'_>,
    visit: &Visit,
    headers: &HeaderMap,
    next: Option<&str>,
) -> Result<Response> {
    let cookie = Crumb::Trip.read(visit.carriage, headers);
    let (trip, door) = service::leave(ctx, provider, cookie, &Next::or_home(next), None).await?;
    let cookie = Crumb::Trip.keep(visit.carriage, trip.browser())?;
    Ok(see_other(door.as_str(), vec![cookie]))
}

/// Come back from a provider
///
/// For browsers: sends them where they wanted to go, signed in; to `/welcome` if they have no account yet, to
/// `/sign-in/factor` if one thing more must be proved, to `/sign-in?problem=CODE&provider=ID` if they cannot come in.
/// Who went to link an account comes back with `?linked=ID` or `?problem=CODE`.
#[utoipa::path(get, path = "/api/auth/oauth/{provider}/callback", tag = "auth", security(()),
    extensions(("x-policy" = json!("link"))),
    params(("provider" = String, Path, description = "id of a provider"), ("state" = Option<String>, Query, description = "as it was sent"),
        ("code" = Option<String>, Query, description = "what the provider takes back"), ("iss" = Option<String>, Query, description = "who answers (RFC 9207)"),
        ("error" = Option<String>, Query, description = "why there is no code")),
    responses((status = 303, description = "to a page"), (status = 400, body = Problem), (status = 404, description = "there is no such provider", body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(super) async fn callback(
    State(ctx): State<Ctx>,
    Extension(memory): Extension<Memory>,
    Path(id): Path<String>,
    answer: Result<Query<Answer>, Error>,
    headers: HeaderMap,
    visit: Result<Passing, Error>,
) -> Result<Response> {
    let provider = Provider::called(&ctx, &memory, &id)?;
    let visit = match visit {
        Ok(Passing(visit)) => visit,
        Err(error) => return Ok(sign_in_page(&provider, &error)),
    };
    // what cannot be read is no state of ours
    let Answer { state, code, iss, error } = answer.map(|Query(answer)| answer).unwrap_or_default();
    let trip = Trip::end(Crumb::Trip.read(visit.carriage, &headers), state.as_deref());
    let landing = service::land(&ctx, &provider, trip, Brought { code, iss, error }, &visit).await;
    show_in(&ctx, &provider, &visit, landing)
}

fn show_in(ctx: &Ctx, provider: &Provider<'_>, visit: &Visit, landing: Landing) -> Result<Response> {
    let Landing { next, linking, outcome } = landing;
    Ok(match outcome {
        Ok(Arrived::Known(sign_in)) => match *sign_in {
            SignIn::Done(opened) => see_other(next.as_str(), visit.carriage.cookies(&opened, ctx.now())?),
            SignIn::Second(challenge) => {
                doorstep(visit, "/sign-in/factor", &Doorstep::second(&challenge, next.as_str()))?
            }
        },
        Ok(Arrived::Newcomer(secret)) => {
            doorstep(visit, "/welcome", &Doorstep::Newcomer { secret: secret.reveal().to_owned() })?
        }
        Ok(Arrived::Linked) => see_other(&next.with("linked", provider.id()), Vec::new()),
        Ok(Arrived::LinkNeeded) => sign_in_page(provider, &Code::LinkNeeded.into()),
        Err(error) if linking => {
            tell(provider, &error);
            see_other(&next.with("problem", error.code.as_str()), Vec::new())
        }
        Err(error) => sign_in_page(provider, &error),
    })
}

/// Who comes too often is told so by a page too.
pub(super) async fn too_often(request: Request, next: middleware::Next) -> Response {
    let mut response = next.run(request).await;
    if response.status() != StatusCode::TOO_MANY_REQUESTS {
        return response;
    }
    let mut page = see_other(&format!("/sign-in?problem={}", Code::Limited.as_str()), Vec::new());
    if let Some(wait) = response.headers_mut().remove(header::RETRY_AFTER) {
        page.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    page
}

fn doorstep(visit: &Visit, page: &str, doorstep: &Doorstep) -> Result<Response> {
    let cookie = doorstep.write().map_err(Error::internal)?;
    Ok(see_other(page, vec![Crumb::Pending.keep(visit.carriage, &cookie)?]))
}

fn sign_in_page(provider: &Provider<'_>, error: &Error) -> Response {
    tell(provider, error);
    let (code, id) = (error.code.as_str(), provider.id());
    see_other(&format!("/sign-in?problem={code}&provider={id}"), Vec::new())
}

/// The page shows a sentence; the cause is for the operator.
fn tell(provider: &Provider<'_>, error: &Error) {
    metrics::counter!("provider_sign_ins_refused_total", "code" => error.code.as_str()).increment(1);
    if let Some(cause) = &error.cause {
        tracing::warn!(provider.id = provider.id(), error.code = error.code.as_str(), error.message = %cause, "signing in elsewhere did not work");
    }
}

fn see_other(to: &str, cookies: Vec<HeaderValue>) -> Response {
    let Ok(to) = HeaderValue::try_from(to) else {
        return Error::internal("an address that no header can hold").into_response();
    };
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
