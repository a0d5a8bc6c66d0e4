//! When a track sounds: the one place that says so.

use super::TrackState;

/// Media types that browsers play: MP3, FLAC, Vorbis and Opus, WAV, AAC.
const PLAYED_AS_IT_IS: [&str; 6] =
    ["audio/mpeg", "audio/flac", "audio/ogg", "audio/wav", "audio/aac", "audio/mp4"];

/// Whether browsers play a file of this type as it was sent.
pub fn plays_as_it_is(mime: &str, codec: Option<&str>) -> bool {
    PLAYED_AS_IT_IS.contains(&mime) && codec != Some("alac")
}

/// The original is known to be sound once `analysing` is over, whatever happens later.
pub const fn is_analysed(state: TrackState, failure_stage: Option<TrackState>) -> bool {
    match state {
        TrackState::Received | TrackState::Probing | TrackState::Analysing => false,
        TrackState::Transcoding | TrackState::Packaging | TrackState::Ready => true,
        TrackState::Failed => matches!(failure_stage, Some(TrackState::Transcoding | TrackState::Packaging)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_original_plays_once_it_was_analysed_and_still_when_a_later_step_failed() {
        for state in [TrackState::Received, TrackState::Probing, TrackState::Analysing] {
            assert!(!is_analysed(state, None), "{state}");
            assert!(!is_analysed(TrackState::Failed, Some(state)), "failed {state}");
        }
        for state in [TrackState::Transcoding, TrackState::Packaging] {
            assert!(is_analysed(state, None), "{state}");
            assert!(is_analysed(TrackState::Failed, Some(state)), "failed {state}");
        }
        assert!(is_analysed(TrackState::Ready, None));
        assert!(!is_analysed(TrackState::Failed, None));
    }

    #[test]
    fn some_files_have_to_be_made_into_others_first() {
        assert!(plays_as_it_is("audio/mp4", Some("aac")));
        assert!(!plays_as_it_is("audio/mp4", Some("alac")));
        assert!(!plays_as_it_is("audio/x-ms-wma", Some("wmav2")));
    }
}
