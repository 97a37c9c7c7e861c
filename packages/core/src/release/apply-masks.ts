import { canonicaliseInput } from "../evidence/canonicalise.ts";
import type { Keyring } from "../evidence/keyring.ts";
import type { JsonValue } from "../support/json-value.ts";
import { maskValue } from "./mask-value.ts";
import type { Recipient } from "./recipient.ts";
import type { ReleaseMask } from "./release-rule.ts";
import { createReleaseTokens } from "./release-tokens.ts";

interface MaskedValue {
  readonly attribute: string;
  readonly value: JsonValue;
  readonly mask: ReleaseMask;
}

/** Half a surrogate pair has no canonical form, and so no token. */
function isCanonicalisable(value: JsonValue): boolean {
  try {
    canonicaliseInput(value);
    return true;
  } catch {
    return false;
  }
}

/** What one recipient is given of each value, in order; null where a mask says nothing of such a value: it is denied then. */
export async function applyMasks(request: {
  values: readonly MaskedValue[];
  recipient: Recipient;
  keyring: Keyring;
  controllerId: string;
}): Promise<readonly (string | null)[]> {
  const { values, recipient, keyring, controllerId } = request;
  const keyed = values.filter(({ mask, value }) => mask === "keyedToken" && isCanonicalisable(value));
  const tokens = await createReleaseTokens({ keyring, controllerId, recipient, values: keyed });
  const tokenOf = new Map(keyed.map((value, index) => [value, tokens[index] ?? null]));
  return values.map((masked) => {
    const { mask, value } = masked;
    return mask === "keyedToken" ? (tokenOf.get(masked) ?? null) : maskValue({ mask, value });
  });
}
