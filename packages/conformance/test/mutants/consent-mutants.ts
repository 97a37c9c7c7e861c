import {
  compareConsentStates,
  consentKey,
  endsPermission,
  isGrant,
  isStanding,
  type ConsentState,
  type SealedDecision,
  type SubjectWriteV1,
} from "@volenti/core/adapter";
import { withItems, withOutcomes, withRows, withWrite, type Mutant, type MutantParts } from "./mutant.ts";

/** What stands is decided by another rule: `isGreater` says whether the arriving state replaces the one that stood. */
export function standBy(request: {
  parts: MutantParts;
  isGreater: (pair: { arriving: ConsentState; stood: ConsentState }) => boolean;
}): ReturnType<Mutant["mutate"]> {
  return withRows({
    parts: request.parts,
    change: ({ before, after, item }) => {
      const states = new Map(before?.states);
      for (const state of item.states) {
        const stood = states.get(consentKey(state));
        if (stood === undefined || request.isGreater({ arriving: state, stood })) states.set(consentKey(state), state);
      }
      return { ...after, states };
    },
  });
}

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

function mapStates(request: { item: SubjectWriteV1; change: (state: ConsentState) => ConsentState }): SubjectWriteV1 {
  return { ...request.item, states: request.item.states.map(request.change) };
}

export const CONSENT_MUTANTS: readonly Mutant[] = [
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
  {
    name: "reads a grant that has ended as nothing",
    mutate: ({ connector }) => ({
      ...connector,
      consent: {
        getState: (request) => connector.consent.getState(request),
        listStates: async (request) => (await connector.consent.listStates(request)).filter(({ validUntil }) => validUntil === null || validUntil > Date.UTC(2026, 5, 20)),
      },
    }),
    caughtBy: ["staleness/an-expired-grant-still-stands-first"],
  },
  {
    name: "lists the first five states",
    mutate: ({ connector }) => ({ ...connector, consent: { ...connector.consent, listStates: async (request) => (await connector.consent.listStates(request)).slice(0, 5) } }),
    caughtBy: ["consent-read/list-is-ordered"],
  },
  {
    name: "takes a ref for a pattern",
    mutate: ({ connector, system }) => ({
      ...connector,
      consent: {
        ...connector.consent,
        listStates: async (request) => connector.consent.listStates({ subjectRef: request.subjectRef === "%" ? ([...system.records.people.keys()][0] ?? "") : request.subjectRef }),
      },
    }),
    caughtBy: ["consent-read/hostile-keys-find-nothing"],
  },
  {
    name: "merges people of one e-mail address",
    mutate: (parts) =>
      withRows({
        parts,
        change: ({ after }) => {
          const email = after.attributes.get("email")?.value;
          const twin = [...parts.system.records.people.values()].find((person) => person.ref !== after.ref && email !== undefined && person.attributes.get("email")?.value === email);
          if (twin !== undefined) parts.system.records.people.set(twin.ref, { ...after, ref: twin.ref });
          return after;
        },
      }),
    caughtBy: ["consent-write/people-stay-apart"],
  },
  {
    name: "a channel-less refusal reaches `*` and no channel",
    mutate: ({ connector }) =>
      withItems({
        connector,
        change: (item) => {
          const channelless = new Set(item.decisions.filter(({ record }) => record.channel === undefined).map(({ record }) => record.id));
          return { ...item, states: item.states.filter(({ channel, decisionId }) => channel === "*" || !channelless.has(decisionId)) };
        },
      }),
    caughtBy: ["consent-read/star-is-a-key-of-its-own", "consent-write/refusal-of-every-channel", "staleness/all-in-one-item"],
  },
  {
    name: "forgets `*` beside channels",
    mutate: ({ connector }) =>
      withItems({
        connector,
        change: (item) => ({
          ...item,
          states: item.states.filter((state) => state.channel !== "*" || !item.states.some((other) => other.purpose === state.purpose && other.channel !== "*")),
        }),
      }),
    caughtBy: ["consent-read/star-is-a-key-of-its-own", "consent-write/refusal-of-every-channel", "staleness/all-in-one-item"],
  },
  {
    name: "answers `*` for a channel that has no state",
    mutate: ({ connector }) => ({
      ...connector,
      consent: {
        ...connector.consent,
        getState: async (request) =>
          (await connector.consent.getState(request)) ??
          (await connector.consent.listStates(request)).find(({ purpose }) => purpose === request.purpose) ??
          null,
      },
    }),
    caughtBy: ["consent-read/keys-are-exact"],
  },
  {
    name: "keeps one state a purpose",
    mutate: (parts) =>
      withRows({
        parts,
        change: ({ after }) => ({ ...after, states: new Map([...after.states.values()].map((state) => [`${state.purpose}\u0000`, state])) }),
      }),
    caughtBy: ["consent-read/declared-statuses-come-back", "consent-read/keys-are-exact", "consent-read/list-is-ordered"],
  },
  {
    name: "lists states in the order of their arrival",
    mutate: ({ connector, system }) => ({
      ...connector,
      consent: {
        ...connector.consent,
        listStates: async (request) => {
          await connector.consent.listStates(request);
          return [...(system.records.people.get(request.subjectRef)?.states.values() ?? [])];
        },
      },
    }),
    caughtBy: ["consent-read/list-is-ordered"],
  },
  { name: "loses the recipients that a grant is narrowed to", mutate: ({ connector }) => withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, recipients: null }) }) }), caughtBy: ["consent-read/every-member-comes-back"] },
  { name: "loses the attributes that a grant is narrowed to", mutate: ({ connector }) => withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, attributes: null }) }) }), caughtBy: ["consent-read/every-member-comes-back"] },
  { name: "loses the end of a grant", mutate: ({ connector }) => withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, validUntil: null }) }) }), caughtBy: ["consent-read/every-member-comes-back", "precision/state-instants-come-back", "staleness/an-expired-grant-still-stands-first"] },
  { name: "loses the purpose version", mutate: ({ connector }) => withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, purposeVersion: "1" }) }) }), caughtBy: ["consent-read/every-member-comes-back", "consent-write/a-later-grant-replaces-an-earlier"] },
  {
    name: "keeps the narrowing of an earlier grant",
    mutate: (parts) =>
      withRows({
        parts,
        change: ({ before, after }) => ({
          ...after,
          states: new Map([...after.states].map(([key, state]) => [key, { ...state, recipients: state.recipients ?? before?.states.get(key)?.recipients ?? null }])),
        }),
      }),
    caughtBy: ["consent-write/a-later-grant-replaces-an-earlier", "ledger/tells-what-stands"],
  },
  {
    name: "keeps given and refused, and no other word",
    mutate: ({ connector }) =>
      withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, status: isGrant(state.status) ? "given" : "refused" }) }) }),
    caughtBy: ["consent-read/declared-statuses-come-back", "consent-write/a-later-grant-replaces-an-earlier", "existing-only/a-held-person-is-written"],
  },
  {
    name: "a neutral decision ends what stands",
    mutate: (parts) =>
      withRows({
        parts,
        change: ({ after, item }) => ({
          ...after,
          states: new Map([...after.states].filter(([, { purpose }]) => !item.decisions.some(({ record }) => record.purpose.key === purpose && !isStanding(record.status)))),
        }),
      }),
    caughtBy: ["consent-write/neutral-decisions-change-nothing"],
  },
  {
    name: "a neutral decision permits",
    mutate: ({ connector }) =>
      withItems({
        connector,
        change: (item) => ({
          ...item,
          states: [
            ...item.states,
            ...item.decisions
              .filter(({ record }) => record.status === "requested")
              .map(({ record, effectiveAt }): ConsentState => ({
                purpose: record.purpose.key, channel: record.channel ?? "*", decisionId: record.id, status: "given", effectiveAt,
                purposeVersion: record.purpose.version, validUntil: null, recipients: null, attributes: null,
              })),
          ],
        }),
      }),
    caughtBy: ["consent-write/neutral-decisions-change-nothing"],
  },
  {
    name: "loses neutral decisions",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const outcomes = await original(batch);
          for (const { record } of batch.items.flatMap(({ decisions }) => decisions)) {
            if (isStanding(record.status)) continue;
            const rows = system.records.decisions.get(record.subject) ?? [];
            system.records.decisions.set(record.subject, rows.filter(({ decisionId }) => decisionId !== record.id));
          }
          return outcomes;
        },
      }),
    caughtBy: ["consent-write/every-decision-is-kept", "history/word-for-word-in-order"],
  },
  {
    name: "keeps no decision that lost",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const outcomes = await original(batch);
          for (const outcome of outcomes) {
            if (outcome.status !== "written") continue;
            for (const { decisionId } of outcome.decisions.filter((each) => each.outcome === "superseded")) {
              for (const [ref, rows] of system.records.decisions) {
                if (rows.some((row) => row.decisionId === decisionId)) system.records.decisions.set(ref, rows.filter((row) => row.decisionId !== decisionId));
              }
            }
          }
          return outcomes;
        },
      }),
    caughtBy: ["consent-write/every-decision-is-kept", "history/chain-is-unbroken", "history/word-for-word-in-order", "replay/in-between-in-every-order"],
  },
  {
    name: "takes at most fifty decisions of an item",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const outcomes = await original(batch);
          for (const { subject } of batch.items) system.records.decisions.set(subject.ref, (system.records.decisions.get(subject.ref) ?? []).slice(0, 50));
          return outcomes;
        },
      }),
    caughtBy: ["consent-write/lost-decision-of-many"],
  },
  {
    name: "answers superseded decisions as applied",
    mutate: ({ connector }) =>
      withOutcomes({
        connector,
        change: (outcome) =>
          outcome.status === "written"
            ? { ...outcome, decisions: outcome.decisions.map((each) => (each.outcome === "superseded" ? { ...each, outcome: "applied" } : each)) }
            : outcome,
      }),
    caughtBy: ["consent-write/older-decision-is-superseded"],
  },
  {
    name: "of two decisions of a key in an item, answers the lesser as superseded",
    mutate: ({ connector }) =>
      withOutcomes({
        connector,
        change: (outcome, item) => {
          if (outcome.status !== "written") return outcome;
          const standing = new Set(item?.states.map(({ decisionId }) => decisionId));
          const grants = new Set(item?.decisions.filter(({ record }) => isStanding(record.status)).map(({ record }) => record.id));
          return {
            ...outcome,
            decisions: outcome.decisions.map((each) => (grants.has(each.decisionId) && !standing.has(each.decisionId) ? { ...each, outcome: "superseded" } : each)),
          };
        },
      }),
    caughtBy: ["consent-write/one-key-twice-in-an-item"],
  },
  {
    name: "answers decisions in an order of its own",
    mutate: ({ connector }) =>
      withOutcomes({ connector, change: (outcome) => (outcome.status === "written" ? { ...outcome, decisions: outcome.decisions.toReversed() } : outcome) }),
    caughtBy: ["consent-write/outcomes-follow-decisions", "replay/under-another-write-id"],
  },
  {
    name: "drops refusals that it cannot represent",
    base: "weak",
    mutate: ({ connector }) =>
      withOutcomes({
        connector,
        change: (outcome) =>
          outcome.status === "written"
            ? { ...outcome, decisions: outcome.decisions.map(({ decisionId, outcome: result }) => ({ decisionId, outcome: result === "rejected" ? "applied" : result })) }
            : outcome,
      }),
    caughtBy: ["consent-read/unrepresentable-refusal-is-an-error"],
  },
  {
    name: "claims to keep milliseconds, and keeps seconds",
    mutate: ({ connector }) => withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, effectiveAt: state.effectiveAt - (state.effectiveAt % 1000) }) }) }),
    caughtBy: ["consent-read/star-is-a-key-of-its-own", "consent-write/lost-decision-of-many", "consent-write/neutral-decisions-change-nothing"],
  },
  {
    name: "shifts instants of summer by an hour",
    mutate: ({ connector }) =>
      withItems({
        connector,
        change: (item) =>
          mapStates({
            item,
            change: (state) => {
              const month = new Date(state.effectiveAt).getUTCMonth();
              return month > 2 && month < 10 ? { ...state, effectiveAt: state.effectiveAt + 3_600_000 } : state;
            },
          }),
      }),
    caughtBy: ["precision/state-instants-come-back"],
  },
  {
    name: "keeps instants as 32-bit seconds",
    mutate: ({ connector }) =>
      withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, effectiveAt: (Math.trunc(state.effectiveAt / 1000) | 0) * 1000 + (state.effectiveAt % 1000) }) }) }),
    caughtBy: ["precision/state-instants-come-back"],
  },
  {
    name: "merges people of one family name",
    mutate: ({ connector, system }) =>
      withRows({
        parts: { connector, system },
        change: ({ after }) => {
          const name = after.attributes.get("familyName")?.value;
          const twin = [...system.records.people.values()].find((person) => person.ref !== after.ref && name !== undefined && person.attributes.get("familyName")?.value === name);
          if (twin !== undefined) system.records.people.set(twin.ref, { ...after, ref: twin.ref });
          return after;
        },
      }),
    caughtBy: ["consent-write/people-stay-apart"],
  },
];
