use hathor_core::{Ids, Timestamp};

use super::*;

fn loose(file_name: &str, tag: impl FnOnce(&mut Loose)) -> Loose {
    let mut track = Loose {
        id: Ids::Random.next(Timestamp::from_micros(1_700_000_000_000_000)),
        folder: None,
        file_name: file_name.to_owned(),
        title: file_name.to_owned(),
        titled: true,
        artist: Some("Nina".to_owned()),
        album: None,
        album_artist: None,
        disc: None,
        number: None,
        date: None,
        genre: None,
        label: None,
        licence: Licence::AllRightsReserved,
        cover: None,
        duration_ms: 180_000,
    };
    tag(&mut track);
    track
}

fn names<'a>(group: &Group, tracks: &'a [Loose]) -> Vec<&'a str> {
    let name = |place: &Place| tracks.iter().find(|track| track.id == place.id).unwrap().file_name.as_str();
    group.tracks.iter().map(name).collect()
}

#[test]
fn an_album_tagged_in_three_ways_and_hardly_at_all_is_one_release() {
    let mut tracks: Vec<Loose> = (1..=41_i64)
        .map(|n| {
            loose(&format!("song {n}.ogg"), |track| {
                track.folder = Some("wesnoth/music".to_owned());
                let albums = ["The Battle for Wesnoth", "THE BATTLE FOR WESNOTH", "the battle for wesnoth"];
                track.album = albums.get(usize::try_from(n % 3).unwrap()).map(|album| (*album).to_owned());
                track.number = (n <= 34).then_some(n);
                track.artist = Some(["Doug", "Aleks", "Ryan"][usize::try_from(n % 3).unwrap()].to_owned());
                track.genre = (n % 2 == 0).then(|| "Soundtrack".to_owned());
            })
        })
        .collect();
    tracks[39].album = None;
    (tracks[40].album, tracks[40].artist, tracks[40].titled) = (None, None, false);
    let groups = group(tracks.clone());
    let [album] = groups.as_slice() else { panic!("{} groups", groups.len()) };
    assert_eq!(fold(&album.title), "the battle for wesnoth");
    assert_eq!(
        (album.kind, album.artists.as_slice()),
        (ReleaseKind::Compilation, [VARIOUS.to_owned()].as_slice())
    );
    assert_eq!(album.genre.as_deref(), Some("Soundtrack"));
    let expected: Vec<String> = (1..=41).map(|n| format!("song {n}.ogg")).collect();
    assert_eq!(names(album, &tracks), expected, "those without a number stand behind, as people sort");
    assert_eq!(album.tracks.last().map(|place| (place.disc, place.number)), Some((1, 41)));
    let notes = [ProposalNote::MissingNumbers, ProposalNote::MissingTitles, ProposalNote::MixedArtists];
    assert_eq!(album.notes, notes);
}

#[test]
fn folders_of_discs_are_one_release() {
    let tracks: Vec<Loose> =
        [("Ode/CD2", "01 b.ogg"), ("Ode/CD1", "02 c.ogg"), ("Ode/CD1", "01 a.ogg"), ("Ode/Disc 3", "x.ogg")]
            .map(|(folder, name)| loose(name, |track| track.folder = Some(folder.to_owned())))
            .into();
    let groups = group(tracks.clone());
    assert_eq!(groups.len(), 1);
    assert_eq!(groups[0].title, "Ode");
    assert_eq!(names(&groups[0], &tracks), ["01 a.ogg", "02 c.ogg", "01 b.ogg", "x.ogg"]);
    let places: Vec<_> = groups[0].tracks.iter().map(|place| (place.disc, place.number)).collect();
    assert_eq!(places, [(1, 1), (1, 2), (2, 1), (3, 1)]);
    assert!(groups[0].has_folder("Ode") && groups[0].has_folder("Ode/CD2") && !groups[0].has_folder("Other"));
}

#[test]
fn two_albums_of_a_folder_are_two_and_files_without_folder_and_album_stand_alone() {
    let album = |name: &str, album: Option<&str>, folder: Option<&str>| {
        loose(name, |track| {
            (track.album, track.folder) = (album.map(str::to_owned), folder.map(str::to_owned));
        })
    };
    let tracks = vec![
        album("a", Some("Ode"), Some("music")),
        album("b", Some("Elegy"), Some("music")),
        album("c", Some("Ode"), None),
        album("d", None, None),
        album("e", None, None),
    ];
    let mut titles: Vec<String> = group(tracks).into_iter().map(|group| group.title).collect();
    titles.sort();
    assert_eq!(titles, ["Elegy", "Ode", "Ode", "d", "e"]);
    let by = |artist: &str| {
        loose("x", |track| {
            (track.album, track.album_artist) = (Some("Greatest Hits".to_owned()), Some(artist.to_owned()));
        })
    };
    assert_eq!(group(vec![by("Nina"), by("Omar"), by("NINA")]).len(), 2);
    assert!(group(Vec::new()).is_empty());
}

#[test]
fn the_kind_follows_number_length_and_artists() {
    assert_eq!(kind(3, 0, true), ReleaseKind::Single);
    assert_eq!(kind(6, 2 * EP_MS, false), ReleaseKind::Ep);
    assert_eq!(kind(10, EP_MS - 1, false), ReleaseKind::Ep);
    assert_eq!(kind(10, EP_MS, false), ReleaseKind::Album);
    assert_eq!(kind(10, EP_MS, true), ReleaseKind::Compilation);
}

#[test]
fn the_most_frequent_cover_comes_first_and_names_sort_as_people_do() {
    let id = || Ids::Random.next(Timestamp::from_micros(1_700_000_000_000_000));
    let (rare, usual): (PictureId, PictureId) = (id(), id());
    let of = |cover: PictureId| {
        loose("x", |track| (track.folder, track.cover) = (Some("Ode".to_owned()), Some(cover)))
    };
    let groups = group(vec![of(rare), of(usual), of(usual)]);
    assert_eq!(groups[0].covers, [usual, rare]);
    let mut sorted = ["track 10", "Track 9", "track 1", "track"];
    sorted.sort_by(|one, other| natural(one, other));
    assert_eq!(sorted, ["track", "track 1", "Track 9", "track 10"]);
    assert_eq!(
        (leading("07 - ode.ogg"), leading("ode 7.ogg"), leading("00 x"), leading("1999 x")),
        (Some(7), None, None, None)
    );
    assert_eq!(
        (whole("Ode/cd 2"), whole("Ode/Encore"), whole("CD1")),
        (("Ode", Some(2)), ("Ode/Encore", None), ("", Some(1)))
    );
}

#[test]
fn a_release_has_the_day_of_its_tracks_if_they_agree_and_else_their_year() {
    let dated = |dates: &[Option<&str>]| {
        let tracks = dates.iter().enumerate().map(|(n, date)| {
            loose(&format!("{n}.ogg"), |track| {
                track.album = Some("Ode".to_owned());
                track.date = date.map(str::to_owned);
            })
        });
        group(tracks.collect())[0].date.clone()
    };
    let date = Some("2014-03-21".to_owned());
    assert_eq!(dated(&[Some("2014-03-21"), Some("2014-03-21"), Some("2014-03-21")]), date);
    assert_eq!(dated(&[Some("2014"), None, Some("2014-03-21"), Some("2013-01-01")]), date);
    assert_eq!(dated(&[Some("2014-05-01"), Some("2014-03-21")]), Some("2014".to_owned()));
    assert_eq!(dated(&[None, None]), None);
}
