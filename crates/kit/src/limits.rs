//! Budgets: token buckets per person, or per network address for those who have not signed in.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header::HeaderName},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DashMapStateStore,
};
use hathor_core::{Code, UserId};

use crate::{
    Ctx, Error,
    config::limits::{LimitsConfig, Rate},
    viewer::Asker,
};

/// Whose bucket it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Payer {
    /// A signed-in person.
    User(UserId),
    /// One IPv4 address.
    V4(Ipv4Addr),
    /// One IPv6 network of /64: a household, or one machine that changes its address.
    V6([u8; 8]),
}

impl Payer {
    /// The payer behind `address`.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self::V4(v4),
            IpAddr::V6(v6) => Self::V6(network(v6)),
        }
    }
}

fn network(v6: Ipv6Addr) -> [u8; 8] {
    let mut first = [0; 8];
    first.copy_from_slice(&v6.octets()[..8]);
    first
}

/// What is being paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// Any call of the API.
    Api,
    /// Tries to sign in.
    Login,
    /// Tries to sign up.
    Register,
    /// New access tokens.
    Refresh,
    /// Requests that send files.
    Upload,
    /// Requests for links that play.
    Play,
    /// Questions to the search.
    Search,
}

type Bucket = RateLimiter<Payer, DashMapStateStore<Payer>, DefaultClock, StateInformationMiddleware>;

/// Every bucket of this process.
pub struct Limits {
    clock: DefaultClock,
    api_anonymous: Bucket,
    api_user: Bucket,
    login: Bucket,
    register: Bucket,
    refresh: Bucket,
    upload: Bucket,
    play: Bucket,
    search: Bucket,
}

/// What is left in a bucket after paying.
#[derive(Clone, Copy, Debug)]
pub struct Left {
    limit: u32,
    remaining: u32,
    window: Duration,
}

impl Limits {
    /// Buckets of the sizes that `config` gives.
    pub fn new(config: &LimitsConfig) -> Self {
        Self {
            clock: DefaultClock::default(),
            api_anonymous: bucket(config.api_anonymous),
            api_user: bucket(config.api_user),
            login: bucket(config.login),
            register: bucket(config.register),
            refresh: bucket(config.refresh),
            upload: bucket(config.upload),
            play: bucket(config.play),
            search: bucket(config.search),
        }
    }

    /// Takes one token of `budget` from `payer`, or says when there will be one.
    pub fn pay(&self, budget: Budget, payer: Payer) -> Result<Left, Error> {
        let bucket = self.bucket(budget, payer);
        match bucket.check_key(&payer) {
            Ok(snapshot) => {
                let quota = snapshot.quota();
                let limit = quota.burst_size().get();
                Ok(Left {
                    limit,
                    remaining: snapshot.remaining_burst_capacity(),
                    window: quota.burst_size_replenished_in(),
                })
            }
            Err(not_until) => {
                let wait = not_until.wait_time_from(self.clock.now()).as_secs() + 1;
                metrics::counter!("rate_limited_total", "budget" => format!("{budget:?}")).increment(1);
                Err(Error::new(Code::Limited).retry_after(wait).with_detail(format!("try again in {wait} s")))
            }
        }
    }

    /// Forgets payers whose buckets are full again, so that memory follows the traffic of now.
    pub fn forget_the_idle(&self) {
        for bucket in [
            &self.api_anonymous,
            &self.api_user,
            &self.login,
            &self.register,
            &self.refresh,
            &self.upload,
            &self.play,
            &self.search,
        ] {
            bucket.retain_recent();
            bucket.shrink_to_fit();
        }
    }

    fn bucket(&self, budget: Budget, payer: Payer) -> &Bucket {
        match (budget, payer) {
            (Budget::Api, Payer::User(_)) => &self.api_user,
            (Budget::Api, _) => &self.api_anonymous,
            (Budget::Login, _) => &self.login,
            (Budget::Register, _) => &self.register,
            (Budget::Refresh, _) => &self.refresh,
            (Budget::Upload, _) => &self.upload,
            (Budget::Play, _) => &self.play,
            (Budget::Search, _) => &self.search,
        }
    }
}

fn bucket(rate: Rate) -> Bucket {
    let count = NonZeroU32::new(rate.count).unwrap_or(NonZeroU32::MIN);
    let each = Duration::from_secs(rate.seconds.into()) / count.get();
    let quota = Quota::with_period(each.max(Duration::from_nanos(1))).unwrap_or(Quota::per_second(count));
    RateLimiter::keyed(quota.allow_burst(count)).with_middleware::<StateInformationMiddleware>()
}

/// Runs `next` once the budget is paid, before anything of the body is read.
/// Use: `.layer(from_fn_with_state(Budget::Login, limits::charge))`. A route that is not mounted in the house is free.
pub async fn charge(State(budget): State<Budget>, request: Request, next: Next) -> Response {
    let Some(ctx) = request.extensions().get::<Ctx>() else { return next.run(request).await };
    match ctx.limits.pay(budget, payer(&request, budget)) {
        Err(refused) => refused.into_response(),
        Ok(left) => {
            let mut response = next.run(request).await;
            left.write(response.headers_mut());
            response
        }
    }
}

/// Signing in and up is paid by the address even with a token, or a thief could try from many accounts.
fn payer(request: &Request, budget: Budget) -> Payer {
    let address = crate::origin::client(request.extensions());
    match (budget, request.extensions().get::<Asker>()) {
        (Budget::Login | Budget::Register, _) => Payer::of(address),
        (_, Some(Asker::Someone(viewer))) => Payer::User(viewer.user),
        _ => Payer::of(address),
    }
}

impl Left {
    fn write(self, headers: &mut HeaderMap) {
        const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
        const LEFT: HeaderName = HeaderName::from_static("ratelimit");
        if headers.contains_key(LEFT) {
            return; // the narrower budget has spoken already
        }
        let policy = format!("\"default\";q={};w={}", self.limit, self.window.as_secs());
        let left = format!("\"default\";r={}", self.remaining);
        if let (Ok(policy), Ok(left)) = (HeaderValue::try_from(policy), HeaderValue::try_from(left)) {
            headers.insert(POLICY, policy);
            headers.insert(LEFT, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_bucket_says_when_to_come_back() {
        let limits =
            Limits::new(&LimitsConfig { login: Rate { count: 2, seconds: 60 }, ..LimitsConfig::default() });
        let payer = Payer::of([203, 0, 113, 7].into());
        assert!(limits.pay(Budget::Login, payer).is_ok());
        assert_eq!(limits.pay(Budget::Login, payer).unwrap().remaining, 0);
        let refused = limits.pay(Budget::Login, payer).unwrap_err();
        assert_eq!(refused.code, Code::Limited);
        assert!((29..=31).contains(&refused.retry_after.unwrap()), "{:?}", refused.retry_after);
        assert!(limits.pay(Budget::Login, Payer::of([203, 0, 113, 8].into())).is_ok());
    }

    #[test]
    fn neighbours_in_one_v6_network_share_a_bucket() {
        let one: IpAddr = "2001:db8:1:2::3".parse().unwrap();
        let two: IpAddr = "2001:db8:1:2:ffff::9".parse().unwrap();
        let other: IpAddr = "2001:db8:1:3::3".parse().unwrap();
        assert_eq!(Payer::of(one), Payer::of(two));
        assert_ne!(Payer::of(one), Payer::of(other));
        assert_eq!(Payer::of("::ffff:203.0.113.7".parse().unwrap()), Payer::of([203, 0, 113, 7].into()));
    }
}
