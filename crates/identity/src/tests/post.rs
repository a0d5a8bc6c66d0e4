//! Reading the letters that an instance sent.

use hathor_kit::testing::TestApp;

/// Sends what waits, and gives the letters to `address`, oldest first, as one reads them.
pub(super) async fn letters(app: &TestApp, address: &str) -> Vec<String> {
    app.run_jobs().await;
    let to = format!("To: {address}\r\n");
    let letters = app.mails().into_iter().filter(|letter| letter.contains(&to));
    // long lines are folded on their way
    letters.map(|letter| letter.replace("=\r\n", "").replace("=3D", "=")).collect()
}

/// The newest letter to `address` under `subject`.
#[track_caller]
pub(super) fn newest<'a>(letters: &'a [String], subject: &str) -> &'a str {
    let line = format!("Subject: {subject}");
    let found = letters.iter().rev().find(|letter| letter.lines().any(|found| found == line));
    found.unwrap_or_else(|| panic!("no letter {subject:?} among {letters:#?}"))
}

/// The secret of the link in a letter.
#[track_caller]
pub(super) fn secret(letter: &str) -> String {
    let at = letter.find("token=").unwrap_or_else(|| panic!("no link in {letter}")) + "token=".len();
    letter[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

/// The code in a letter.
#[track_caller]
pub(super) fn code(letter: &str) -> String {
    let is_code = |line: &&str| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit());
    letter.lines().map(str::trim).find(is_code).unwrap_or_else(|| panic!("no code in {letter}")).to_owned()
}
