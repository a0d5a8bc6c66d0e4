//! The command line, as an operator types it.

use std::{
    io::Write,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::house::{HATHOR, Server, client, free_port};

fn hathor(words: &[&str], data: &Path, env: &[(&str, &str)], input: &str) -> Output {
    let mut child = Command::new(HATHOR)
        .args(words)
        .arg("--data")
        .arg(data)
        .envs(env.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // a command that reads nothing has closed its end
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn config_check_lists_every_problem_at_once_and_shows_no_secret() {
    let dir = tempfile::tempdir().unwrap();
    let good = hathor(&["config", "check"], dir.path(), &[], "");
    assert!(good.status.success(), "{}", text(&good.stderr));
    let env = [
        ("HATHOR_MODE", "production"),
        ("JWT_SECRET", "hunter2hunter2hunter2hunter2hunter2hunter2"),
        ("HATHOR_MEDIA__SECRET", "hunter2hunter2hunter2hunter2hunter2hunter2"),
        ("HATHOR_MEDIA__LINK_TTL_S", "9000"),
    ];
    let bad = hathor(&["config", "check"], dir.path(), &env, "");
    let said = text(&bad.stderr);
    assert!(!bad.status.success());
    for expected in [
        "auth.secret: looks like",
        "media.secret: is the same as auth.secret",
        "media.link_ttl_s:",
        "http.public_url:",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    assert!(!said.contains("hunter2"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_makes_private_secrets_and_prints_one_password_once() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let server = Server::start(&data).await;
    let said = server.said();
    let password = said
        .lines()
        .find_map(|line| line.trim().strip_prefix("password "))
        .map(str::trim)
        .expect("a password")
        .to_owned();
    let body = serde_json::json!({"login": "admin", "password": password});
    let answer = client().post(format!("{}/api/auth/login", server.base)).json(&body).send().await.unwrap();
    let answer: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(answer["user"]["role"], "admin", "{answer}");
    for secret in ["auth", "media"] {
        let mode = std::fs::metadata(data.join("secrets").join(secret)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    server.kill();
    let again = Server::start(&data).await;
    assert!(!again.said().contains("password"), "{}", again.said());
    again.kill();
    let changed = hathor(&["user", "passwd", "admin"], &data, &[], "a wholly other phrase\n");
    assert!(changed.status.success(), "{}", text(&changed.stderr));
    let server = Server::start(&data).await;
    let body = serde_json::json!({"login": "admin", "password": "a wholly other phrase"});
    let answer = client().post(format!("{}/api/auth/login", server.base)).json(&body).send().await.unwrap();
    assert!(answer.status().is_success());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_internal_listener_tells_figures_and_the_public_one_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let internal = format!("127.0.0.1:{}", free_port());
    let server =
        Server::start_with(&dir.path().join("data"), &[], &[("HATHOR_HTTP__INTERNAL_LISTEN", &internal)])
            .await;
    let text = |url: String| async move { client().get(url).send().await.unwrap().text().await.unwrap() };
    assert!(text(format!("{}/api/health", server.base)).await.contains("\"status\":\"ok\""));
    let figures = text(format!("http://{internal}/metrics")).await;
    assert!(
        figures.contains("http_requests_total{method=\"GET\",route=\"/api/health\",status=\"200\"} 1"),
        "{figures}"
    );
    assert!(figures.contains("jobs{state=\"ready\"} 0"), "{figures}");
    assert_eq!(text(format!("http://{internal}/live")).await, "live\n");
    assert!(text(format!("{}/metrics", server.base)).await.contains("unknown_route"));
}

#[test]
fn accounts_are_looked_after_and_migrations_moved_from_the_command_line() {
    let dir = tempfile::tempdir().unwrap();
    let add = hathor(
        &["user", "add", "nina", "nina@example.org", "--role", "artist"],
        dir.path(),
        &[],
        "a long phrase of hers\n",
    );
    assert!(add.status.success(), "{}", text(&add.stderr));
    let again =
        hathor(&["user", "add", "NINA", "other@example.org"], dir.path(), &[], "a long phrase of hers\n");
    assert!(
        !again.status.success() && text(&again.stderr).contains("username_taken"),
        "{}",
        text(&again.stderr)
    );
    let status = hathor(&["migrate", "status"], dir.path(), &[], "");
    assert!(text(&status.stdout).contains("0001_jobs"), "{}", text(&status.stdout));
    assert!(hathor(&["migrate", "down", "1"], dir.path(), &[], "").status.success());
    assert!(text(&hathor(&["migrate", "status"], dir.path(), &[], "").stdout).contains("not applied"));
    assert!(hathor(&["migrate", "up"], dir.path(), &[], "").status.success());
    let doctor = hathor(&["doctor"], dir.path(), &[], "");
    assert!(doctor.status.success(), "{}", text(&doctor.stderr));
    assert!(text(&doctor.stdout).contains("fingerprint"), "{}", text(&doctor.stdout));
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_replaced_and_nobody_is_signed_out() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let server = Server::start(&data).await;
    let body = serde_json::json!({"username": "nina", "email": "nina@example.org", "password": "a long phrase of hers"});
    let signed_up =
        client().post(format!("{}/api/auth/register", server.base)).json(&body).send().await.unwrap();
    let cookie = signed_up.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let token =
        signed_up.json::<serde_json::Value>().await.unwrap()["access_token"].as_str().unwrap().to_owned();
    server.stop().await;
    let secret = || std::fs::read_to_string(data.join("secrets/auth")).unwrap();
    let before = secret();
    let rotated = hathor(&["keys", "rotate"], &data, &[], "");
    assert!(rotated.status.success(), "{}", text(&rotated.stderr));
    assert!(secret() != before && !text(&rotated.stdout).contains(&secret()), "{}", text(&rotated.stdout));
    assert_eq!(std::fs::read_to_string(data.join("secrets/auth.previous")).unwrap(), before);
    let server = Server::start(&data).await;
    let me = client().get(format!("{}/api/me", server.base)).bearer_auth(&token).send().await.unwrap();
    assert_eq!(me.status(), 200, "the token of before");
    let refresh = client().post(format!("{}/api/auth/refresh", server.base)).header("origin", &server.base);
    assert_eq!(refresh.header("cookie", &cookie).send().await.unwrap().status(), 200, "the cookie of before");
    server.stop().await;
    // twice more without a start in between: what is sealed is still open
    for _ in 0..2 {
        assert!(hathor(&["keys", "rotate"], &data, &[], "").status.success());
    }
    let verified = hathor(&["audit", "verify"], &data, &[], "");
    assert!(verified.status.success(), "{}", text(&verified.stderr));
    assert!(text(&verified.stdout).contains("rows, each in its place"), "{}", text(&verified.stdout));
}

#[test]
fn secrets_that_are_set_elsewhere_are_left_to_the_operator() {
    let dir = tempfile::tempdir().unwrap();
    let secrets = [
        ("JWT_SECRET", "kZ3vQ0m8yX1nB7tR5wL2pH9dG4sJ6fKc"),
        ("HATHOR_MEDIA__SECRET", "pZ3vQ0m8yX1nB7tR5wL2pH9dG4sJ6fKd"),
    ];
    let said = hathor(&["keys", "rotate"], dir.path(), &secrets, "");
    assert!(said.status.success(), "{}", text(&said.stderr));
    for expected in
        ["HATHOR_AUTH__PREVIOUS_SECRET = the value", "HATHOR_AUTH__SECRET = ", "HATHOR_MEDIA__SECRET = "]
    {
        assert!(text(&said.stdout).contains(expected), "{}", text(&said.stdout));
    }
    assert!(!text(&said.stdout).contains(secrets[0].1));
    assert!(
        hathor(&["user", "add", "nina", "nina@example.org"], dir.path(), &secrets, "a long phrase of hers\n")
            .status
            .success()
    );
    // another secret, and the one before forgotten: the start is refused with what to do
    let other = [("JWT_SECRET", "wholly-other-0m8yX1nB7tR5wL2pH9dG4s"), secrets[1]];
    let refused = hathor(&["audit", "verify"], dir.path(), &other, "");
    assert!(
        !refused.status.success() && text(&refused.stderr).contains("auth.previous_secret"),
        "{}",
        text(&refused.stderr)
    );
    assert!(!hathor(&["keys", "forget"], dir.path(), &other, "").status.success(), "it must be meant");
    assert!(hathor(&["keys", "forget", "--yes"], dir.path(), &other, "").status.success());
    assert!(hathor(&["audit", "verify"], dir.path(), &other, "").status.success());
}

#[test]
fn a_trail_that_somebody_altered_is_told_with_the_row() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["nina", "omar"] {
        let address = format!("{name}@example.org");
        assert!(
            hathor(&["user", "add", name, &address], dir.path(), &[], "a long phrase of hers\n")
                .status
                .success()
        );
    }
    let file = dir.path().join("head");
    std::fs::write(&file, "no head\n").unwrap();
    let wrong = hathor(&["audit", "verify", "--heads", file.to_str().unwrap()], dir.path(), &[], "");
    assert!(
        !wrong.status.success() && text(&wrong.stderr).contains("no signed head"),
        "{}",
        text(&wrong.stderr)
    );
    let head = serde_json::json!({"seq": 2, "hash": "00".repeat(32), "signed_at": "2026-11-21T00:00:00Z",
        "public_key": "00".repeat(32), "signature": "00".repeat(64)});
    std::fs::write(&file, head.to_string()).unwrap();
    let forged = hathor(&["audit", "verify", "--heads", file.to_str().unwrap()], dir.path(), &[], "");
    assert_eq!(forged.status.code(), Some(1));
    assert!(text(&forged.stderr).contains("row 2"), "{}", text(&forged.stderr));
}
