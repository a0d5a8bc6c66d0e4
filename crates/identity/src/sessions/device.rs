//! What a device is called: the program and the system out of the words it says of itself, such as `Firefox on Linux`.
//!
//! A name for people to recognise their own devices by, not for deciding anything about them: versions are left out, so
//! that an update is no other device.

/// What nobody can name.
const UNKNOWN: &str = "Unknown device";
/// Characters of a program's name that are shown.
const LONGEST: usize = 40;

/// Programs by a word of theirs. Those that also say another's word come before it.
const PROGRAMS: &[(&str, &str)] = &[
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edge/", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("Opera", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex Browser"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("FxiOS/", "Firefox"),
    ("SeaMonkey/", "SeaMonkey"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Electron/", "Desktop app"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("MSIE ", "Internet Explorer"),
    ("Trident/", "Internet Explorer"),
    ("Android", "Android browser"),
    ("Safari/", "Safari"),
];

/// Systems by a word of theirs, in the same manner.
const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("iPod", "iPod"),
    ("Windows Phone", "Windows Phone"),
    ("Xbox", "Xbox"),
    ("PlayStation", "PlayStation"),
    ("Nintendo", "Nintendo"),
    ("Tizen", "TV"),
    ("Web0S", "TV"),
    ("SMART-TV", "TV"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Mac OS X", "macOS"),
    ("FreeBSD", "FreeBSD"),
    ("OpenBSD", "OpenBSD"),
    ("Linux", "Linux"),
    ("X11", "Linux"),
];

/// The name of the device that calls itself `agent`.
pub(crate) fn name(agent: Option<&str>) -> String {
    let agent = agent.unwrap_or_default().trim();
    let (program, system) = (program(agent), said(agent, SYSTEMS));
    match (program, system) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => UNKNOWN.to_owned(),
    }
}

/// Browsers all call themselves Mozilla first; other programs begin with their own name.
fn program(agent: &str) -> Option<&str> {
    let first = agent.split(['/', ' ', '(']).next().unwrap_or_default();
    if first.eq_ignore_ascii_case("mozilla") || first == "Opera" || first.is_empty() {
        return said(agent, PROGRAMS);
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let named = first.chars().all(is_name) && first.chars().any(char::is_alphabetic);
    Some(first.get(..LONGEST).unwrap_or(first)).filter(|_| named)
}

fn said(agent: &str, words: &[(&str, &'static str)]) -> Option<&'static str> {
    words.iter().find(|(word, _)| agent.contains(word)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the programs said them, versions included.
    const SAID: &[(&str, &str)] = &[
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on macOS",
        ),
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox on Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Mobile/15E148 Safari/605.1.15",
            "Firefox on iPhone",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/138.0.7204.53 Mobile/15E148 Safari/604.1",
            "Chrome on iPhone",
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1",
            "Safari on iPad",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15",
            "Safari on macOS",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
            "Chrome on Windows",
        ),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
            "Chrome on ChromeOS",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36 OPR/120.0.0.0",
            "Opera on Linux",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Vivaldi/7.4",
            "Vivaldi on macOS",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) hathor/0.1 Chrome/136.0.0.0 Electron/36.2.0 Safari/537.36",
            "Desktop app on Linux",
        ),
        (
            "Mozilla/5.0 (Linux; U; Android 4.4.2; en-us) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30",
            "Android browser on Android",
        ),
        (
            "Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) 94.0.4606.31/7.0 TV Safari/537.36",
            "Safari on TV",
        ),
        (
            "Mozilla/5.0 (PlayStation; PlayStation 5/8.20) AppleWebKit/605.1.15 (KHTML, like Gecko)",
            "PlayStation",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
            "Internet Explorer on Windows",
        ),
        ("Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18", "Opera on Windows"),
        ("curl/8.14.1", "curl"),
        ("Symfonium/13.4.0", "Symfonium"),
        ("DSub/5.5.3 (Android 15)", "DSub on Android"),
        ("Dalvik/2.1.0 (Linux; U; Android 13; SM-G991B)", "Dalvik on Android"),
        ("python-requests/2.32.4", "python-requests"),
        ("okhttp/4.12.0", "okhttp"),
    ];

    #[test]
    fn common_devices_have_the_name_their_owners_would_give_them() {
        for (agent, named) in SAID {
            assert_eq!(name(Some(agent)), *named, "{agent}");
        }
    }

    #[test]
    fn an_update_is_no_other_device() {
        let of = |version: u32| {
            name(Some(&format!(
                "Mozilla/5.0 (X11; Linux x86_64; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"
            )))
        };
        assert_eq!(of(128), of(141));
    }

    #[test]
    fn what_says_nothing_is_an_unknown_device() {
        for agent in [
            "",
            "   ",
            "Mozilla/5.0",
            "mozilla/5.0 (compatible)",
            "(",
            "/",
            "///",
            "\u{202e}abc/1",
            "<b>x</b>",
            "1/2",
            "'; drop table session; --",
        ] {
            assert_eq!(name(Some(agent)), UNKNOWN, "{agent:?}");
        }
        assert_eq!(name(None), UNKNOWN);
    }

    #[test]
    fn a_name_is_never_long_and_never_strange() {
        let long = format!("{}/1", "x".repeat(5_000));
        assert_eq!(name(Some(&long)).len(), LONGEST);
        for agent in ["a\u{0}b/1", "ä/1", "a:b/1", "\"a\"/1"] {
            assert_eq!(name(Some(agent)), UNKNOWN, "{agent:?}");
        }
    }
}
