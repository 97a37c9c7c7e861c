import type { Random } from "../support/create-random.ts";
import type { DrawnDecision, DrawnPerson, DrawnSubmission, PurposeKey } from "./scenario.ts";

/** When the run begins; everything was decided before it, and arrives in whatever order. */
export const RUN_STARTS_AT = Date.UTC(2026, 10, 22, 9, 0, 0);
/** Few instants for many decisions: two of one millisecond are common here, and rare in life. */
const INSTANTS = [1, 2, 3, 4, 5, 6].map((days) => RUN_STARTS_AT - days * 86_400_000);
const MOST_DECISIONS = 3;
const NAMES = ["Ada", "Bo", "Chloé", "Дарья", "Éva"];

interface Choice {
  readonly purpose: PurposeKey;
  readonly channels: readonly (string | undefined)[];
  readonly statuses: readonly string[];
}

const CHOICES: readonly Choice[] = [
  { purpose: "marketing.email", channels: ["email", "email", undefined], statuses: ["given", "given", "renewed", "confirmed", "refused", "withdrawn", "requested"] },
  { purpose: "marketing.sms", channels: ["sms", "whatsapp", undefined], statuses: ["given", "given", "renewed", "refused", "withdrawn"] },
  { purpose: "profiling", channels: [undefined], statuses: ["given", "given", "refused", "revoked", "deferred"] },
  { purpose: "sale", channels: [undefined], statuses: ["optedOut", "objected", "acknowledged", "given"] },
];
const REFUSALS: ReadonlySet<string> = new Set(["refused", "withdrawn", "revoked", "optedOut", "objected"]);

export function drawSubmission(request: { random: Random; number: number; person: DrawnPerson }): DrawnSubmission {
  const { random, number, person } = request;
  const occurredAt = random.pick(INSTANTS);
  const isFromDevice = random.chance(0.5);
  const choices = random.shuffle(CHOICES).slice(0, 1 + random.integer(MOST_DECISIONS));
  return {
    number,
    submissionId: random.uuid(),
    person,
    occurredAt,
    // A till may be a day late, and its clock a day wrong.
    receivedAt: isFromDevice ? random.pick(INSTANTS) : null,
    profile: { givenName: random.pick(NAMES), ...(random.chance(0.5) ? { familyName: `${random.pick(NAMES)}-${number}` } : {}) },
    decisions: choices.map((choice) => drawDecision({ random, choice, occurredAt })),
  };
}

function drawDecision(request: { random: Random; choice: Choice; occurredAt: number }): DrawnDecision {
  const { random, choice, occurredAt } = request;
  const channel = random.pick(choice.channels);
  const isSpoken = channel !== undefined || choice.channels.length === 1;
  // A yes names its channel; a no may speak for all of them.
  const statuses = isSpoken ? choice.statuses : choice.statuses.filter((status) => REFUSALS.has(status));
  const status = random.pick(statuses);
  return {
    id: random.uuid(),
    purpose: choice.purpose,
    status,
    ...(channel === undefined ? {} : { channel }),
    ...(status === "confirmed" ? { askedAt: occurredAt - random.integer(3) * 86_400_000 } : {}),
  };
}
