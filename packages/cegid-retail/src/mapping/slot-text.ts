import { ENUMERATIONS } from "../soap/data-contract.ts";
import { mapOptIns, OPT_IN_FIELDS, type OptInField, type OptIns } from "./opt-in-set.ts";

/** What a text slot says. */
export interface SlotText {
  /** UUID. */
  readonly decisionId: string;
  /** The opt-ins as we last wrote them; see {@link LastWritten}. */
  readonly optIns: OptIns;
  /** Those that are AskCustomer because a decision ended a permission. */
  readonly ended: ReadonlySet<OptInField>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const SLOT_TEXT = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})([.A-Za-z0-9_-])([A-Za-z0-9_-]{2})$/i;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const NOTHING_ENDED = ".";
const VALUES = ENUMERATIONS.CustomerInformationType;

/**
 * 35 characters, the most that a user-defined text is assumed to hold: the decision id as 32 hexadecimal digits, a full
 * stop, and two characters of base64url (RFC 4648) that hold two bits an opt-in, OptinEmail being the highest. Where
 * opt-ins were ended, a base64url character with a bit for each stands in place of the full stop. Null for an id that is no
 * UUID.
 */
export function toSlotText(text: SlotText): string | null {
  const { decisionId, optIns, ended } = text;
  if (!UUID.test(decisionId)) return null;
  const packed = OPT_IN_FIELDS.reduce((bits, field) => bits * 4 + VALUES.indexOf(optIns[field]), 0);
  const marks = OPT_IN_FIELDS.reduce((bits, field) => bits * 2 + Number(ended.has(field)), 0);
  const mark = marks === 0 ? NOTHING_ENDED : ALPHABET.charAt(marks);
  return `${decisionId.replaceAll("-", "")}${mark}${ALPHABET.charAt(packed >> 6)}${ALPHABET.charAt(packed & 63)}`;
}

/** What the text says; null where it is none of ours. */
export function readSlotText(text: string): SlotText | null {
  const parts = SLOT_TEXT.exec(text);
  if (parts === null) return null;
  const [, first = "", second = "", third = "", fourth = "", fifth = "", mark = NOTHING_ENDED, packed = ""] = parts;
  const bits = ALPHABET.indexOf(packed.charAt(0)) * 64 + ALPHABET.indexOf(packed.charAt(1));
  const marks = mark === NOTHING_ENDED ? 0 : ALPHABET.indexOf(mark);
  const placeOf = (field: OptInField): number => OPT_IN_FIELDS.length - 1 - OPT_IN_FIELDS.indexOf(field);
  return {
    decisionId: [first, second, third, fourth, fifth].join("-"),
    optIns: mapOptIns((field) => VALUES[(bits >> (placeOf(field) * 2)) & 3] ?? "AskCustomer"),
    ended: new Set(OPT_IN_FIELDS.filter((field) => ((marks >> placeOf(field)) & 1) === 1)),
  };
}
