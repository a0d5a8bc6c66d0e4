//! c
use std::path::Path;
/// x
#[derive(Debug)]
pub struct Picture { /// x
 pub jpeg: Vec<u8> }
/// x
#[derive(Debug)]
pub struct Cover { /// x
 pub small: Picture, /// x
 pub large: Picture }
/// x
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct CoverError;
/// x
pub fn cover(_p: &Path) -> Result<Option<Cover>, CoverError> { Ok(None) }
/// x
pub fn cover_from(_p: &[u8]) -> Result<Cover, CoverError> { Err(CoverError) }
