//! The letters word for word, beside this file in `golden/`.

use super::*;

#[test]
fn a_newcomer_is_welcomed_in_these_words() {
    let letter = welcome("Nina", "https://music.example").unwrap();
    assert_eq!(letter.subject, "Welcome to Hathor");
    assert_eq!(letter.text, include_str!("golden/welcome.txt"));
    assert_eq!(letter.html, include_str!("golden/welcome.html"));
}

#[test]
fn no_value_becomes_markup() {
    let letter = welcome("<b>&\"'", "https://music.example/\"><script>").unwrap();
    assert!(letter.text.contains("Hathor, <b>&\"'."));
    assert!(letter.html.contains("Hathor, &lt;b&gt;&amp;&quot;&#x27;."), "{}", letter.html);
    assert!(!letter.html.contains("<script>") && !letter.html.contains("<b>"), "{}", letter.html);
}

#[test]
fn a_template_that_asks_for_what_nobody_gives_is_found_out() {
    assert!(fill("a.txt", "{{ nobody }}", &context! { username => "Nina" }).is_err());
}
