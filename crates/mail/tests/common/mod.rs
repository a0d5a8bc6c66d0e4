//! A letter to try things with.

use hathor_core::{Clock, Ids};
use hathor_mail::Message;

pub const FROM: &str = "Hathor <music@example.org>";

pub fn letter(to: &str) -> Message {
    Message {
        id: Ids::Random.next(Clock::System.now()),
        to: to.to_owned(),
        subject: "Hello".to_owned(),
        text: "Hello Nina.\n".to_owned(),
        html: "<p>Hello Nina.</p>\n".to_owned(),
    }
}
