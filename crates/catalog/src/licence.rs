//! Licences: under which terms others may use a work.

hathor_core::text_enum! {
    /// Under which terms others may use a work.
    pub enum Licence {
        AllRightsReserved = "all_rights_reserved",
        CcBy = "cc_by",
        CcBySa = "cc_by_sa",
        CcByNc = "cc_by_nc",
        CcByNcSa = "cc_by_nc_sa",
        CcByNd = "cc_by_nd",
        CcByNcNd = "cc_by_nc_nd",
        Cc0 = "cc0",
    }
}
hathor_db::text_cell!(Licence);

impl Licence {
    /// The licence that a tag names: by its address at Creative Commons, or as `CC BY-SA 4.0`. Whatever else stands there
    /// gives nobody a right.
    pub fn read(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase();
        if tag.contains("creativecommons.org/publicdomain/zero/") || is_word(&tag, "cc0") {
            return Self::Cc0;
        }
        let terms = tag.split_once("creativecommons.org/licenses/").map(|(_, rest)| rest).or_else(|| {
            let at = tag.find("cc by").or_else(|| tag.find("cc-by"))?;
            tag.get(at + 3..)
        });
        let terms = terms.unwrap_or_default();
        let end = terms.find(|each: char| !each.is_ascii_alphabetic() && each != '-').unwrap_or(terms.len());
        match terms.get(..end).unwrap_or_default().trim_end_matches('-') {
            "by" => Self::CcBy,
            "by-sa" => Self::CcBySa,
            "by-nc" => Self::CcByNc,
            "by-nc-sa" => Self::CcByNcSa,
            "by-nd" => Self::CcByNd,
            "by-nc-nd" => Self::CcByNcNd,
            _ => Self::AllRightsReserved,
        }
    }
}

fn is_word(text: &str, word: &str) -> bool {
    text.split(|each: char| !each.is_ascii_alphanumeric()).any(|each| each == word)
}

#[cfg(test)]
mod tests {
    use super::Licence;

    #[test]
    fn a_tag_names_a_licence_or_gives_no_right() {
        for (tag, licence) in [
            ("http://creativecommons.org/licenses/by-nc-sa/4.0/", Licence::CcByNcSa),
            ("https://creativecommons.org/licenses/by/3.0", Licence::CcBy),
            ("2004 Nina. Verify at http://creativecommons.org/licenses/by-nd/2.0/", Licence::CcByNd),
            ("CC BY-SA 4.0", Licence::CcBySa),
            ("cc-by-nc-nd-4.0", Licence::CcByNcNd),
            ("CC0 1.0", Licence::Cc0),
            ("https://creativecommons.org/publicdomain/zero/1.0/", Licence::Cc0),
            ("by-sa", Licence::AllRightsReserved),
            ("CC BY-XX", Licence::AllRightsReserved),
            ("GPL v2+", Licence::AllRightsReserved),
            ("é", Licence::AllRightsReserved),
            ("", Licence::AllRightsReserved),
        ] {
            assert_eq!(Licence::read(tag), licence, "{tag}");
        }
    }
}
