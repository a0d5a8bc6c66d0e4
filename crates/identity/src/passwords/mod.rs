//! Passwords: which may be used ([`Password`]), and how they are kept ([`Passwords`]).
//!
//! Argon2id, as PHC strings, on threads of their own, one fewer than there are cores: one hash costs tens of milliseconds of
//! a core and tens of megabytes, so callers queue, and past [`QUEUE`] they are told to come back.

mod argon;
mod rules;
mod threads;

use std::{
    num::NonZero,
    sync::{Arc, OnceLock},
    thread::available_parallelism,
};

use argon2::Params;
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use hathor_core::{Code, Secret, random};
use hathor_kit::{Error, Result, config::sections::AuthConfig};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use self::{argon::Memory, threads::Threads};

pub use rules::Password;

/// Callers that may wait for a thread; the next one is told `busy`.
pub const QUEUE: usize = 64;
/// Seconds after which somebody who was told `busy` should try again.
const BUSY_S: u64 = 2;

/// The threads that hash.
#[derive(Clone, Debug)]
pub struct Passwords {
    /// One permit for each caller that hashes or waits.
    door: Arc<Semaphore>,
    /// One permit for each thread.
    free: Arc<Semaphore>,
    /// Started when the first password comes.
    threads: Arc<OnceLock<Threads>>,
    count: usize,
}

/// How a password fits the stored hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It does not.
    Wrong,
    /// It does.
    Right,
    /// It does, but the hash was made with other parameters than those of now: make it again.
    RightButStale,
}

impl Default for Passwords {
    /// A thread for each core but one, which is left to those who do not sign in: a kernel lets a thread that computes go on
    /// for some milliseconds, whatever its priority is.
    fn default() -> Self {
        let cores = available_parallelism().map_or(2, NonZero::get);
        Self::with_threads(cores.saturating_sub(1).max(1))
    }
}

impl Passwords {
    /// So many threads, and [`QUEUE`] callers that wait for them.
    pub fn with_threads(threads: usize) -> Self {
        Self {
            door: Arc::new(Semaphore::new(threads + QUEUE)),
            free: Arc::new(Semaphore::new(threads)),
            threads: Arc::default(),
            count: threads,
        }
    }

    /// The PHC string of `password`. Answers `busy` when too many wait.
    pub async fn hash(&self, config: &AuthConfig, password: &Password) -> Result<String> {
        let recipe = Recipe::of(config)?;
        let password = password.reveal().to_owned();
        let salt = random::bytes::<16>();
        self.run(move |memory| argon::hash(memory, &recipe.params, &password, &salt)).await
    }

    /// How `password` fits `stored`. Without a stored hash the answer is `Wrong`, after the same time.
    pub async fn verify(&self, config: &AuthConfig, password: &Secret, stored: Option<&str>) -> Result<Fit> {
        if password.reveal().len() > rules::LONGEST {
            return Ok(Fit::Wrong);
        }
        let recipe = Recipe::of(config)?;
        let password = Password::proven(password).reveal().to_owned();
        let stored = stored.map_or_else(|| recipe.hash_of_nothing(), str::to_owned);
        let stale = !stored.starts_with(&recipe.prefix);
        let right = self.run(move |memory| argon::fits(memory, &password, &stored)).await?;
        Ok(match (right, stale) {
            (false, _) => Fit::Wrong,
            (true, false) => Fit::Right,
            (true, true) => Fit::RightButStale,
        })
    }

    /// The thread is taken until the work is done, even if the caller goes away.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let busy = |_| Error::new(Code::Busy).retry_after(BUSY_S);
        let place = Arc::clone(&self.door).try_acquire_owned().map_err(busy)?;
        let thread = Arc::clone(&self.free).acquire_owned().await.map_err(Error::internal)?;
        let held: (OwnedSemaphorePermit, OwnedSemaphorePermit) = (place, thread);
        let done = self.threads.get_or_init(|| Threads::start(self.count)).run(move |memory| {
            let outcome = work(memory);
            drop(held);
            outcome
        });
        done.await
    }
}

/// How a hash is made now.
struct Recipe {
    params: Params,
    /// How every PHC string of this recipe begins.
    prefix: String,
}

impl Recipe {
    fn of(config: &AuthConfig) -> Result<Self> {
        let (memory, rounds) = (config.argon2_memory_kib, config.argon2_iterations);
        let params = Params::new(memory, rounds, 1, None).map_err(Error::internal)?;
        Ok(Self { params, prefix: format!("$argon2id$v=19$m={memory},t={rounds},p=1$") })
    }

    /// Costs as much to verify as any hash of this recipe, and fits no password.
    fn hash_of_nothing(&self) -> String {
        let salt = STANDARD_NO_PAD.encode(random::bytes::<16>());
        let hash = STANDARD_NO_PAD.encode(random::bytes::<32>());
        format!("{}{salt}${hash}", self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cheap() -> AuthConfig {
        AuthConfig { argon2_memory_kib: 64, argon2_iterations: 1, ..AuthConfig::default() }
    }

    fn secret() -> Secret {
        Secret::new("Correct-Horse-7")
    }

    #[tokio::test]
    async fn a_password_fits_its_own_hash_and_no_other() {
        let (passwords, config) = (Passwords::default(), cheap());
        let hash = passwords.hash(&config, &Password::proven(&secret())).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
        assert_eq!(passwords.verify(&config, &secret(), Some(&hash)).await.unwrap(), Fit::Right);
        assert_eq!(
            passwords.verify(&config, &Secret::new("Correct-Horse-8"), Some(&hash)).await.unwrap(),
            Fit::Wrong
        );
        assert_eq!(passwords.verify(&config, &secret(), None).await.unwrap(), Fit::Wrong);
    }

    #[tokio::test]
    async fn a_hash_of_other_parameters_still_fits_but_is_stale() {
        let passwords = Passwords::default();
        let hash = passwords.hash(&cheap(), &Password::proven(&secret())).await.unwrap();
        let dearer = AuthConfig { argon2_iterations: 2, ..cheap() };
        assert_eq!(passwords.verify(&dearer, &secret(), Some(&hash)).await.unwrap(), Fit::RightButStale);
    }

    #[tokio::test]
    async fn letters_typed_in_two_ways_are_the_same_password() {
        let (passwords, config) = (Passwords::default(), cheap());
        let hash =
            passwords.hash(&config, &Password::proven(&Secret::new("Zoe\u{308}-Kravitz-1"))).await.unwrap();
        assert_eq!(
            passwords.verify(&config, &Secret::new("Zo\u{eb}-Kravitz-1"), Some(&hash)).await.unwrap(),
            Fit::Right
        );
    }

    #[tokio::test]
    async fn whoever_comes_when_the_queue_is_full_is_told_so_at_once() {
        let passwords = Passwords::with_threads(1);
        let all = passwords.door.clone().try_acquire_many_owned(u32::try_from(QUEUE).unwrap() + 1).unwrap();
        let refused = passwords.verify(&cheap(), &secret(), None).await.unwrap_err();
        assert_eq!((refused.code, refused.retry_after), (Code::Busy, Some(BUSY_S)));
        drop(all);
        assert_eq!(passwords.verify(&cheap(), &secret(), None).await.unwrap(), Fit::Wrong);
    }

    #[tokio::test]
    async fn who_is_nobody_costs_what_somebody_does_and_what_is_too_long_costs_nothing() {
        let (passwords, config) = (Passwords::with_threads(1), cheap());
        let hash = passwords.hash(&config, &Password::proven(&secret())).await.unwrap();
        let megabyte = Secret::new("x".repeat(1 << 20));
        // whoever hashes has to wait for this
        let thread = passwords.free.clone().acquire_owned().await.unwrap();
        for stored in [None, Some(&*hash)] {
            assert_eq!(passwords.verify(&config, &megabyte, stored).await.unwrap(), Fit::Wrong);
            let secret = secret();
            let waits = passwords.verify(&config, &secret, stored);
            assert!(tokio::time::timeout(std::time::Duration::from_millis(20), waits).await.is_err());
        }
        drop(thread);
        let nothing = Recipe::of(&config).unwrap().hash_of_nothing();
        assert_eq!(nothing.len(), hash.len(), "{nothing} {hash}");
    }

    #[tokio::test]
    async fn hashing_never_takes_more_threads_than_it_was_given() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let passwords = Passwords::with_threads(2);
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let calls = (0..20).map(|_| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            passwords.run(move |_| {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(std::time::Duration::from_millis(5));
                now.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            })
        });
        for outcome in futures_util::future::join_all(calls).await {
            outcome.unwrap();
        }
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }
}
