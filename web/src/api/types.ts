/** Our names for what the API speaks of, taken from its addresses rather than from the server's own names for them. */
import type { FoundGains, TrackGains } from "./coming";
import type {
  GetApiArtistsByIdResponse,
  GetApiSearchResponse,
  GetApiTracksByIdResponse,
  GetApiTracksResponse,
  PatchApiArtistsByIdData,
  PatchApiTracksByIdData,
  PostApiAuthLoginData,
  PostApiAuthLoginResponse,
  PostApiAuthRegisterData,
  PostApiPicturesResponse,
  PostApiTracksByIdPlayData,
  PostApiTracksByIdPlayResponse,
  PostApiUploadsResponse,
} from "./generated/types.gen";

export type Track = GetApiTracksByIdResponse & TrackGains;
export type TrackPage = Omit<GetApiTracksResponse, "items"> & { items: Track[] };
export type Visibility = Track["visibility"];
export type TrackChange = PatchApiTracksByIdData["body"];
export type Credit = Track["credits"][number];
export type Licence = Track["licence"];
export type Artist = GetApiArtistsByIdResponse;
export type ArtistRef = NonNullable<Credit["artist"]>;
export type ArtistChange = PatchApiArtistsByIdData["body"];
export type Picture = PostApiPicturesResponse;
export type Found = Omit<GetApiSearchResponse, "tracks"> & FoundGains & { tracks: Track[] };
export type Uploaded = PostApiUploadsResponse;
export type PlayGrant = PostApiTracksByIdPlayResponse;
export type PlayWishes = NonNullable<PostApiTracksByIdPlayData["body"]>;
export type SignedIn = PostApiAuthLoginResponse;
export type User = SignedIn["user"];
export type Credentials = PostApiAuthLoginData["body"];
export type NewAccount = PostApiAuthRegisterData["body"];

export type { PageOf, Release, ReleaseDetail } from "./coming";
/** The body of every refusal (RFC 9457). */
export type { Problem } from "./generated/types.gen";
