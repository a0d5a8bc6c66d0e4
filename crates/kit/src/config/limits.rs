//! Request budgets. An album of 40 files must never meet one.

use serde::{Deserialize, Serialize};

/// `count` requests in `seconds`, all at once if they like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Requests; at least 1.
    pub count: u32,
    /// Seconds until an empty bucket is full again; at least 1.
    pub seconds: u32,
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
    /// Tries to sign up, per address.
    pub register: Rate,
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
        Self {
            api_anonymous: Rate { count: 300, seconds: 300 },
            api_user: Rate { count: 1_500, seconds: 300 },
            login: Rate { count: 100, seconds: QUARTER },
            register: Rate { count: 100, seconds: QUARTER },
            refresh: Rate { count: 30, seconds: 60 },
            upload: Rate { count: 300, seconds: 1_800 },
            play: Rate { count: 600, seconds: 300 },
            // whoever types slowly asks at every letter, since each comes after the page's pause: "salt hours" is ten
            // questions in about four seconds, and a household of four may share an address
            search: Rate { count: 120, seconds: 60 },
        }
    }
}
