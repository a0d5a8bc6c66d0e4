/** Our names for what the API speaks of, taken from its addresses rather than from the server's own names for them. */
import type {
  GetApiArtistsByIdResponse,
  GetApiAuthOptionsResponse,
  GetApiReleasesByIdResponse,
  GetApiReleasesProposalsResponse,
  GetApiReleasesResponse,
  GetApiSearchResponse,
  GetApiTracksByIdResponse,
  GetApiTracksResponse,
  PatchApiArtistsByIdData,
  PatchApiReleasesByIdData,
  PatchApiTracksByIdData,
  PostApiAuthLoginData,
  PostApiAuthLoginResponse,
  PostApiAuthRefreshResponse,
  PostApiAuthRegisterData,
  PostApiMeStepUpData,
  PostApiPicturesResponse,
  PostApiReleasesData,
  PostApiTracksByIdPlayData,
  PostApiTracksByIdPlayResponse,
  PostApiUploadsResponse,
} from "./generated/types.gen";

export type Track = GetApiTracksByIdResponse;
export type TrackPage = GetApiTracksResponse;
export type Visibility = Track["visibility"];
export type TrackChange = PatchApiTracksByIdData["body"];
export type Credit = Track["credits"][number];
export type Licence = Track["licence"];
/** An address elsewhere, and what to call it. */
export type Place = Artist["links"][number];
export type Artist = GetApiArtistsByIdResponse;
export type ArtistRef = NonNullable<Credit["artist"]>;
export type ArtistChange = PatchApiArtistsByIdData["body"];
export type Picture = PostApiPicturesResponse;
export type Found = GetApiSearchResponse;
export type ReleaseDetail = GetApiReleasesByIdResponse;
export type Release = GetApiReleasesResponse["items"][number];
export type ReleaseDraft = PostApiReleasesData["body"];
export type ReleaseChange = PatchApiReleasesByIdData["body"];
export type ReleaseProposal = GetApiReleasesProposalsResponse["items"][number];
export type Uploaded = PostApiUploadsResponse;
export type PlayGrant = PostApiTracksByIdPlayResponse;
export type PlayWishes = NonNullable<PostApiTracksByIdPlayData["body"]>;
export type SignedIn = PostApiAuthRefreshResponse;
export type User = SignedIn["user"];
/** The password was right; one more proof is asked for. */
export type Challenge = Exclude<PostApiAuthLoginResponse, SignedIn>;
/** Ways to prove that it is you, beside a password. */
export type Factor = Challenge["factors"][number];
/** One proof that it is you. */
export type Proof = PostApiMeStepUpData["body"];
/** What the instance asks of newcomers, and which doors it has. */
export type DoorOptions = GetApiAuthOptionsResponse;
export type Credentials = PostApiAuthLoginData["body"];
export type NewAccount = PostApiAuthRegisterData["body"];

/** One page of a list. */
export interface PageOf<T> {
  items: T[];
  next_cursor?: string | null;
}

/** The body of every refusal (RFC 9457). */
export type { Problem } from "./generated/types.gen";
