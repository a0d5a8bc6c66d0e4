//! International Standard Recording Codes (ISO 3901): `CC-XXX-YY-NNNNN`.

/// The code without dashes, in capitals, if `text` is one.
pub fn read(text: &str) -> Option<String> {
    let code: String =
        text.trim().chars().filter(|each| *each != '-').collect::<String>().to_ascii_uppercase();
    let right = code.len() == 12
        && code.bytes().enumerate().all(|(at, each)| match at {
            0..2 => each.is_ascii_uppercase(),
            2..5 => each.is_ascii_uppercase() || each.is_ascii_digit(),
            _ => each.is_ascii_digit(),
        });
    right.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_code_is_read_with_and_without_dashes() {
        for text in ["US-S1Z-99-00001", "uss1z9900001", " USS1Z-9900001 "] {
            assert_eq!(read(text).as_deref(), Some("USS1Z9900001"), "{text}");
        }
        for wrong in [
            "",
            "US-S1Z-99-0001",
            "US-S1Z-99-000011",
            "1S-S1Z-99-00001",
            "US-S1Z-9A-00001",
            "ÜS-S1Z-99-0001",
            "US S1Z 99 00001",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
