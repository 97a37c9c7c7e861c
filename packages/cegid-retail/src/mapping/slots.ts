import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";
import { toInstant, toLatestInstant, toLocalTime } from "./local-time.ts";
import { OPT_IN_FIELDS, type OptInField, type OptIns } from "./opt-in-set.ts";
import { readSlotText, toSlotText } from "./slot-text.ts";
import { readUserSlot, type UserWrite } from "./user-slot.ts";

/** What we last wrote, and what counts as newer. */
export interface LastWritten {
  /** Epoch milliseconds in whole seconds: when the newest decision counts from. */
  readonly effectiveAt: number;
  /**
   * Epoch milliseconds: the latest instant that the slot may stand for. What is to replace a refusal has to be later than
   * this. It lies beyond `effectiveAt` where the slot shows midnight, as a folder may keep days and nothing finer.
   */
  readonly guardedUntil: number;
  readonly decisionId: string;
  /** As we last decided them. One that somebody changed at the till since differs from what is stored, and goes on doing so while nothing of ours replaces it. */
  readonly optIns: OptIns;
  readonly ended: ReadonlySet<OptInField>;
}

/** Null where no slots are configured, or one of them is empty or holds none of ours: then nothing is known to be ours. */
export function readLastWritten(request: { settings: Settings; stored: CustomerQueryData | null }): LastWritten | null {
  const { settings: { slots, timeZone }, stored } = request;
  if (slots === null) return null;
  const local = readUserSlot({ stored, slot: slots.effectiveAt });
  const text = readUserSlot({ stored, slot: slots.decisionId });
  if (typeof local !== "string" || typeof text !== "string") return null;
  const effectiveAt = toInstant({ local, timeZone });
  const said = readSlotText(text);
  if (effectiveAt === null || said === null) return null;
  return { ...said, effectiveAt, guardedUntil: toLatestInstant({ local, timeZone }) ?? effectiveAt };
}

/** As if it had been written and read again. Made of a decision's `effectiveAt` in milliseconds. */
export function toLastWritten(request: {
  timeZone: string;
  effectiveAt: number;
  decisionId: string;
  optIns: OptIns;
  ended: ReadonlySet<OptInField>;
}): LastWritten {
  const { timeZone, decisionId, optIns, ended } = request;
  const local = toLocalTime({ instant: request.effectiveAt, timeZone });
  const effectiveAt = toInstant({ local, timeZone }) ?? request.effectiveAt;
  return { decisionId, optIns, ended, effectiveAt, guardedUntil: toLatestInstant({ local, timeZone }) ?? effectiveAt };
}

/** What goes into the two slots; nothing where none are configured or the decision id is no UUID. */
export function toSlotWrites(request: { settings: Settings; written: LastWritten }): readonly UserWrite[] {
  const { settings: { slots, timeZone }, written } = request;
  const text = toSlotText(written);
  if (slots === null || text === null) return [];
  return [
    { slot: slots.effectiveAt, value: toLocalTime({ instant: written.effectiveAt, timeZone }) },
    { slot: slots.decisionId, value: text },
  ];
}

/** Whether the slots would hold the same. */
export function equalLastWritten(left: LastWritten | null, right: LastWritten | null): boolean {
  if (left === null || right === null) return left === right;
  return left.effectiveAt === right.effectiveAt && toSlotText(left) === toSlotText(right);
}

/** The opt-ins that somebody changed since we last wrote; none where nothing is known to be ours. */
export function listTillChanges(request: { last: LastWritten | null; optIns: OptIns }): readonly OptInField[] {
  const { last, optIns } = request;
  return last === null ? [] : OPT_IN_FIELDS.filter((field) => last.optIns[field] !== optIns[field]);
}
