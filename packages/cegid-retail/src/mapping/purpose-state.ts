import { ANY_CHANNEL, consentKey, fromHexadecimal, toBase64url, toHexadecimal, type ConsentState } from "@volenti/core/adapter";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";
import { readUserSlot, type UserWrite } from "./user-slot.ts";

/** A letter a status; never change one. */
const LETTERS = [
  ["given", "g"],
  ["renewed", "n"],
  ["confirmed", "c"],
  ["refused", "r"],
  ["withdrawn", "w"],
  ["objected", "o"],
  ["revoked", "v"],
  ["optedOut", "t"],
  ["expired", "e"],
  ["invalidated", "i"],
] as const satisfies readonly (readonly [ConsentState["status"], string])[];

const PURPOSE_STATE = /^([gncrwovtei])([0-9a-z]{1,9})\.([A-Za-z0-9_-]{22})(\.x)?$/;
const LAPSED = ".x";

/** What a purpose's text keeps of its state: not the version, the narrowing or the end of a grant. */
export type PurposeState = Pick<ConsentState, "purpose" | "channel" | "decisionId" | "status" | "effectiveAt"> & {
  /** A grant that had run out when it was written, or was given to a version that is not covered: it permits nothing. */
  readonly isLapsed?: boolean | undefined;
};

/**
 * At most 35 characters: a letter for the status, `effectiveAt` in epoch milliseconds to the base 36, a full stop, the 16
 * bytes of the decision id in base64url, and `.x` behind a grant that permits nothing. Null for an id that is no UUID in lower case, and for instants before 1970.
 */
export function toPurposeStateText(state: PurposeState): string | null {
  const letter = LETTERS.find(([status]) => status === state.status)?.[1];
  const bytes = fromHexadecimal(state.decisionId.replaceAll("-", ""));
  if (letter === undefined || bytes === null || state.effectiveAt < 0 || toUuid(bytes) !== state.decisionId) return null;
  return `${letter}${state.effectiveAt.toString(36)}.${toBase64url(bytes)}${state.isLapsed === true ? LAPSED : ""}`;
}

/** Null where the text is none of ours. */
export function readPurposeStateText(text: string): Omit<PurposeState, "purpose" | "channel"> | null {
  const [, letter, instant = "", id = "", lapsed] = PURPOSE_STATE.exec(text) ?? [];
  const status = LETTERS.find((entry) => entry[1] === letter)?.[0];
  if (status === undefined) return null;
  const bytes = Uint8Array.from(atob(id.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.codePointAt(0) ?? 0);
  return { status, effectiveAt: Number.parseInt(instant, 36), decisionId: toUuid(bytes), ...(lapsed === undefined ? {} : { isLapsed: true }) };
}

/** The states that the record's own texts hold, by consent key. */
export function readPurposeStates(request: { settings: Settings; stored: CustomerQueryData | null }): ReadonlyMap<string, PurposeState> {
  const { settings, stored } = request;
  return new Map(
    [...settings.consent.purposeFields].flatMap(([key, slot]) => {
      const text = readUserSlot({ stored, slot });
      const state = typeof text === "string" ? readPurposeStateText(text) : null;
      const [purpose = "", channel = ANY_CHANNEL] = key.split("\u0000");
      return state === null ? [] : [[key, { ...state, purpose, channel }] as const];
    }),
  );
}

/** The texts of the states that have one. */
export function toPurposeStateWrites(request: { settings: Settings; states: readonly PurposeState[] }): readonly UserWrite[] {
  return request.states.flatMap((state) => {
    const slot = request.settings.consent.purposeFields.get(consentKey(state));
    const value = toPurposeStateText(state);
    return slot === undefined || value === null ? [] : [{ slot, value }];
  });
}

function toUuid(bytes: Uint8Array): string {
  const digits = toHexadecimal(bytes);
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
}
