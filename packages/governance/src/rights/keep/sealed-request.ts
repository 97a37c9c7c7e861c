import { ConnectorError, type Volenti } from "@volenti/core";
import { canonicalise, fromBase64url, fromUtf8, toBase64url, toUtf8, type PublicKey } from "@volenti/core/adapter";
import type { RightsRequest } from "../rights-request.ts";
import { isRightsRequest } from "./is-rights-request.ts";

const TYPE = "volenti-rights-request+jws";

/** What the seal says: which request, whose. */
interface SealedStatement {
  readonly controller: string;
  readonly request: RightsRequest;
}

/**
 * A request as text for the caller to keep where no ledger does: the request for people to read, and a compact JWS
 * (RFC 7515, EdDSA) of it by the keyring's signing key. A sealed text of an earlier revision stays genuine: keep the last.
 */
export async function sealRightsRequest(request: {
  volenti: Pick<Volenti, "keyring" | "controller">;
  rightsRequest: RightsRequest;
}): Promise<string> {
  const { volenti, rightsRequest } = request;
  const statement: SealedStatement = { controller: volenti.controller.id, request: rightsRequest };
  const payload = toBase64url(toUtf8(canonicalise(statement)));
  let kid = await volenti.keyring.signingKeyId();
  // The header names the key before the signature is made: a rotation in between is met by signing once more.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const signed = `${toBase64url(toUtf8(canonicalise({ alg: "EdDSA", kid, typ: TYPE })))}.${payload}`;
    const { keyId, signature } = await volenti.keyring.sign({ data: toUtf8(signed) });
    if (keyId === kid) return `${JSON.stringify({ request: rightsRequest, seal: `${signed}.${toBase64url(signature)}` }, null, 2)}\n`;
    kid = keyId;
  }
  throw new ConnectorError({ code: "invalidConfiguration", connectorId: "keyring", operation: "sign", fieldNames: ["signingKeyId"] });
}

/** `foreignRequest`: sealed by a key that is not ours, or for another controller. `brokenSeal`: changed since it was sealed. */
export type SealProblem = "malformedRequest" | "foreignRequest" | "brokenSeal";

/** Reads a sealed text, and believes nothing in it that the seal does not cover. */
export async function unsealRightsRequest(request: {
  volenti: Pick<Volenti, "keyring" | "controller" | "crypto">;
  text: string;
}): Promise<RightsRequest | SealProblem> {
  const { volenti, text } = request;
  const file = readJson(text);
  const seal = memberOf({ value: file, name: "seal" });
  if (typeof seal !== "string") return "malformedRequest";
  const [headerText = "", payloadText = "", signatureText = ""] = seal.split(".");
  const [header, statement, signature] = [decode(headerText), decode(payloadText), fromBase64url(signatureText)];
  const kid = memberOf({ value: header, name: "kid" });
  if (memberOf({ value: header, name: "typ" }) !== TYPE || memberOf({ value: header, name: "alg" }) !== "EdDSA" || signature === null) {
    return "malformedRequest";
  }
  const publicKey = await findPublicKey({ volenti, kid });
  if (publicKey === null) return "foreignRequest";
  const isGenuine = await volenti.crypto.verifyEd25519({ publicKey, data: toUtf8(`${headerText}.${payloadText}`), signature });
  if (!isGenuine) return "brokenSeal";
  const document = memberOf({ value: statement, name: "request" });
  if (memberOf({ value: statement, name: "controller" }) !== volenti.controller.id) return "foreignRequest";
  if (!isRightsRequest(document)) return "malformedRequest";
  return isSame({ sealed: document, shown: memberOf({ value: file, name: "request" }) }) ? document : "brokenSeal";
}

/** What people read in the file is what was sealed. */
function isSame(request: { sealed: RightsRequest; shown: unknown }): boolean {
  try {
    return canonicalise(request.shown) === canonicalise(request.sealed);
  } catch {
    return false;
  }
}

async function findPublicKey(request: { volenti: Pick<Volenti, "keyring">; kid: unknown }): Promise<PublicKey | null> {
  const keys = await request.volenti.keyring.describe();
  return keys.find(({ kind, publicKey }) => kind === "signing" && publicKey?.kid === request.kid)?.publicKey ?? null;
}

function decode(text: string): unknown {
  const bytes = fromBase64url(text);
  return bytes === null ? null : readJson(fromUtf8(bytes));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function memberOf(request: { value: unknown; name: string }): unknown {
  const { value, name } = request;
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
