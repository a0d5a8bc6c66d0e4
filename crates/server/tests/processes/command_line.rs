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
