/** Our names for what the API speaks of, taken from its addresses rather than from the server's own names for them. */
import type { TrackGains } from "./coming";
import type {
  GetApiTracksByIdResponse,
  GetApiTracksResponse,
  PatchApiTracksByIdData,
  PostApiAuthLoginData,
  PostApiAuthLoginResponse,
  PostApiAuthRegisterData,
  PostApiTracksByIdPlayData,
  PostApiTracksByIdPlayResponse,
  PostApiUploadsResponse,
} from "./generated/types.gen";

export type Track = GetApiTracksByIdResponse & TrackGains;
export type TrackPage = Omit<GetApiTracksResponse, "items"> & { items: Track[] };
export type Visibility = Track["visibility"];
export type TrackChange = PatchApiTracksByIdData["body"];
export type Uploaded = PostApiUploadsResponse;
export type PlayGrant = PostApiTracksByIdPlayResponse;
export type PlayWishes = NonNullable<PostApiTracksByIdPlayData["body"]>;
export type SignedIn = PostApiAuthLoginResponse;
export type User = SignedIn["user"];
export type Credentials = PostApiAuthLoginData["body"];
export type NewAccount = PostApiAuthRegisterData["body"];

export type { Artist, ArtistChange, ArtistRef, Credit, Found, Licence, PageOf, Picture, Release, ReleaseDetail } from "./coming";
/** The body of every refusal (RFC 9457). */
export type { Problem } from "./generated/types.gen";
