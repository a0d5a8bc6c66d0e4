/** Our names for what the API speaks of, taken from its addresses rather than from the server's own names for them. */
import type {
  GetApiArtistsByIdResponse,
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
  PostApiAuthRegisterData,
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
export type SignedIn = PostApiAuthLoginResponse;
export type User = SignedIn["user"] & Partial<PersonMore>;
export type Credentials = PostApiAuthLoginData["body"];
export type NewAccount = PostApiAuthRegisterData["body"];

/** One page of a list. */
export interface PageOf<T> {
  items: T[];
  next_cursor?: string | null;
}

/** The body of every refusal (RFC 9457). */
export type { Problem } from "./generated/types.gen";

/** What a person sees of themselves beyond their name. */
export interface PersonMore {
  email_verified: boolean;
  /** The address that the account is about to move to. */
  pending_email: string | null;
  /** The instance asks for a verified address before one may bring music. */
  must_verify: boolean;
  bio: string | null;
  location: string | null;
  links: Place[];
  avatar: Picture | null;
  banner: Picture | null;
  /** When the account is erased, if that was asked for. */
  deletion_at: string | null;
}

/** What the instance asks of newcomers, and which doors it has. */
export interface DoorOptions {
  registration: "open" | "invite" | "closed";
  minimum_age: number | null;
  verify_email: boolean;
  providers: { id: string; name: string }[];
  passkeys: boolean;
}

/** Ways to prove that it is you, beside a password. */
export type Factor = "totp" | "passkey" | "recovery_code";

/** The password was right; one more proof is asked for. */
export interface Challenge {
  challenge: string;
  factors: Factor[];
  expires_in: number;
}

/** A conversation with an authenticator that the server has begun. */
export interface Ceremony {
  ceremony: string;
  options: unknown;
}

/** One of the proofs, as the API takes it. */
export interface Proof {
  password?: string;
  totp?: string;
  recovery_code?: string;
  passkey?: { ceremony: string; credential: unknown };
}
