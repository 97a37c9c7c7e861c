import { createTestKeyring } from "@volenti/conformance";
import { toUtf8, webCrypto } from "@volenti/core/adapter";
import { expect, test } from "vitest";

test("a signature verifies with the public key that the keyring describes", async () => {
  const keyring = createTestKeyring();
  const data = toUtf8("a head");
  const { keyId, signature } = await keyring.sign({ data });
  const publicKey = (await keyring.describe()).find((key) => key.keyId === keyId)?.publicKey;
  expect(keyId).toBe(await keyring.signingKeyId());
  if (publicKey === undefined) throw new Error("no public key");
  expect(await webCrypto.verifyEd25519({ publicKey, data, signature })).toBe(true);
  expect(await webCrypto.verifyEd25519({ publicKey, data: toUtf8("another"), signature })).toBe(false);
});

test("digests of one message differ by use, and agree within it", async () => {
  const keyring = createTestKeyring();
  const messages = [toUtf8("one"), toUtf8("two")];
  const index = await keyring.mac({ use: "blindIndex", messages });
  const again = await keyring.mac({ use: "blindIndex", messages });
  const suppression = await keyring.mac({ use: "suppression", messages });
  expect(again.macs).toEqual(index.macs);
  expect(index.macs[0]).not.toEqual(index.macs[1]);
  expect(suppression.macs).not.toEqual(index.macs);
});

test("a wrapped key comes back under its own context and under no other", async () => {
  const keyring = createTestKeyring();
  const key = webCrypto.randomBytes(32);
  const { keyId, wrapped } = await keyring.wrap({ keys: [{ key, context: "a" }] });
  const [first] = wrapped;
  if (first === undefined) throw new Error("nothing was wrapped");
  expect(await keyring.unwrap({ keys: [{ keyId, wrapped: first, context: "a" }] })).toEqual([key]);
  await expect(keyring.unwrap({ keys: [{ keyId, wrapped: first, context: "b" }] })).rejects.toThrow();
});

test("what was wrapped before a rotation comes back, and what is wrapped after it is under another key", async () => {
  const keyring = createTestKeyring();
  const key = webCrypto.randomBytes(32);
  const before = await keyring.wrap({ keys: [{ key, context: "a" }] });
  keyring.rotate("keyEncryption");
  const after = await keyring.wrap({ keys: [{ key, context: "a" }] });
  const described = (await keyring.describe()).filter(({ kind }) => kind === "keyEncryption");
  expect(described.map(({ keyId, status }) => [keyId, status])).toEqual([[before.keyId, "retired"], [after.keyId, "active"]]);
  const keys = [before, after].flatMap(({ keyId, wrapped }) => wrapped.map((one) => ({ keyId, wrapped: one, context: "a" })));
  expect(await keyring.unwrap({ keys })).toEqual([key, key]);
});

test("a key that is not there is an error, never another key", async () => {
  const keyring = createTestKeyring();
  await expect(keyring.mac({ use: "blindIndex", keyId: "gone", messages: [] })).rejects.toMatchObject({ code: "invalidConfiguration" });
  await expect(keyring.unwrap({ keys: [{ keyId: "gone", wrapped: new Uint8Array(40), context: "" }] })).rejects.toMatchObject({
    code: "invalidConfiguration",
  });
});
