import { ApiProblem } from "@/api/problem";
import { t } from "./text/text";

type Json = Record<string, unknown>;

/** Whether this browser knows passkeys at all. */
export function knowsPasskeys(): boolean {
  return typeof PublicKeyCredential !== "undefined" && "credentials" in navigator;
}

/** Whether it can offer them in the list under a field. */
export async function offersPasskeys(): Promise<boolean> {
  if (!knowsPasskeys() || !PublicKeyCredential.isConditionalMediationAvailable) return false;
  return PublicKeyCredential.isConditionalMediationAvailable().catch(() => false);
}

/** Has the authenticator make a key, and says what the server wants to know of it. */
export async function makePasskey(options: unknown): Promise<Json> {
  const publicKey = unpack<PublicKeyCredentialCreationOptions>(options);
  return told(await orWords(navigator.credentials.create({ publicKey }), "passkey.notMade"));
}

/** Has the authenticator prove that it holds the key. */
export async function provePasskey(options: unknown, how: { signal?: AbortSignal; quietly?: boolean } = {}): Promise<Json> {
  const publicKey = unpack<PublicKeyCredentialRequestOptions>(options);
  const asked = navigator.credentials.get({ publicKey, signal: how.signal, mediation: how.quietly ? "conditional" : "optional" });
  return told(await orWords(asked, "passkey.notProved"));
}

/** Fields that are bytes, which JSON cannot write, and parts where a field of that name is a word. */
const BINARY = new Set(["challenge", "id"]);
const PLAIN = new Set(["rp", "extensions"]);

/** The server's options as the browser wants them. */
function unpack<T>(options: unknown): T {
  const { publicKey = options } = options as { publicKey?: unknown };
  return opened(publicKey) as T;
}

function opened(value: unknown, name = ""): unknown {
  if (typeof value === "string" && BINARY.has(name)) return bytesOf(value);
  if (typeof value !== "object" || value === null || PLAIN.has(name)) return value;
  if (Array.isArray(value)) return value.map((each) => opened(each, name));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opened(inner, key)]));
}

async function orWords(asked: Promise<Credential | null>, words: "passkey.notMade" | "passkey.notProved"): Promise<PublicKeyCredential> {
  try {
    const credential = await asked;
    if (credential) return credential as PublicKeyCredential;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    if (error instanceof DOMException && error.name === "InvalidStateError") throw refusal("passkey.known");
  }
  throw refusal(words);
}

function refusal(words: "passkey.notMade" | "passkey.notProved" | "passkey.known"): ApiProblem {
  return new ApiProblem(422, { code: "passkey" as never, detail: t(words) });
}

/** A credential as JSON, as WebAuthn writes it. */
function told(credential: PublicKeyCredential): Json {
  const { response } = credential;
  return {
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: {},
    response:
      response instanceof AuthenticatorAttestationResponse ? toldNew(response) : toldProof(response as AuthenticatorAssertionResponse),
  };
}

function toldNew(response: AuthenticatorAttestationResponse): Json {
  return {
    clientDataJSON: textOf(response.clientDataJSON),
    attestationObject: textOf(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  };
}

function toldProof({ clientDataJSON, authenticatorData, signature, userHandle }: AuthenticatorAssertionResponse): Json {
  return {
    clientDataJSON: textOf(clientDataJSON),
    authenticatorData: textOf(authenticatorData),
    signature: textOf(signature),
    userHandle: userHandle ? textOf(userHandle) : null,
  };
}

/** Bytes as base64url without padding. */
export function textOf(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes that base64url writes. */
export function bytesOf(text: string): ArrayBuffer {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0)).buffer as ArrayBuffer;
}
