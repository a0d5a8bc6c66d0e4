//! t
use std::path::Path;
use crate::Probe;
use serde::{Serialize,Deserialize};
/// x
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Of { /// x
 pub number: Option<u32>, /// x
 pub total: Option<u32> }
/// x
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MusicBrainz {}
/// x
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReplayGain {}
/// x
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tags { /// x
 pub title: Option<String>, /// x
 pub artists: Vec<String>, /// x
 pub album: Option<String>, /// x
 pub genre: Option<String>, /// x
 pub year: Option<i32>, /// x
 pub track: Of, /// x
 pub disc: Of }
/// x
pub fn tags(_p: &Path, _q: &Probe) -> Tags { Tags::default() }
