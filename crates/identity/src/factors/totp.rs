//! Codes from an app on the phone (RFC 6238): SHA-1, six digits, half a minute, since that is what every app can.

use hathor_core::{Secret, Timestamp, random};
use hathor_kit::{Error, Result};
use qrcode::{Color, EcLevel, QrCode};
use totp_rs::{Builder, Totp};

use super::model::TotpCode;

/// Bytes of a secret (RFC 4226 asks for 160 bits).
pub(super) const SECRET: usize = 20;
/// Modules of white around a QR code, as the standard wants it.
const QUIET: usize = 4;
/// RFC 4648.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A new secret.
pub(super) fn secret() -> [u8; SECRET] {
    random::bytes()
}

/// The half minute whose code this is: the one of now, the one before or the one after.
pub(super) fn step_of(secret: &[u8], code: &TotpCode, now: Timestamp) -> Result<Option<i64>> {
    let seconds = u64::try_from(now.unix_seconds()).unwrap_or(0);
    let step = totp(secret)?.check(code.reveal(), seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// One step either way, for clocks that differ.
fn totp(secret: &[u8]) -> Result<Totp> {
    let secret = totp_rs::Secret::from(secret);
    Builder::new()
        .with_secret(secret)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .build()
        .map_err(Error::internal)
}

/// What somebody types who cannot scan.
pub(super) fn text(secret: &[u8; SECRET]) -> String {
    let mut bits = secret.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1));
    let mut letter = || bits.by_ref().take(5).fold(0_u8, |five, bit| five << 1 | bit);
    (0..SECRET * 8 / 5).map(|_| char::from(BASE32[usize::from(letter() & 31)])).collect()
}

/// What the QR code says. A username needs no escaping.
pub(super) fn uri(username: &str, secret: &Secret) -> Secret {
    let secret = secret.reveal();
    Secret::new(format!(
        "otpauth://totp/Hathor:{username}?secret={secret}&issuer=Hathor&algorithm=SHA1&digits=6&period=30"
    ))
}

/// The QR code as a picture that grows with its place: one path, dark on white.
pub(super) fn qr(uri: &Secret) -> Result<String> {
    let code = QrCode::with_error_correction_level(uri.reveal(), EcLevel::M).map_err(Error::internal)?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let squares = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET));
    let path: Vec<String> = squares.collect();
    let path = path.concat();
    let side = width + 2 * QUIET;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the RFC's examples.
    const RFC: &[u8; SECRET] = b"12345678901234567890";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    fn step(code: &str, seconds: i64) -> Option<i64> {
        step_of(RFC, &TotpCode::parse(code).unwrap(), at(seconds)).unwrap()
    }

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        // appendix B, its last six digits
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(step(code, seconds), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_good_half_a_minute_early_or_late_and_no_longer() {
        assert_eq!(step("287082", 30), Some(1));
        assert_eq!(step("287082", 0), Some(1));
        assert_eq!(step("287082", 89), Some(1));
        assert_eq!(step("287082", 90), None);
        assert_eq!(step("287083", 59), None);
    }

    #[test]
    fn the_secret_is_written_in_base_32() {
        assert_eq!(text(RFC), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn the_picture_holds_no_text_and_no_script() {
        let svg = qr(&uri("nina.k", &Secret::new(text(RFC)))).unwrap();
        assert!(
            svg.starts_with("<svg ") && svg.ends_with("\"/></svg>") && svg.len() < 40_000,
            "{}",
            svg.len()
        );
        assert!(!svg.contains("GEZDG") && !svg.contains("otpauth"));
    }
}
