import { canonicalise } from "../evidence/canonicalise.ts";
import type { Keyring } from "../evidence/keyring.ts";
import type { Identifier } from "../model/identifier.ts";
import { toBase32, toUtf8 } from "../support/bytes.ts";

/** 128 bits: enough that two people never share a ref. */
export const REF_LENGTH_IN_BYTES = 16;

/**
 * The refs of people whom no ledger names: a keyed digest of the first identifier, in the configured precedence. One a
 * person, in order. Whoever holds the brand's key and an address can tell the ref.
 */
export async function refsWithoutLedger(request: {
  people: readonly (readonly Identifier[])[];
  controllerId: string;
  keyring: Keyring;
}): Promise<readonly string[]> {
  const { people, controllerId, keyring } = request;
  const messages = people.map(([first]) => toUtf8(canonicalise([controllerId, first?.kind ?? "", first?.value ?? ""])));
  const { macs } = await keyring.mac({ use: "subjectRef", messages });
  return people.map((_, index) => toBase32((macs[index] ?? new Uint8Array(0)).slice(0, REF_LENGTH_IN_BYTES)));
}
