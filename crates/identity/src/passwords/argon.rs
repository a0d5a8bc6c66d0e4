//! Argon2 in memory that is used again: to hand out tens of megabytes for each hash, and take them back, costs a kernel up to
//! a tenth of what the hash costs.

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, PasswordHash, Salt},
};
use hathor_kit::{Error, Result};

/// What one thread hashes in.
#[derive(Default)]
pub(super) struct Memory(Vec<Block>);

impl Memory {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn blocks(&mut self, count: usize) -> &mut [Block] {
        if self.0.len() < count {
            self.0.resize(count, Block::new());
        }
        self.0.get_mut(..count).unwrap_or_default()
    }
}

/// The PHC string of `password`, by argon2id.
pub(super) fn hash(memory: &mut Memory, params: &Params, password: &str, salt: &[u8]) -> Result<String> {
    let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
    let argon = Argon2::new(algorithm, version, params.clone());
    let hash = PasswordHash {
        algorithm: algorithm.ident(),
        version: Some(version.into()),
        params: params.try_into().map_err(Error::internal)?,
        salt: Some(Salt::new(salt).map_err(Error::internal)?),
        hash: Some(output(memory, &argon, password, salt)?),
    };
    Ok(hash.to_string())
}

/// Whether `password` fits the PHC string `stored`, by whatever it says it was made with.
pub(super) fn fits(memory: &mut Memory, password: &str, stored: &str) -> Result<bool> {
    let hash = PasswordHash::new(stored).map_err(Error::internal)?;
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).map_err(Error::internal)?;
    let version = hash.version.map_or(Ok(Version::V0x13), Version::try_from).map_err(Error::internal)?;
    let params = Params::try_from(&hash).map_err(Error::internal)?;
    let (Some(salt), Some(expected)) = (hash.salt, hash.hash) else {
        return Err(Error::internal("a stored hash has no salt or no end"));
    };
    let argon = Argon2::new(algorithm, version, params);
    // compared in constant time
    Ok(output(memory, &argon, password, &salt)? == expected)
}

fn output(memory: &mut Memory, argon: &Argon2<'_>, password: &str, salt: &[u8]) -> Result<Output> {
    let params = argon.params();
    let (length, blocks) = (params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN), params.block_count());
    let mut out = vec![0; length];
    argon
        .hash_password_into_with_memory(password.as_bytes(), salt, &mut out, memory.blocks(blocks))
        .map_err(Error::internal)?;
    Output::new(&out).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher, PasswordVerifier};

    use super::*;

    const SALT: &[u8; 16] = b"sixteen bytes ok";

    fn params(memory: u32, rounds: u32) -> Params {
        Params::new(memory, rounds, 1, None).unwrap()
    }

    #[test]
    fn what_the_library_makes_is_what_we_make_whatever_the_memory_held() {
        let mut memory = Memory::default();
        for (size, rounds) in [(64, 1), (256, 2), (64, 3)] {
            let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params(size, rounds));
            let theirs = argon.hash_password_with_salt(b"a fair comparison", SALT).unwrap().to_string();
            assert_eq!(hash(&mut memory, argon.params(), "a fair comparison", SALT).unwrap(), theirs);
            assert!(fits(&mut memory, "a fair comparison", &theirs).unwrap());
            assert!(!fits(&mut memory, "another", &theirs).unwrap());
        }
    }

    #[test]
    fn what_we_make_fits_by_the_library() {
        let ours = hash(&mut Memory::default(), &params(64, 1), "a fair comparison", SALT).unwrap();
        let ours = PasswordHash::new(&ours).unwrap();
        assert!(Argon2::default().verify_password(b"a fair comparison", &ours).is_ok());
    }

    #[test]
    fn what_is_no_hash_is_our_mistake_and_fits_nothing() {
        for stored in [
            "",
            "plain",
            "$argon2id$v=19$m=64,t=1,p=1$c2l4dGVlbiBieXRlcyBvaw",
            "$scrypt$ln=4$c2FsdHNhbHQ$aGFzaGhhc2g",
        ] {
            assert!(fits(&mut Memory::default(), "plain", stored).is_err(), "{stored}");
        }
    }
}
