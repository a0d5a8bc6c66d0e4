//! Request budgets. An album of 40 files must never meet one.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// `count` requests in `seconds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Requests; at least 1.
    pub count: u32,
    /// Seconds until an empty bucket is full again; at least 1.
    pub seconds: u32,
    /// How many of them at once; 0 is all.
    #[serde(default)]
    pub burst: u32,
}

impl Rate {
    /// All at once, if they like.
    pub const fn new(count: u32, seconds: u32) -> Self {
        Self { count, seconds, burst: 0 }
    }

    /// What [`Rate::count`] is counted over.
    pub fn window(self) -> Duration {
        Duration::from_secs(self.seconds.into())
    }

    /// How many may come at once.
    pub const fn at_once(self) -> u32 {
        match self.burst {
            0 => {
                if self.count == 0 {
                    1
                } else {
                    self.count
                }
            }
            burst => burst,
        }
    }
}

/// Request budgets.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsConfig {
    /// Any call by those who have not signed in, per address.
    pub api_anonymous: Rate,
    /// Any call by a person.
    pub api_user: Rate,
    /// Tries to sign in, per address.
    pub login: Rate,
    /// Wrong passwords for one account from one network, before each makes the next wait.
    pub login_account: Rate,
    /// Tries to sign up, per address.
    pub register: Rate,
    /// Accounts made, per address.
    pub account: Rate,
    /// Letters asked for without being signed in, per address they are asked from.
    pub reset: Rate,
    /// The same, per address they go to.
    pub reset_address: Rate,
    /// Tries of a code or link that could be guessed, per address.
    pub code: Rate,
    /// New access tokens.
    pub refresh: Rate,
    /// Requests that send files.
    pub upload: Rate,
    /// Requests for links that play.
    pub play: Rate,
    /// Questions to the search.
    pub search: Rate,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        const QUARTER: u32 = 900;
        const HOUR: u32 = 3_600;
        Self {
            api_anonymous: Rate::new(300, 300),
            api_user: Rate::new(1_500, 300),
            login: Rate::new(100, QUARTER),
            login_account: Rate::new(10, HOUR),
            register: Rate::new(100, QUARTER),
            account: Rate::new(20, HOUR),
            reset: Rate::new(10, HOUR),
            reset_address: Rate::new(3, HOUR),
            code: Rate { burst: 20, ..Rate::new(60, QUARTER) },
            refresh: Rate::new(30, 60),
            upload: Rate::new(300, 1_800),
            play: Rate::new(600, 300),
            // whoever types slowly asks at every letter, since each comes after the page's pause: "salt hours" is ten
            // questions in about four seconds, and a household of four may share an address
            search: Rate::new(120, 60),
        }
    }
}
