import { canonicaliseInput } from "../evidence/canonicalise.ts";
import type { Keyring } from "../evidence/keyring.ts";
import { toBase32, toUtf8 } from "../support/bytes.ts";
import type { JsonValue } from "../support/json-value.ts";
import { toRecipientText, type Recipient } from "./recipient.ts";

const LENGTH_IN_BYTES = 20;

/**
 * Stands for values: the same value gives one recipient the same token for as long as the key is active, and gives another
 * recipient another one, so that two partners cannot join what they were given. `KID.TOKEN`, 160 bits of HMAC-SHA-256 by the
 * keyring's `release` key over the RFC 8785 form of `["volenti-release-token-1", controller, recipient, attribute, value]`.
 */
export async function createReleaseTokens(request: {
  keyring: Keyring;
  controllerId: string;
  recipient: Recipient;
  values: readonly { readonly attribute: string; readonly value: JsonValue }[];
}): Promise<readonly string[]> {
  const { keyring, controllerId, recipient, values } = request;
  if (values.length === 0) return [];
  const messages = values.map(({ attribute, value }) =>
    toUtf8(canonicaliseInput(["volenti-release-token-1", controllerId, toRecipientText(recipient), attribute, value])),
  );
  const { keyId, macs } = await keyring.mac({ use: "release", messages });
  return macs.map((mac) => `${keyId}.${toBase32(mac.subarray(0, LENGTH_IN_BYTES))}`);
}
