//! Making accounts, changing them, and finding out who somebody is.

use hathor_audit::{Origin, action};
use hathor_core::{Code, Secret, UserId, random};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, error::FieldProblem, viewer::Role};

use super::{
    attempt::Attempt,
    model::{Checked, DisplayName, Email, Login, Names, NewAccount, Username},
    noted,
    store::{self, Account, Insert},
};
use crate::{
    admin,
    factors::{self, SignIn},
    passwords::{Fit, Password, Passwords},
    routes::visit::Visit,
    sessions::{self, EndReason},
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
    refuse_taken(ctx, &new.names).await?;
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
    let names = Names {
        username: Username::parse(FIRST).map_err(Error::internal)?,
        email: Email::of_first_admin(),
        display_name: DisplayName::parse(FIRST).map_err(Error::internal)?,
    };
    let drawn = Password::parse(&password, &[]).map_err(Error::internal)?;
    Ok((Checked { names, password: drawn, role: Role::Admin }, password))
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
    let account = ctx
        .db
        .write(async |tx| {
            store::set_password(tx, account.id, &hash, now).await?;
            sessions::end_all(tx, account.id, EndReason::PasswordChanged, now).await?;
            let account = current(tx, account.id).await?;
            noted::by_operator(ctx, tx, action::PASSWORD_CHANGED, account.id).await?;
            Ok::<_, Error>(account)
        })
        .await?;
    super::changed(ctx, account.id);
    Ok(account)
}

/// Gives the account called `login` another role, felt at once. The last administrator stays one.
pub async fn set_role(ctx: &Ctx, login: &str, role: Role) -> Result<Account> {
    let id = known(ctx, login).await?.id;
    let change = admin::Change { role: Some(role), ..admin::Change::default() };
    admin::change(ctx, None, id, &change, &Origin::default()).await?;
    store::read(&ctx.db, id).await?.ok_or_else(|| Code::NotFound.into())
}

/// Removes an account, with its sessions. It fails while the account owns anything.
pub async fn remove(ctx: &Ctx, id: UserId) -> Result<()> {
    ctx.db.write(async |tx| Ok(store::remove(tx, id).await?)).await
}

/// Signs a person in on one more device, or asks for their second factor. Who does not exist and who mistypes get the same answer after the same time.
pub(crate) async fn prove(
    ctx: &Ctx,
    passwords: &Passwords,
    login: &str,
    password: &Secret,
    visit: &Visit,
) -> Result<SignIn> {
    let credential = match Login::parse(login) {
        Some(login) => store::credential(&ctx.db, &login).await?,
        None => None,
    };
    let stored = credential.as_ref().and_then(|credential| credential.password_hash.as_deref());
    let attempt = Attempt::begin(ctx, credential.as_ref().map(|c| c.id), login, &visit.origin)?;
    let fit = passwords.verify(&ctx.config.auth, password, stored).await;
    let fit = fit.inspect_err(|_| attempt.unjudged(ctx))?;
    let (Some(id), Some(stored), true) = (credential.as_ref().map(|c| c.id), stored, fit != Fit::Wrong)
    else {
        metrics::counter!("sign_ins_refused_total").increment(1);
        noted::refused(ctx, credential.as_ref().map(|c| c.id), &visit.origin).await?;
        return Err(Code::BadCredentials.into());
    };
    attempt.right(ctx);
    let outcome = sign_in(ctx, id, stored, visit).await?;
    if fit == Fit::RightButStale
        && let Err(cause) = renew_hash(ctx, passwords, id, stored, password).await
    {
        tracing::warn!(error.message = ?cause, "a password keeps its old parameters until the next sign-in");
    }
    Ok(outcome)
}

/// The password may have changed while it was hashed: the account is read again, and only with the hash that fitted.
async fn sign_in(ctx: &Ctx, id: UserId, hash: &str, visit: &Visit) -> Result<SignIn> {
    ctx.db
        .write(async |tx| {
            let account = store::proven(tx, id, hash).await?.ok_or(Code::BadCredentials)?;
            factors::admit(ctx, tx, account, visit).await
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

async fn known(ctx: &Ctx, login: &str) -> Result<Account> {
    find(ctx, login)
        .await?
        .ok_or_else(|| Error::new(Code::NotFound).with_detail("no account has this username or address"))
}

/// The account called `id`, which was there a moment ago.
pub(super) async fn current(tx: &mut Tx, id: UserId) -> Result<Account> {
    store::by_id(tx, id).await?.ok_or_else(|| Code::Unauthenticated.into())
}

async fn insert(ctx: &Ctx, new: &Checked, hash: &str) -> Result<Account> {
    let id = ctx.new_id();
    let insert = Insert {
        id,
        names: &new.names,
        role: new.role,
        hash: Some(hash),
        // the operator knows whose address it is
        verified_at: Some(ctx.now()),
        age_passed: None,
    };
    ctx.db
        .write(async |tx| {
            store::insert(tx, &insert, ctx.now()).await.map_err(taken)?;
            let account = current(tx, id).await?;
            noted::by_operator(ctx, tx, action::ACCOUNT_CREATED, id).await?;
            Ok(account)
        })
        .await
}

/// Spares the hash where the answer is known; the unique indexes decide between those who come at once.
pub(super) async fn refuse_taken(ctx: &Ctx, names: &Names) -> Result<()> {
    let taken = store::taken(&ctx.db, names).await?;
    let mut problems = [(taken.username, Code::UsernameTaken), (taken.email, Code::EmailTaken)]
        .into_iter()
        .filter_map(|(taken, code)| taken.then_some(code));
    let Some(first) = problems.next() else { return Ok(()) };
    let mut error = on_its_field(first);
    error.fields.extend(problems.flat_map(|code| on_its_field(code).fields));
    Err(error)
}

/// Which name was taken by somebody who came first.
pub(crate) fn taken(error: hathor_db::Error) -> Error {
    if error.violates("account_username_key") || error.violates("account_username_look_key") {
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
