import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { JsonValue } from "@volenti/core/adapter";

/** The first byte of every blob, so that another algorithm can stand beside it. NIST SP 800-38D, 96-bit random nonce. */
const AES_256_GCM = 1;
export const ALGORITHM = "AES-256-GCM";
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** Where a value belongs: authenticated with it, so that no value can be moved to another person, attribute or time. */
export interface AttributePlace {
  readonly ref: string;
  readonly name: string;
  readonly dataKeyId: string;
  readonly changedAt: number;
  readonly submissionId: string;
}

export interface PlainAttribute {
  readonly value: JsonValue;
  readonly dataKey: Uint8Array;
  readonly place: AttributePlace;
}

/** Ciphertexts one after another, and how long each of them is. */
export interface EncryptedAttributes {
  readonly bytes: Uint8Array;
  readonly lengths: readonly number[];
}

/** Algorithm, nonce, ciphertext and tag of each value's JSON. Nonces are drawn at once: a draw costs a third of a value. */
export function encryptAttributes(attributes: readonly PlainAttribute[]): EncryptedAttributes {
  const texts = attributes.map(({ value }) => JSON.stringify(value));
  const nonces = randomBytes(NONCE_LENGTH * attributes.length);
  const room = texts.reduce((sum, text) => sum + Buffer.byteLength(text, "utf8"), 0);
  const bytes = Buffer.allocUnsafe(room + attributes.length * (1 + NONCE_LENGTH + TAG_LENGTH));
  let end = 0;
  const lengths = attributes.map(({ dataKey, place }, index) => {
    const start = end;
    const nonce = nonces.subarray(index * NONCE_LENGTH, (index + 1) * NONCE_LENGTH);
    const cipher = createCipheriv("aes-256-gcm", dataKey, nonce, { authTagLength: TAG_LENGTH });
    cipher.setAAD(associatedData(place));
    const ciphertext = cipher.update(texts[index] ?? "", "utf8");
    cipher.final();
    bytes[start] = AES_256_GCM;
    bytes.set(nonce, start + 1);
    bytes.set(ciphertext, start + 1 + NONCE_LENGTH);
    end = start + 1 + NONCE_LENGTH + ciphertext.length + TAG_LENGTH;
    bytes.set(cipher.getAuthTag(), end - TAG_LENGTH);
    return end - start;
  });
  return { bytes, lengths };
}

/** Throws on a blob that is not what {@link encryptAttributes} made for this very place under this key. */
export function decryptAttribute(request: { blob: Uint8Array; dataKey: Uint8Array; place: AttributePlace }): JsonValue {
  const { blob, dataKey, place } = request;
  if (blob[0] !== AES_256_GCM || blob.length < 1 + NONCE_LENGTH + TAG_LENGTH) throw new TypeError("unknown algorithm");
  const nonce = blob.subarray(1, 1 + NONCE_LENGTH);
  const decipher = createDecipheriv("aes-256-gcm", dataKey, nonce, { authTagLength: TAG_LENGTH });
  decipher.setAAD(associatedData(place));
  decipher.setAuthTag(blob.subarray(blob.length - TAG_LENGTH));
  const plain = decipher.update(blob.subarray(1 + NONCE_LENGTH, blob.length - TAG_LENGTH));
  decipher.final();
  return JSON.parse(plain.toString("utf8")) as JsonValue;
}

function associatedData(place: AttributePlace): Buffer {
  const { ref, name, dataKeyId, changedAt, submissionId } = place;
  // A flat array of text and an integer: its JSON is its canonical form.
  return Buffer.from(JSON.stringify(["volenti-attribute-1", ref, name, dataKeyId, changedAt, submissionId]), "utf8");
}
