import { toHexadecimal, toUtf8 } from "@volenti/core/adapter";

/** The digests without a key that people think hide a text: whoever can guess the text finds it. */
export interface PlainDigest {
  readonly algorithm: string;
  /** Lower-case hexadecimal. */
  readonly hexadecimal: string;
  /** Without padding, in the ordinary alphabet and in that of URLs. */
  readonly base64: readonly string[];
}

const HASHES_OF_THE_PLATFORM = ["SHA-256", "SHA-1"] as const;

export async function plainDigests(text: string): Promise<readonly PlainDigest[]> {
  const bytes = new Uint8Array(toUtf8(text));
  const digests = await Promise.all(
    HASHES_OF_THE_PLATFORM.map(async (algorithm) => toPlainDigest({ algorithm, digest: new Uint8Array(await globalThis.crypto.subtle.digest(algorithm, bytes)) })),
  );
  // WebCrypto knows no MD5, and customer systems are full of it.
  const nodeCrypto = typeof process === "undefined" ? undefined : process.getBuiltinModule?.("node:crypto");
  if (nodeCrypto === undefined) return digests;
  const md5 = new Uint8Array(nodeCrypto.createHash("md5").update(bytes).digest());
  return [...digests, toPlainDigest({ algorithm: "MD5", digest: md5 })];
}

function toPlainDigest(request: { algorithm: string; digest: Uint8Array }): PlainDigest {
  const { algorithm, digest } = request;
  const base64 = btoa(String.fromCharCode(...digest)).replace(/=+$/, "");
  const ofUrls = base64.replaceAll("+", "-").replaceAll("/", "_");
  return { algorithm, hexadecimal: toHexadecimal(digest), base64: [...new Set([base64, ofUrls])] };
}
