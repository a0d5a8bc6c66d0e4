//! Making accounts, changing them, and finding out who somebody is.

use hathor_core::{Code, Secret, UserId, random};
use hathor_db::Tx;
use hathor_jobs::Enqueue;
use hathor_kit::{Ctx, Error, Result, error::FieldProblem, viewer::Role};

use super::{
    model::{Checked, DisplayName, Email, Login, NewAccount, Username},
    store::{self, Account},
};
use crate::{
    jobs::Welcome,
    passwords::{Fit, Password, Passwords},
    sessions::{self, EndReason, Opened},
};

/// What the first account is called.
const FIRST: &str = "admin";
/// Characters of a generated password: 144 random bits.
const GENERATED: usize = 24;

/// The account that the first start made. Show the password once: it is kept nowhere.
#[derive(Debug)]
pub struct GeneratedAdmin {
    /// Its username.
    pub username: String,
    /// Its password.
    pub password: Secret,
}

/// Makes an account, whether or not strangers may sign up: for the command line.
pub async fn create(ctx: &Ctx, new: &NewAccount) -> Result<Account> {
    let new = new.check()?;
    refuse_taken(ctx, &new).await?;
    let hash = Passwords::default().hash(&ctx.config.auth, &new.password).await?;
    insert(ctx, &new, &hash).await
}

/// Makes the account `admin` with a generated password if there is no account at all. Two starts at once make one.
pub async fn ensure_admin(ctx: &Ctx) -> Result<Option<GeneratedAdmin>> {
    if store::any(&ctx.db).await? {
        return Ok(None);
    }
    let (new, password) = first_admin()?;
    let hash = Passwords::default().hash(&ctx.config.auth, &new.password).await?;
    match insert(ctx, &new, &hash).await {
        Ok(account) => Ok(Some(GeneratedAdmin { username: account.username, password })),
        Err(e) if matches!(e.code, Code::UsernameTaken | Code::EmailTaken) => Ok(None),
        Err(e) => Err(e),
    }
}

fn first_admin() -> Result<(Checked, Secret)> {
    let password = Secret::new(random::token().split_at(GENERATED).0);
    let checked = Checked {
        username: Username::parse(FIRST).map_err(Error::internal)?,
        email: Email::of_first_admin(),
        password: Password::parse(&password, &[]).map_err(Error::internal)?,
        display_name: DisplayName::parse(FIRST).map_err(Error::internal)?,
        role: Role::Admin,
    };
    Ok((checked, password))
}

/// The account whose username or address is `login`.
pub async fn find(ctx: &Ctx, login: &str) -> Result<Option<Account>> {
    let Some(login) = Login::parse(login) else { return Ok(None) };
    Ok(store::by_login(&ctx.db, &login).await?)
}

/// Gives the account called `login` another password and signs out all its devices.
pub async fn set_password(ctx: &Ctx, login: &str, password: &Secret) -> Result<Account> {
    let account = known(ctx, login).await?;
    let own = [account.username.as_str()];
    let password = Password::parse(password, &own).map_err(|message| Error::invalid("password", message))?;
    let hash = Passwords::default().hash(&ctx.config.auth, &password).await?;
    let now = ctx.now();
    ctx.db
        .write(async |tx| {
            store::set_password(tx, account.id, &hash, now).await?;
            sessions::end_all(tx, account.id, EndReason::PasswordChanged, now).await?;
            current(tx, account.id).await
        })
        .await
}

/// Gives the account called `login` another role. Its devices learn it when they refresh.
pub async fn set_role(ctx: &Ctx, login: &str, role: Role) -> Result<Account> {
    let account = known(ctx, login).await?;
    ctx.db
        .write(async |tx| {
            store::set_role(tx, account.id, role, ctx.now()).await?;
            current(tx, account.id).await
        })
        .await
}

/// Removes an account, with its sessions. It fails while the account owns anything.
pub async fn remove(ctx: &Ctx, id: UserId) -> Result<()> {
    ctx.db.write(async |tx| Ok(store::remove(tx, id).await?)).await
}

/// Signs a stranger up, on a device that is signed in at once. A letter follows.
pub(crate) async fn register(
    ctx: &Ctx,
    passwords: &Passwords,
    new: &NewAccount,
    agent: Option<&str>,
) -> Result<Opened> {
    let new = new.check()?;
    refuse_taken(ctx, &new).await?;
    let hash = passwords.hash(&ctx.config.auth, &new.password).await?;
    let id = ctx.new_id();
    let opened = ctx.db.write(async |tx| {
        store::insert(tx, id, &new, &hash, ctx.now()).await.map_err(taken)?;
        ctx.jobs.enqueue(tx, &Welcome { account: id }, Enqueue::new().unique(id)).await?;
        let account = current(tx, id).await?;
        sessions::open(ctx, tx, account, agent).await
    });
    match opened.await {
        Err(lost) if matches!(lost.code, Code::UsernameTaken | Code::EmailTaken) => {
            // the engines name different indexes first; the winner's row says which names are gone
            refuse_taken(ctx, &new).await?;
            Err(lost)
        }
        outcome => outcome,
    }
}

/// Signs a person in on one more device. Who does not exist and who mistypes get the same answer after the same time.
pub(crate) async fn prove(
    ctx: &Ctx,
    passwords: &Passwords,
    login: &str,
    password: &Secret,
    agent: Option<&str>,
) -> Result<Opened> {
    let credential = match Login::parse(login) {
        Some(login) => store::credential(&ctx.db, &login).await?,
        None => None,
    };
    let stored = credential.as_ref().and_then(|credential| credential.password_hash.as_deref());
    let fit = passwords.verify(&ctx.config.auth, password, stored).await?;
    let (Some(id), Some(stored), true) = (credential.as_ref().map(|c| c.id), stored, fit != Fit::Wrong)
    else {
        metrics::counter!("sign_ins_refused_total").increment(1);
        return Err(Code::BadCredentials.into());
    };
    let opened = sign_in(ctx, id, stored, agent).await?;
    if fit == Fit::RightButStale
        && let Err(cause) = renew_hash(ctx, passwords, id, stored, password).await
    {
        tracing::warn!(error.message = ?cause, "a password keeps its old parameters until the next sign-in");
    }
    Ok(opened)
}

/// The password may have changed while it was hashed: the account is read again, and only with the hash that fitted.
async fn sign_in(ctx: &Ctx, id: UserId, hash: &str, agent: Option<&str>) -> Result<Opened> {
    ctx.db
        .write(async |tx| {
            let account = store::proven(tx, id, hash).await?.ok_or(Code::BadCredentials)?;
            sessions::open(ctx, tx, account, agent).await
        })
        .await
}

/// Keeps the password under the parameters of now.
async fn renew_hash(
    ctx: &Ctx,
    passwords: &Passwords,
    id: UserId,
    stored: &str,
    password: &Secret,
) -> Result<()> {
    let hash = passwords.hash(&ctx.config.auth, &Password::proven(password)).await?;
    ctx.db.write(async |tx| Ok(store::rehash(tx, id, stored, &hash).await.map(drop)?)).await
}

/// Gives a person another display name.
pub(crate) async fn rename(ctx: &Ctx, id: UserId, name: &DisplayName) -> Result<Account> {
    ctx.db
        .write(async |tx| {
            store::rename(tx, id, name.as_str(), ctx.now()).await?;
            current(tx, id).await
        })
        .await
}

async fn known(ctx: &Ctx, login: &str) -> Result<Account> {
    find(ctx, login)
        .await?
        .ok_or_else(|| Error::new(Code::NotFound).with_detail("no account has this username or address"))
}

async fn current(tx: &mut Tx, id: UserId) -> Result<Account> {
    store::by_id(tx, id).await?.ok_or_else(|| Code::Unauthenticated.into())
}

async fn insert(ctx: &Ctx, new: &Checked, hash: &str) -> Result<Account> {
    let id = ctx.new_id();
    ctx.db
        .write(async |tx| {
            store::insert(tx, id, new, hash, ctx.now()).await.map_err(taken)?;
            current(tx, id).await
        })
        .await
}

/// Spares the hash where the answer is known; the unique indexes decide between those who come at once.
async fn refuse_taken(ctx: &Ctx, new: &Checked) -> Result<()> {
    let taken = store::taken(&ctx.db, new).await?;
    let mut problems = [(taken.username, Code::UsernameTaken), (taken.email, Code::EmailTaken)]
        .into_iter()
        .filter_map(|(taken, code)| taken.then_some(code));
    let Some(first) = problems.next() else { return Ok(()) };
    let mut error = on_its_field(first);
    error.fields.extend(problems.flat_map(|code| on_its_field(code).fields));
    Err(error)
}

fn taken(error: hathor_db::Error) -> Error {
    if error.violates("account_username_key") {
        return on_its_field(Code::UsernameTaken);
    }
    if error.violates("account_email_key") {
        return on_its_field(Code::EmailTaken);
    }
    error.into()
}

fn on_its_field(code: Code) -> Error {
    let field = if code == Code::EmailTaken { "email" } else { "username" };
    let message = code.title().to_owned();
    Error { fields: vec![FieldProblem { field: field.to_owned(), message }], ..Error::new(code) }
}
