//! Budgets: token buckets per person, or per network address for those who have not signed in.
//!
//! A bucket ([`bucket`]) lies in the memory of its process, so paying costs no round trip and never waits. In a fleet the
//! nodes tell each other over the bus what was paid ([`share`]); each draws it from its own buckets as well. While the bus is
//! away every node counts for itself. Wrong passwords for one account have a count of their own ([`tries`]), which delays and
//! never locks. [`charge`] is the layer that routes use.

mod bucket;
mod charge;
mod share;
mod tries;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use hathor_core::{Code, Timestamp, UserId};
use serde::{Deserialize, Serialize};

use self::{
    bucket::{Bucket, Paid},
    share::Outgoing,
    tries::Tries,
};
pub use self::{
    charge::{charge, charge_success},
    share::share,
};
use crate::{Error, Result, config::limits::LimitsConfig};

/// Whose bucket it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// What a secret is tried for: an account, known by a hash, so that no name travels over the bus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Subject([u8; 16]);

impl Subject {
    /// What `purpose` calls `key`.
    pub fn of(purpose: &str, key: &str) -> Self {
        let mut first = [0; 16];
        first.copy_from_slice(&hathor_token::secret_hash(&format!("{purpose}\0{key}"))[..16]);
        Self(first)
    }
}

/// Declares the budgets: the variant, what it is called in headers and metrics, its key in the configuration, and whether
/// other nodes hear of it at once.
macro_rules! budgets {
    ($($(#[$meta:meta])* $variant:ident = $field:ident $name:literal $speed:ident,)+) => {
        /// What is being paid for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Budget { $($(#[$meta])* $variant,)+ }

        impl Budget {
            /// What headers and metrics call it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            const fn speed(self) -> Speed {
                match self { $(Self::$variant => Speed::$speed),+ }
            }
        }

        /// A bucket for each budget; the general one has two sizes.
        struct Buckets { api_user: Bucket, $($field: Bucket),+ }

        impl Buckets {
            fn new(config: &LimitsConfig) -> Self {
                Self { api_user: Bucket::new(config.api_user), $($field: Bucket::new(config.$field)),+ }
            }

            fn of(&self, budget: Budget, payer: Payer) -> &Bucket {
                match (budget, payer) {
                    (Budget::Api, Payer::User(_)) => &self.api_user,
                    $((Budget::$variant, _) => &self.$field),+
                }
            }

            fn all(&self) -> impl Iterator<Item = &Bucket> {
                [&self.api_user, $(&self.$field),+].into_iter()
            }
        }
    };
}

budgets! {
    /// Any call of the API.
    Api = api_anonymous "api" Soon,
    /// Tries to sign in.
    Login = login "login" Now,
    /// Tries to sign up.
    Register = register "register" Now,
    /// Accounts that were made.
    Account = account "account" Now,
    /// Letters that somebody asks for without being signed in.
    Reset = reset "reset" Now,
    /// Tries of a code or a link that could be guessed.
    Code = code "code" Now,
    /// New access tokens.
    Refresh = refresh "refresh" Soon,
    /// Requests that send files.
    Upload = upload "upload" Soon,
    /// Requests for links that play.
    Play = play "play" Soon,
    /// Questions to the search.
    Search = search "search" Soon,
}

/// When other nodes hear of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speed {
    /// At once: few are paid, and each counts.
    Now,
    /// With all others of the same quarter of a second.
    Soon,
}

/// Every bucket of this process.
pub struct Limits {
    buckets: Buckets,
    tries: Tries,
    outgoing: Outgoing,
}

/// What is left in a bucket after paying.
#[derive(Clone, Copy, Debug)]
pub struct Left {
    /// What was paid for.
    budget: Budget,
    /// Payments in [`Left::window`].
    limit: u32,
    /// Payments that could be made at once now.
    remaining: u32,
    /// Seconds in which an empty bucket fills for `limit` payments.
    window: u32,
    /// Seconds until the next payment, if this one was refused.
    wait: Option<u64>,
}

impl Limits {
    /// Buckets of the sizes that `config` gives.
    pub fn new(config: &LimitsConfig) -> Self {
        Self {
            buckets: Buckets::new(config),
            tries: Tries::new(config.login_account),
            outgoing: Outgoing::default(),
        }
    }

    /// Takes one token of `budget` from `payer`, or says when there will be one.
    pub fn pay(&self, budget: Budget, payer: Payer, now: Timestamp) -> Result<Left> {
        let left = self.draw(budget, payer, now);
        if let Some(wait) = left.wait {
            return Err(refusal(wait));
        }
        self.outgoing.spent(budget, payer);
        Ok(left)
    }

    /// As [`Limits::pay`], but no other node hears of it yet: see [`Limits::keep`] and [`Limits::give_back`].
    fn draw(&self, budget: Budget, payer: Payer, now: Timestamp) -> Left {
        let bucket = self.buckets.of(budget, payer);
        let rate = bucket.rate();
        let (remaining, wait) = match bucket.pay(payer, now) {
            Paid::Yes { remaining } => (remaining, None),
            Paid::No { wait } => {
                metrics::counter!("rate_limited_total", "budget" => budget.name()).increment(1);
                (0, Some(wait))
            }
        };
        Left { budget, limit: rate.count, remaining, window: rate.seconds, wait }
    }

    /// What was drawn stays drawn.
    fn keep(&self, budget: Budget, payer: Payer) {
        self.outgoing.spent(budget, payer);
    }

    /// What was drawn was not needed.
    fn give_back(&self, budget: Budget, payer: Payer) {
        self.buckets.of(budget, payer).give_back(payer);
    }

    /// Begins a try of a secret of `subject` from `payer`'s network. It counts as wrong until [`Limits::succeeded`]; after
    /// too many wrong ones the network waits, and only this network.
    pub fn attempt(&self, subject: Subject, payer: Payer, now: Timestamp) -> Result<()> {
        if let Err(wait) = self.tries.begin(subject, payer, now) {
            metrics::counter!("rate_limited_total", "budget" => "login_account").increment(1);
            return Err(refusal(wait));
        }
        self.outgoing.tried(subject, payer, false);
        Ok(())
    }

    /// The try was right: what this network got wrong before is forgotten.
    pub fn succeeded(&self, subject: Subject, payer: Payer) {
        self.tries.forgive(subject, payer);
        self.outgoing.tried(subject, payer, true);
    }

    /// Nobody looked whether the try was right, so it does not count.
    pub fn unjudged(&self, subject: Subject, payer: Payer, now: Timestamp) {
        self.tries.withdraw(subject, payer, now);
    }

    /// Forgets payers whose buckets are full again, so that memory follows the traffic of now.
    pub fn forget_the_idle(&self, now: Timestamp) {
        self.buckets.all().for_each(|bucket| bucket.forget_the_full(now));
        self.tries.forget_the_old(now);
    }
}

fn refusal(wait: u64) -> Error {
    Error::new(Code::Limited).retry_after(wait).with_detail(format!("try again in {wait} s"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::limits::Rate;

    #[test]
    fn an_empty_bucket_says_when_to_come_back() {
        let login = Rate::new(2, 60);
        let limits = Limits::new(&LimitsConfig { login, ..LimitsConfig::default() });
        let (payer, now) =
            (Payer::of([203, 0, 113, 7].into()), Timestamp::from_micros(1_700_000_000_000_000));
        assert!(limits.pay(Budget::Login, payer, now).is_ok());
        assert_eq!(limits.pay(Budget::Login, payer, now).unwrap().remaining, 0);
        let refused = limits.pay(Budget::Login, payer, now).unwrap_err();
        assert_eq!((refused.code, refused.retry_after), (Code::Limited, Some(30)));
        assert!(limits.pay(Budget::Login, Payer::of([203, 0, 113, 8].into()), now).is_ok());
        assert!(limits.pay(Budget::Refresh, payer, now).is_ok(), "another budget is another bucket");
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

    #[test]
    fn the_budgets_are_those_that_are_promised() {
        let limits = LimitsConfig::default();
        for (rate, promised) in [
            (limits.login, (100, 900, 0)),
            (limits.login_account, (10, 3_600, 0)),
            (limits.register, (100, 900, 0)),
            (limits.account, (20, 3_600, 0)),
            (limits.reset, (10, 3_600, 0)),
            (limits.reset_address, (3, 3_600, 0)),
            (limits.refresh, (30, 60, 0)),
            (limits.api_anonymous, (300, 300, 0)),
            (limits.api_user, (1_500, 300, 0)),
            (limits.upload, (300, 1_800, 0)),
        ] {
            assert_eq!((rate.count, rate.seconds, rate.burst), promised);
        }
    }
}
