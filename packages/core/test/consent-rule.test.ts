import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONSENT_STATUSES, isGrant, isStanding, readConsent, type ConsentStatus } from "@volenti/core/adapter";
import type { SubmissionResult } from "@volenti/core";
import { createBrand, type Brand } from "./support/create-brand.ts";
import { freshUuid, makeDecision, makeSubmission } from "./support/make-submission.ts";

const START = Date.parse("2026-11-20T00:00:00.000Z");
const NOW = Date.parse("2026-11-22T00:00:00.000Z");
const CHANNELS = ["sms", "whatsapp"] as const;

interface Move {
  readonly id: string;
  readonly status: ConsentStatus;
  readonly channel: string | undefined;
  readonly occurredAt: number;
  readonly receivedAt: number | undefined;
  readonly validUntil: number | undefined;
}

/** The rule as the design words it, with none of core's code: the later one stands, ties go to the refusal, then to the greater id. */
function expectedWinner(moves: readonly Move[], channel: string): Move | undefined {
  const effectiveAt = ({ status, occurredAt, receivedAt }: Move): number => {
    const clamped = Math.min(occurredAt, receivedAt ?? occurredAt);
    return isGrant(status) ? clamped : (receivedAt ?? occurredAt);
  };
  const speaking = moves.filter((move) => isStanding(move.status) && (move.channel === undefined || move.channel === channel));
  return speaking.toSorted((a, b) => {
    if (effectiveAt(a) !== effectiveAt(b)) return effectiveAt(b) - effectiveAt(a);
    if (isGrant(a.status) !== isGrant(b.status)) return isGrant(a.status) ? 1 : -1;
    return a.id < b.id ? 1 : -1;
  })[0];
}

const instant = fc.integer({ min: 0, max: 3 }).map((step) => START + step);
const move = fc
  .record({
    status: fc.constantFrom(...CONSENT_STATUSES.filter((status) => status !== "confirmed")),
    channel: fc.constantFrom<(string | undefined)[]>(undefined, ...CHANNELS),
    occurredAt: instant,
    receivedAt: fc.option(instant, { nil: undefined }),
    validUntil: fc.option(fc.constantFrom(START + 10, NOW + 10), { nil: undefined }),
  })
  .map((fields): Move => ({ ...fields, id: freshUuid(), channel: isGrant(fields.status) ? (fields.channel ?? "sms") : fields.channel }));

function toSubmission({ id, status, channel, occurredAt, receivedAt, validUntil }: Move): Record<string, unknown> {
  const text = (at: number): string => new Date(at).toISOString();
  return makeSubmission({
    submissionId: id,
    occurredAt: text(occurredAt),
    ...(receivedAt === undefined ? {} : { receivedAt: text(receivedAt) }),
    decisions: [makeDecision({ purpose: "marketing.sms", id, status, channel, ...(validUntil === undefined ? {} : { validUntil: text(validUntil) }) })],
  });
}

async function standing(brand: Brand): Promise<Record<string, unknown>> {
  const eu = brand.volenti.destinations.get("eu")!;
  const subjectRef = [...brand.systems["eu"]!.records.people.keys()][0];
  const purpose = brand.volenti.catalogue.purposes.find(({ key }) => key === "marketing.sms");
  const answers: Record<string, unknown> = {};
  for (const channel of CHANNELS) {
    const state = subjectRef === undefined ? null : await eu.consent.getState({ subjectRef, purpose: "marketing.sms", channel });
    answers[channel] = { id: state?.decisionId, answer: readConsent({ state: state ?? undefined, purpose, now: NOW }) };
  }
  return answers;
}

describe("the consent rule", () => {
  it("gives one answer for any decisions, in any order, in any batches, with any replays", async () => {
    const schedule = fc.array(move, { minLength: 1, maxLength: 5 }).chain((moves) =>
      fc.record({
        moves: fc.constant(moves),
        replays: fc.array(fc.nat({ max: moves.length - 1 }), { maxLength: 4 }),
        order: fc.array(fc.nat(), { minLength: 9, maxLength: 9 }),
        batchSize: fc.integer({ min: 1, max: 4 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(schedule, async ({ moves, replays, order, batchSize }) => {
        const brand = createBrand();
        const arrivals = [...moves, ...replays.map((index) => moves[index]!)]
          .map((one, index) => ({ one, key: order[index] ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => toSubmission(one));
        const outcomes: string[] = [];
        for await (const result of brand.volenti.collectMany(arrivals, { batchSize })) outcomes.push(result.outcome);
        expect(new Set(outcomes)).toEqual(new Set(["delivered"]));
        const answers = await standing(brand);
        for (const channel of CHANNELS) {
          const winner = expectedWinner(moves, channel);
          const isExpired = winner?.validUntil !== undefined && winner.validUntil <= NOW;
          const answer =
            winner === undefined || ["expired", "invalidated"].includes(winner.status)
              ? "unknown"
              : isGrant(winner.status)
                ? isExpired
                  ? "unknown"
                  : "granted"
                : "refused";
          expect(answers[channel]).toEqual({ id: winner?.id, answer });
        }
        await brand.volenti.close();
      }),
      { numRuns: 150 },
    );
  });

  it("tells every submission of a batch what it would have been told alone", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 2, maxLength: 5 }), async (moves) => {
        const submissions = moves.map(toSubmission);
        const alone = createBrand();
        const together = createBrand();
        const one: unknown[] = [];
        for (const submission of submissions) one.push(told(await alone.volenti.collect(submission)));
        const many: unknown[] = [];
        for await (const result of together.volenti.collectMany(submissions, { batchSize: 5 })) many.push(told(result));
        expect(many).toEqual(one);
      }),
      { numRuns: 100 },
    );
  });

  it("does not bring back an earlier, longer grant when the latest has expired", () => {
    const state = { purpose: "a", channel: "*", decisionId: "1", status: "given", effectiveAt: START, purposeVersion: "1", validUntil: NOW, recipients: null, attributes: null } as const;
    const purpose = { version: "1", covers: [] };
    expect(readConsent({ state, purpose, now: NOW - 1 })).toBe("granted");
    expect(readConsent({ state, purpose, now: NOW })).toBe("unknown");
    expect(readConsent({ state: { ...state, validUntil: null }, purpose: { version: "2", covers: [] }, now: NOW })).toBe("unknown");
    expect(readConsent({ state: { ...state, validUntil: null }, purpose: { version: "2", covers: ["1"] }, now: NOW })).toBe("granted");
    expect(readConsent({ state: undefined, purpose, now: NOW })).toBe("unknown");
    expect(readConsent({ state: { ...state, validUntil: null }, purpose: undefined, now: NOW })).toBe("unknown");
  });
});

function told({ outcome, destinations, withheld }: SubmissionResult): unknown {
  return { outcome, destinations, withheld };
}
