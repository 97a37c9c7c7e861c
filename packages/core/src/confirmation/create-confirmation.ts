import type { CryptoPort } from "../evidence/crypto-port.ts";
import type { DecisionRecord } from "../model/decision.ts";
import { addDuration, isDuration } from "../model/duration.ts";
import { toInstantText } from "../model/instant.ts";
import { toBase64url, toHexadecimal, toUtf8 } from "../support/bytes.ts";

/** 256 bits: nobody guesses it, so that a plain digest of it says nothing. */
const TOKEN_LENGTH_IN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** What a decision says of the confirmation that it waits for, or that came. */
export type Confirmation = NonNullable<DecisionRecord["confirmation"]>;

/** A confirmation that was asked for. */
export interface AskedConfirmation {
  /** For the link, and for nowhere else: it is not kept. base64url. */
  readonly token: string;
  /** For the decision that asks (`requested`). */
  readonly confirmation: Confirmation & { readonly state: "pending"; readonly via: string; readonly tokenHash: string };
}

/** Makes the token of one request. `via` is the channel that the link is sent over: no other channel is confirmed by it. */
export async function createConfirmation(request: {
  crypto: CryptoPort;
  via: string;
  /** Epoch milliseconds: when it is sent. */
  now: number;
}): Promise<AskedConfirmation> {
  const { crypto, via, now } = request;
  const token = toBase64url(crypto.randomBytes(TOKEN_LENGTH_IN_BYTES));
  const tokenHash = await hashToken({ crypto, token });
  return { token, confirmation: { state: "pending", sentAt: toInstantText(now), tokenHash, via } };
}

/**
 * - `malformedToken`: it is none of ours
 * - `wrongToken`: it is another request's
 * - `expired`: the request is older than it may be; ask again
 */
export type ConfirmationAnswer =
  | { readonly outcome: "confirmed"; readonly confirmation: Confirmation & { readonly state: "confirmed" } }
  | { readonly outcome: "malformedToken" | "wrongToken" | "expired" };

/**
 * Checks the token of a link against the request that it names, and answers the confirmation of the decision that follows
 * (`confirmed`). Takes as long for a token that is nearly right as for any other. It does not say whether the request was
 * withdrawn meanwhile: the fold does, since a confirmed decision counts from its request.
 */
export async function confirmRequest(request: {
  crypto: CryptoPort;
  token: string;
  /** The decision that asked, as it was recorded. */
  requested: Pick<DecisionRecord, "id" | "confirmation">;
  /** ISO 8601 duration from when it was sent. */
  expiresAfter: string;
  /** Epoch milliseconds. */
  now: number;
}): Promise<ConfirmationAnswer> {
  const { crypto, token, requested, expiresAfter, now } = request;
  if (!isDuration(expiresAfter)) throw new RangeError("not an ISO 8601 duration");
  if (!TOKEN.test(token)) return { outcome: "malformedToken" };
  const { sentAt, tokenHash, via } = requested.confirmation ?? {};
  const isRight = isSameText({ left: await hashToken({ crypto, token }), right: tokenHash ?? "" });
  if (!isRight || sentAt === undefined || tokenHash === undefined) return { outcome: "wrongToken" };
  const sent = Date.parse(sentAt);
  if (!(now < addDuration({ epochInMs: sent, duration: expiresAfter }))) return { outcome: "expired" };
  const confirmedAt = toInstantText(Math.max(now, sent));
  const channel = via === undefined ? {} : { via };
  return { outcome: "confirmed", confirmation: { state: "confirmed", sentAt, confirmedAt, requestId: requested.id, tokenHash, ...channel } };
}

async function hashToken(request: { crypto: CryptoPort; token: string }): Promise<string> {
  const [digest = new Uint8Array()] = await request.crypto.sha256([toUtf8(request.token)]);
  return toHexadecimal(digest);
}

/** Looks at every character, wherever the first difference is. */
function isSameText(request: { left: string; right: string }): boolean {
  const { left, right } = request;
  let difference = left.length ^ right.length;
  for (let index = 0; index < left.length; index += 1) difference |= left.charCodeAt(index) ^ right.charCodeAt(index % Math.max(1, right.length));
  return difference === 0;
}
