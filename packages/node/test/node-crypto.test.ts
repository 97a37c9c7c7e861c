import { generateKeyPairSync, sign } from "node:crypto";
import * as fc from "fast-check";
import { webCrypto, type PublicKey } from "@volenti/core";
import { nodeCrypto } from "@volenti/node";
import { describe, expect, it } from "vitest";

function signed(data: Uint8Array): { publicKey: PublicKey; signature: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  return { publicKey: { kty: "OKP", crv: "Ed25519", x, kid: "key-1" }, signature: new Uint8Array(sign(null, data, privateKey)) };
}

describe("nodeCrypto", () => {
  it("answers the digests of WebCrypto, in the order of the messages", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), async (messages) => {
        expect(nodeCrypto.sha256(messages)).toEqual(await webCrypto.sha256(messages));
      }),
      { numRuns: 40 },
    );
  });

  it("digests the empty message as FIPS 180-4 has it", () => {
    const [digest] = nodeCrypto.sha256([new Uint8Array(0)]);
    expect(Buffer.from(digest ?? []).toString("hex")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  it("accepts a signature, and refuses it over other data or when a bit of it is turned", () => {
    const data = new TextEncoder().encode("a batch head");
    const { publicKey, signature } = signed(data);
    const turned = signature.map((byte, index) => (index === 5 ? byte ^ 1 : byte));
    expect(nodeCrypto.verifyEd25519({ publicKey, data, signature })).toBe(true);
    expect(nodeCrypto.verifyEd25519({ publicKey, data: data.slice(1), signature })).toBe(false);
    expect(nodeCrypto.verifyEd25519({ publicKey, data, signature: turned })).toBe(false);
  });

  it("answers false for a key or a signature that cannot be read", () => {
    const data = new Uint8Array(3);
    const { publicKey, signature } = signed(data);
    expect(nodeCrypto.verifyEd25519({ publicKey: { ...publicKey, x: "AAAA" }, data, signature })).toBe(false);
    expect(nodeCrypto.verifyEd25519({ publicKey, data, signature: new Uint8Array(0) })).toBe(false);
  });

  it("gives as many random bytes as it is asked for, other ones each time", () => {
    expect(nodeCrypto.randomBytes(16)).toHaveLength(16);
    expect(nodeCrypto.randomBytes(16)).not.toEqual(nodeCrypto.randomBytes(16));
  });
});
