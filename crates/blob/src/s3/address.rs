//! `s3://bucket[/prefix][?endpoint=https://…&region=…]`

use rusty_s3::{Bucket, UrlStyle};
use url::Url;

use crate::{Error, Key};

/// Where objects go.
pub(super) struct Address {
    pub bucket: Bucket,
    /// Empty, or a key with a `/` behind it.
    pub prefix: String,
}

impl Address {
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let url = Url::parse(text).map_err(|_| Error::Config("this s3 address cannot be read"))?;
        let name = url.host_str().ok_or(Error::Config("an s3 address names a bucket: s3://bucket"))?;
        let region = parameter(&url, "region").unwrap_or_else(|| "us-east-1".to_owned());
        let endpoint =
            parameter(&url, "endpoint").unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"));
        let endpoint =
            endpoint.parse().map_err(|_| Error::Config("the endpoint of the s3 address is no URL"))?;
        let bucket = Bucket::new(endpoint, UrlStyle::Path, name.to_owned(), region)
            .map_err(|_| Error::Config("the endpoint of the s3 address is no http or https URL"))?;
        Ok(Self { bucket, prefix: prefix(url.path())? })
    }
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn prefix(path: &str) -> Result<String, Error> {
    let path = path.trim_matches('/');
    if path.is_empty() {
        return Ok(String::new());
    }
    let key = Key::new(path).map_err(|_| Error::Config("the prefix of the s3 address is no blob key"))?;
    Ok(format!("{key}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_bucket_prefix_endpoint_and_region() {
        let address = Address::parse("s3://music/prod/a?endpoint=http://127.0.0.1:9000&region=eu-1").unwrap();
        assert_eq!(address.bucket.base_url().as_str(), "http://127.0.0.1:9000/music/");
        assert_eq!(address.bucket.region(), "eu-1");
        assert_eq!(address.prefix, "prod/a/");
    }

    #[test]
    fn without_endpoint_it_is_the_region_of_amazon() {
        let address = Address::parse("s3://music?region=eu-west-1").unwrap();
        assert_eq!(address.bucket.base_url().as_str(), "https://s3.eu-west-1.amazonaws.com/music/");
        assert_eq!(address.prefix, "");
    }

    #[test]
    fn a_wrong_address_is_told_at_once() {
        for text in
            ["s3://", "s3://music/UPPER", "s3://music?endpoint=nowhere", "s3://music?endpoint=ftp://a"]
        {
            assert!(matches!(Address::parse(text), Err(Error::Config(_))), "{text}");
        }
    }
}
