#!/usr/bin/env node
// Verifies a Volenti receipt with nothing but Node (20.15 or later) and this file: no network, no store, no library.
//
//   node verify-receipt.mjs RECEIPT KEYS [RECORD...]
//
// RECEIPT  a file with the receipt, or a line of `volenti collect --json` that holds one
// KEYS     a file with the controller's public keys, a JWK set as `volenti keys --public` prints it
// RECORD   files with canonical records of decisions: each must be one that the receipt proves
//
// Prints one JSON object. Exit code 0: everything is proved. 1: something is not. 2: wrong usage.
//
// What it checks, so that it can be read beside the code:
// - the receipt is base64url of JSON in its RFC 8785 form, with schema volenti-receipt-1, and not damaged (`check`, CRC-32)
// - each head is a compact JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037), header typ volenti-head+jws, by a key of KEYS
//   that was not revoked (`revoked` of the JWK, OpenID Federation 1.0)
// - each decision's hash is in the head's Merkle tree: inclusion proof of RFC 9162 section 2.1.3.2, leaf data = the hash
// - each record's SHA-256 is one of these hashes
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";

const HASH = /^[0-9a-f]{64}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @param {...(string | Uint8Array)} parts */
function sha256(...parts) {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest();
}

/** RFC 8785 of what JSON.parse gives. @param {unknown} value @returns {string} */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}

/** Null unless the text is the one base64url form of its bytes. @param {string} text */
function fromBase64url(text) {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : null;
}

/** Null unless the bytes are one JSON object in its RFC 8785 form. @param {string} encoded @returns {any} */
function readObject(encoded) {
  const bytes = fromBase64url(encoded);
  if (bytes === null) return null;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) && canonical(value) === text ? value : null;
  } catch {
    return null;
  }
}

/** @param {any} receipt */
function isReceipt(receipt) {
  if (receipt === null || receipt.schema !== "volenti-receipt-1" || !UUID.test(receipt.submissionId)) return false;
  const { decisions, head } = receipt;
  if (typeof head !== "string" || !Array.isArray(decisions) || decisions.length === 0) return false;
  const names = Object.keys(receipt).every((name) => ["check", "decisions", "head", "schema", "submissionId"].includes(name));
  const ids = JSON.stringify([receipt.submissionId, ...decisions.map((decision) => decision?.id)]);
  return names && decisions.every(isDecision) && receipt.check === crc32(ids).toString(16).padStart(8, "0");
}

/** @param {any} decision */
function isDecision(decision) {
  if (typeof decision !== "object" || decision === null) return false;
  const { id, hash, leafIndex, path, head = "" } = decision;
  const names = Object.keys(decision).every((name) => ["hash", "head", "id", "leafIndex", "path"].includes(name));
  const isPath = Array.isArray(path) && path.length <= 64 && path.every((node) => typeof node === "string" && HASH.test(node));
  return names && isPath && typeof head === "string" && UUID.test(id) && HASH.test(hash) && Number.isSafeInteger(leafIndex) && leafIndex >= 0;
}

/** @param {string} jws @param {readonly any[]} keys */
function checkHead(jws, keys) {
  const parts = jws.split(".");
  const [headerText = "", payloadText = "", signatureText = ""] = parts;
  const [header, statement, signature] = [readObject(headerText), readObject(payloadText), fromBase64url(signatureText)];
  const isHeader = header?.alg === "EdDSA" && header.typ === "volenti-head+jws" && typeof header.kid === "string" && !("crit" in header);
  const isStatement =
    statement?.schema === "volenti-head-1" &&
    HASH.test(statement.root) &&
    Number.isSafeInteger(statement.size) &&
    !Number.isNaN(Date.parse(statement.sealedAt));
  if (parts.length !== 3 || !isHeader || !isStatement || signature === null) return { code: "malformedHead" };
  const key = keys.find(({ kid, kty, crv }) => kid === header.kid && kty === "OKP" && crv === "Ed25519");
  if (key === undefined) return { code: "unknownKey" };
  if (!isSigned({ data: `${headerText}.${payloadText}`, signature, key })) return { code: "badSignature" };
  const { revoked } = key;
  // Of a key that others may have no signature counts by itself, whatever instant it says.
  const isGood = revoked === undefined || (revoked?.reason === "superseded" && Date.parse(statement.sealedAt) < revoked.revoked_at * 1000);
  return isGood ? { code: null, statement, keyId: header.kid } : { code: "revokedKey" };
}

/** @param {{ data: string, signature: Uint8Array, key: any }} request */
function isSigned({ data, signature, key }) {
  try {
    const { kty, crv, x } = key;
    return verify(null, Buffer.from(data), createPublicKey({ key: { kty, crv, x }, format: "jwk" }), signature);
  } catch {
    return false;
  }
}

/** RFC 9162 section 2.1.3.2. @param {{ hash: string, leafIndex: number, path: readonly string[], root: string, size: number }} proof */
function isIncluded({ hash, leafIndex, path, root, size }) {
  if (leafIndex >= size) return false;
  let [node, last] = [leafIndex, size - 1];
  let computed = sha256(Uint8Array.of(0), Buffer.from(hash, "hex"));
  for (const text of path) {
    if (last === 0) return false;
    const sibling = Buffer.from(text, "hex");
    if (node % 2 === 1 || node === last) {
      computed = sha256(Uint8Array.of(1), sibling, computed);
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else computed = sha256(Uint8Array.of(1), computed, sibling);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && computed.toString("hex") === root;
}

/** @param {{ text: string, keys: readonly any[], records: readonly string[] }} request */
function verifyReceipt({ text, keys, records }) {
  const receipt = readObject(text);
  if (!isReceipt(receipt)) return { valid: false, submissionId: null, decisions: [], problems: [{ code: "malformedReceipt" }] };
  const problems = [];
  const decisions = [];
  for (const { id, hash, leafIndex, path, head = receipt.head } of receipt.decisions) {
    const checked = checkHead(head, keys);
    if (checked.code !== null) problems.push({ code: checked.code, decisionId: id });
    else if (!isIncluded({ hash, leafIndex, path, ...checked.statement })) problems.push({ code: "badProof", decisionId: id });
    else decisions.push({ decisionId: id, hash, controller: checked.statement.controller, sealedAt: checked.statement.sealedAt, keyId: checked.keyId });
  }
  const proved = records.map((record) => ({ hash: sha256(record).toString("hex"), record }));
  for (const { hash } of proved) if (!decisions.some((decision) => decision.hash === hash)) problems.push({ code: "recordNotProved", hash });
  const readable = proved.filter(({ hash }) => decisions.some((decision) => decision.hash === hash)).map(({ record }) => JSON.parse(record));
  return { valid: problems.length === 0, submissionId: receipt.submissionId, decisions, ...(records.length === 0 ? {} : { records: readable }), problems };
}

/** A receipt, or the line of JSON that holds one. @param {string} text */
function findReceipt(text) {
  if (!text.startsWith("{")) return text;
  const { receipt } = JSON.parse(text);
  return typeof receipt === "string" ? receipt : "";
}

function main() {
  const [receiptFile, keysFile, ...recordFiles] = process.argv.slice(2);
  if (receiptFile === undefined || keysFile === undefined) throw new Error("usage: node verify-receipt.mjs RECEIPT KEYS [RECORD...]");
  const { keys } = JSON.parse(readFileSync(keysFile, "utf8"));
  if (!Array.isArray(keys)) throw new Error("the second file is no JWK set");
  const records = recordFiles.map((file) => readFileSync(file, "utf8").trim());
  const report = verifyReceipt({ text: findReceipt(readFileSync(receiptFile, "utf8").trim()), keys, records });
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report.valid ? 0 : 1;
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error && error.message.startsWith("usage") ? error.message : "a file cannot be read, or is not what it should be"}\n`);
  process.exitCode = 2;
}
