import { compareConsentStates, consentKey, endsPermission, isGrant, type ConsentState, type SealedDecision, type SubjectWriteV1 } from "@volenti/core/adapter";
import { mapStates, withItems, withRows, type Mutant } from "./mutant.ts";
import { standBy } from "./stand-by.ts";

function stampBy(request: { item: SubjectWriteV1; instantOf: (decision: SealedDecision) => number }): SubjectWriteV1 {
  const { item, instantOf } = request;
  return mapStates({
    item,
    change: (state) => {
      const decision = item.decisions.find(({ record }) => record.id === state.decisionId);
      return decision === undefined ? state : { ...state, effectiveAt: instantOf(decision) };
    },
  });
}

export const STANDING_MUTANTS: readonly Mutant[] = [
  { name: "the first write wins", mutate: (parts) => standBy({ parts, isGreater: () => false }), caughtBy: ["existing-only/a-held-person-is-written", "lifecycle/keeps-nothing-itself", "precision/neighbouring-steps-are-told-apart"] },
  { name: "the last write wins", mutate: (parts) => standBy({ parts, isGreater: () => true }), caughtBy: ["precision/neighbouring-steps-are-told-apart", "staleness/an-expired-grant-still-stands-first", "staleness/guards-on-effective-time-alone"] },
  {
    name: "ties go to the grant",
    mutate: (parts) =>
      standBy({
        parts,
        isGreater: ({ arriving, stood }) =>
          arriving.effectiveAt === stood.effectiveAt && isGrant(arriving.status) !== isGrant(stood.status)
            ? isGrant(arriving.status)
            : compareConsentStates(arriving, stood) > 0,
      }),
    caughtBy: ["staleness/every-order-of-four", "staleness/every-order-of-two-and-three"],
  },
  {
    name: "ties go to what stood",
    mutate: (parts) => standBy({ parts, isGreater: ({ arriving, stood }) => arriving.effectiveAt > stood.effectiveAt }),
    caughtBy: ["staleness/every-order-of-four", "staleness/the-greater-id-stands"],
  },
  {
    name: "ties go to what arrives",
    mutate: (parts) => standBy({ parts, isGreater: ({ arriving, stood }) => arriving.effectiveAt >= stood.effectiveAt }),
    caughtBy: ["staleness/every-order-of-four", "staleness/the-greater-id-stands"],
  },
  {
    name: "the lesser id wins a tie of one kind",
    mutate: (parts) =>
      standBy({
        parts,
        isGreater: ({ arriving, stood }) =>
          arriving.effectiveAt === stood.effectiveAt && isGrant(arriving.status) === isGrant(stood.status)
            ? arriving.decisionId < stood.decisionId
            : compareConsentStates(arriving, stood) > 0,
      }),
    caughtBy: ["staleness/every-order-of-four", "staleness/the-greater-id-stands"],
  },
  {
    name: "ids are not compared between two grants",
    mutate: (parts) =>
      standBy({
        parts,
        isGreater: ({ arriving, stood }) =>
          arriving.effectiveAt === stood.effectiveAt && isGrant(arriving.status) && isGrant(stood.status)
            ? false
            : compareConsentStates(arriving, stood) > 0,
      }),
    caughtBy: ["staleness/every-order-of-four", "staleness/the-greater-id-stands"],
  },
  {
    name: "refusals always win over grants",
    mutate: (parts) =>
      standBy({
        parts,
        isGreater: ({ arriving, stood }) =>
          isGrant(arriving.status) === isGrant(stood.status) ? compareConsentStates(arriving, stood) > 0 : endsPermission(arriving.status),
      }),
    caughtBy: ["consent-write/refusal-of-every-channel", "precision/neighbouring-steps-are-told-apart"],
  },
  {
    name: "an ending does not count like a refusal in a tie",
    mutate: (parts) =>
      standBy({
        parts,
        isGreater: ({ arriving, stood }) => {
          const ending = (state: ConsentState): boolean => state.status === "expired" || state.status === "invalidated";
          if (arriving.effectiveAt === stood.effectiveAt && ending(arriving) !== ending(stood)) return !ending(arriving);
          return compareConsentStates(arriving, stood) > 0;
        },
      }),
    caughtBy: ["staleness/every-order-across-channels", "staleness/every-order-of-two-and-three", "staleness/two-then-one"],
  },
  {
    name: "a grant that has ended gives way to an earlier, longer one",
    mutate: (parts) =>
      standBy({
        parts,
        isGreater: ({ arriving, stood }) =>
          isGrant(arriving.status) && isGrant(stood.status) && arriving.validUntil !== null && stood.validUntil !== null
            ? arriving.validUntil > stood.validUntil
            : compareConsentStates(arriving, stood) > 0,
      }),
    caughtBy: ["staleness/an-expired-grant-still-stands-first"],
  },
  {
    name: "a decision from before the connector's last year is thought stale, by its own clock",
    mutate: ({ connector, system }) => {
      let now = 0;
      const mutated = withRows({
        parts: { connector, system },
        change: ({ before, after, item }) =>
          now - (item.states[0]?.effectiveAt ?? now) > 30_000_000_000 && before !== undefined
            ? { ...after, states: new Map(item.states.map((state) => [consentKey(state), state])) }
            : after,
      });
      return {
        ...mutated,
        attach: (context) => {
          now = context.clock.now();
          connector.attach(context);
        },
      };
    },
    caughtBy: ["staleness/guards-on-effective-time-alone"],
  },
  {
    name: "goes by occurredAt",
    mutate: ({ connector }) => withItems({ connector, change: (item) => stampBy({ item, instantOf: ({ record }) => Date.parse(record.occurredAt) }) }),
    caughtBy: ["consent-write/lost-decision-of-many", "lifecycle/keeps-nothing-itself", "staleness/guards-on-effective-time-alone"],
  },
  {
    name: "goes by receivedAt",
    mutate: ({ connector }) => withItems({ connector, change: (item) => stampBy({ item, instantOf: ({ record }) => Date.parse(record.receivedAt ?? record.occurredAt) }) }),
    caughtBy: ["ledger/fails-a-changed-submission", "lifecycle/keeps-nothing-itself", "staleness/guards-on-effective-time-alone"],
  },
];
