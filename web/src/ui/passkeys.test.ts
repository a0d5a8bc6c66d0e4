import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bytesOf, knowsPasskeys, makePasskey, offersPasskeys, provePasskey, textOf } from "./passkeys";

const bytes = (...values: number[]) => new Uint8Array(values).buffer as ArrayBuffer;

class Attestation {
  clientDataJSON = bytes(1);
  attestationObject = bytes(2, 3);
  getTransports = () => ["internal"];
}

const create = vi.fn();
const get = vi.fn();

describe("passkeys", () => {
  beforeEach(() => {
    vi.stubGlobal("PublicKeyCredential", { isConditionalMediationAvailable: async () => true });
    vi.stubGlobal("AuthenticatorAttestationResponse", Attestation);
    Object.defineProperty(navigator, "credentials", { value: { create, get }, configurable: true });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    Reflect.deleteProperty(navigator, "credentials");
  });

  it("write bytes as base64url, and read them back", () => {
    expect(textOf(bytes(251, 255, 254))).toBe("-__-");
    expect([...new Uint8Array(bytesOf("-__-"))]).toEqual([251, 255, 254]);
    expect([...new Uint8Array(bytesOf("AQ"))]).toEqual([1]);
  });

  it("are made of the server's options, with bytes where bytes belong and words where words do", async () => {
    create.mockResolvedValueOnce({
      id: "AgM",
      rawId: bytes(2, 3),
      type: "public-key",
      authenticatorAttachment: "platform",
      response: new Attestation(),
    });
    const told = await makePasskey({
      challenge: "AQI",
      rp: { id: "hathor.example", name: "Hathor" },
      user: { id: "Aw", name: "nina", displayName: "Nina" },
      excludeCredentials: [{ id: "BA", type: "public-key" }],
    });
    const { publicKey } = create.mock.lastCall?.[0] ?? {};
    expect([...new Uint8Array(publicKey.challenge)]).toEqual([1, 2]);
    expect([...new Uint8Array(publicKey.user.id)]).toEqual([3]);
    expect([...new Uint8Array(publicKey.excludeCredentials[0].id)]).toEqual([4]);
    expect(publicKey.rp.id).toBe("hathor.example");
    expect(told).toMatchObject({
      id: "AgM",
      rawId: "AgM",
      response: { clientDataJSON: "AQ", attestationObject: "AgM", transports: ["internal"] },
    });
  });

  it("prove who holds them", async () => {
    const response = { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(3), userHandle: null };
    get.mockResolvedValueOnce({ id: "x", rawId: bytes(9), type: "public-key", authenticatorAttachment: null, response });
    const told = await provePasskey({ publicKey: { challenge: "AQ", rpId: "hathor.example" } }, { quietly: true });
    expect(get.mock.lastCall?.[0]).toMatchObject({ mediation: "conditional", publicKey: { rpId: "hathor.example" } });
    expect(told).toMatchObject({ response: { authenticatorData: "Ag", signature: "Aw", userHandle: null } });
  });

  it("say in words that somebody thought better of it, or has one already", async () => {
    get.mockRejectedValueOnce(new DOMException("no", "NotAllowedError"));
    await expect(provePasskey({ challenge: "AQ" })).rejects.toMatchObject({ sentence: expect.stringMatching(/No passkey was shown/) });
    create.mockRejectedValueOnce(new DOMException("no", "InvalidStateError"));
    await expect(makePasskey({ challenge: "AQ" })).rejects.toMatchObject({ sentence: expect.stringMatching(/already/) });
    const stopped = new DOMException("stop", "AbortError");
    get.mockRejectedValueOnce(stopped);
    await expect(provePasskey({ challenge: "AQ" })).rejects.toBe(stopped);
  });

  it("are not offered where the browser does not know them", async () => {
    expect([knowsPasskeys(), await offersPasskeys()]).toEqual([true, true]);
    vi.stubGlobal("PublicKeyCredential", {});
    expect(await offersPasskeys()).toBe(false);
    vi.stubGlobal("PublicKeyCredential", undefined);
    expect([knowsPasskeys(), await offersPasskeys()]).toEqual([false, false]);
  });
});
