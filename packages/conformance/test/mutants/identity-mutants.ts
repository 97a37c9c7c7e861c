import { ConnectorError, type Identifier, type LedgerAnswerV1 } from "@volenti/core/adapter";
import { pause, withAnswers, withOutcomes, withLedger, withWrite, type Mutant } from "./mutant.ts";

function mapIdentifiers(change: (identifier: Identifier) => Identifier): Mutant["mutate"] {
  return ({ connector }) => withAnswers({ connector, query: (query) => ({ ...query, identifiers: query.identifiers.map(change) }) });
}

function mapAnswers(change: (answer: LedgerAnswerV1) => LedgerAnswerV1): Mutant["mutate"] {
  return ({ connector }) => withAnswers({ connector, answer: change });
}

function withFind(find: (parts: { identifier: Identifier; system: Parameters<Mutant["mutate"]>[0]["system"]; original: () => Promise<string | null> }) => Promise<string | null>): Mutant["mutate"] {
  return ({ connector, system }) => ({
    ...connector,
    profiles: {
      ...connector.profiles,
      find: ({ identifier }) => find({ identifier, system, original: () => connector.profiles.find({ identifier }) }),
    },
  });
}

export const IDENTITY_MUTANTS: readonly Mutant[] = [
  { name: "gives a new ref for a known identifier", mutate: ({ connector }) => withAnswers({ connector, answer: (answer, query) => ({ ...answer, ref: query?.proposedRef ?? answer.ref }) }), caughtBy: ["ledger/links-what-is-unknown", "ledger/reserves-a-stranger", "ledger/stores-no-identifier"] },
  { name: "says known of everybody", mutate: mapAnswers((answer) => ({ ...answer, known: true })), caughtBy: ["cancellation/aborted-before-the-consultation", "ledger/racing-callers-are-given-one-ref", "ledger/reserves-a-stranger"] },
  { name: "says unknown of everybody", mutate: mapAnswers((answer) => ({ ...answer, known: false })), caughtBy: ["ledger/links-what-is-unknown", "ledger/one-person-in-two-queries", "ledger/reserves-a-stranger"] },
  {
    name: "looks up, and reserves nobody",
    mutate: ({ connector, system }) =>
      withLedger({
        connector,
        consult: async (question, original) => {
          const before = new Set(system.records.links.keys());
          const answers = await original(question);
          for (const key of system.records.links.keys()) {
            if (!before.has(key)) system.records.links.delete(key);
          }
          return answers;
        },
      }),
    caughtBy: ["find/by-every-declared-kind", "ledger/reserves-a-stranger", "ledger/stores-no-identifier"],
  },
  {
    name: "links no further identifier to a known person",
    mutate: ({ connector, system }) =>
      withLedger({
        connector,
        consult: async (question, original) => {
          const answers: LedgerAnswerV1[] = [];
          for (const query of question.queries) {
            const before = new Set(system.records.links.keys());
            const [answer] = await original({ ...question, queries: [query] });
            if (answer === undefined) continue;
            answers.push(answer);
            for (const key of answer.known ? system.records.links.keys() : []) {
              if (!before.has(key)) system.records.links.delete(key);
            }
          }
          return answers;
        },
      }),
    caughtBy: ["ledger/links-what-is-unknown", "ledger/one-person-in-two-queries", "ledger/racing-callers-are-given-one-ref"],
  },
  {
    name: "links an identifier that belongs elsewhere",
    mutate: ({ connector, system }) =>
      withAnswers({
        connector,
        answer: (answer) => {
          for (const [key, link] of system.records.links) {
            if (answer.alsoMatched.includes(link.ref)) system.records.links.set(key, { ...link, ref: answer.ref });
          }
          return answer;
        },
      }),
    caughtBy: ["ledger/the-first-known-names-the-person"],
  },
  { name: "reports nobody elsewhere", mutate: mapAnswers((answer) => ({ ...answer, identifiersElsewhere: [], alsoMatched: [] })), caughtBy: ["ledger/others-are-named-once", "ledger/the-first-known-names-the-person"] },
  { name: "counts positions from one", mutate: mapAnswers((answer) => ({ ...answer, identifiersElsewhere: answer.identifiersElsewhere.map((position) => position + 1) })), caughtBy: ["ledger/others-are-named-once", "ledger/the-first-known-names-the-person"] },
  { name: "names another person once an identifier", mutate: mapAnswers((answer) => ({ ...answer, alsoMatched: answer.identifiersElsewhere.flatMap(() => answer.alsoMatched.slice(0, 1)) })), caughtBy: ["ledger/others-are-named-once"] },
  {
    name: "the last known identifier names the person",
    mutate: ({ connector }) => withAnswers({ connector, query: (query) => ({ ...query, identifiers: query.identifiers.toReversed() }), answer: (answer, query) => ({ ...answer, identifiersElsewhere: answer.identifiersElsewhere.map((position) => (query?.identifiers.length ?? 0) - 1 - position) }) }),
    caughtBy: ["ledger/others-are-named-once", "ledger/the-first-known-names-the-person"],
  },
  { name: "folds the letter case of identifiers", mutate: mapIdentifiers(({ kind, value }) => ({ kind, value: value.toLowerCase() })), caughtBy: ["find/by-every-declared-kind", "ledger/identifiers-are-exact"] },
  { name: "normalises identifiers", mutate: mapIdentifiers(({ kind, value }) => ({ kind, value: value.normalize("NFC") })), caughtBy: ["ledger/identifiers-are-exact"] },
  { name: "strips accents of identifiers", mutate: mapIdentifiers(({ kind, value }) => ({ kind, value: value.normalize("NFD").replace(/\p{M}/gu, "") })), caughtBy: ["ledger/identifiers-are-exact"] },
  { name: "one namespace for all kinds", mutate: mapIdentifiers(({ value }) => ({ kind: "externalId", value })), caughtBy: ["find/by-every-declared-kind", "ledger/identifiers-are-exact"] },
  { name: "loses what is beyond ASCII in identifiers", mutate: mapIdentifiers(({ kind, value }) => ({ kind, value: value.replace(/[^\u0000-\u007f]+/gu, "?") })), caughtBy: ["ledger/identifiers-are-exact"] },
  { name: "answers queries in reverse", mutate: ({ connector }) => withLedger({ connector, consult: async (question, original) => (await original(question)).toReversed() }), caughtBy: ["ledger/answers-in-order"] },
  {
    name: "answers known queries first",
    mutate: ({ connector }) => withLedger({ connector, consult: async (question, original) => (await original(question)).toSorted((left, right) => Number(right.known) - Number(left.known)) }),
    caughtBy: ["ledger/answers-in-order"],
  },
  {
    name: "an empty consultation is an error",
    mutate: ({ connector }) =>
      withLedger({
        connector,
        consult: async (question, original) => {
          if (question.queries.length > 0) return original(question);
          throw new ConnectorError({ code: "invalidInput", connectorId: "memory", operation: "ledger.consult" });
        },
      }),
    caughtBy: ["ledger/answers-in-order"],
  },
  {
    name: "looks all queries up before it reserves any",
    mutate: ({ connector, system }) =>
      withLedger({
        connector,
        consult: async (question, original) => {
          const links = new Map(system.records.links);
          const answers: LedgerAnswerV1[] = [];
          const reserved: [string, NonNullable<ReturnType<typeof links.get>>][] = [];
          for (const query of question.queries) {
            system.records.links.clear();
            for (const [key, link] of links) system.records.links.set(key, link);
            answers.push(...(await original({ ...question, queries: [query] })));
            reserved.push(...[...system.records.links].filter(([key]) => !links.has(key)));
          }
          for (const [key, link] of reserved) system.records.links.set(key, link);
          return answers;
        },
      }),
    caughtBy: ["ledger/one-person-in-two-queries"],
  },
  {
    name: "looks up, then reserves: racing callers get two refs",
    mutate: ({ connector, system }) =>
      withLedger({
        connector,
        consult: async (question, original) => {
          const seen = new Set([...system.records.links.values()].map(({ ref }) => ref));
          await pause();
          const answers = await original(question);
          return answers.map((answer, index) =>
            seen.has(answer.ref) ? answer : { ...answer, known: false, ref: question.queries[index]?.proposedRef ?? answer.ref },
          );
        },
      }),
    caughtBy: ["ledger/one-person-in-two-queries", "ledger/racing-callers-are-given-one-ref"],
  },
  { name: "keeps one person in memory and serves all", mutate: mapAnswers((answer) => ({ ...answer, states: [] })), caughtBy: ["ledger/tells-what-stands"] },
  {
    name: "tells everybody's states",
    mutate: ({ connector, system }) => withAnswers({ connector, answer: (answer) => ({ ...answer, states: [...system.records.people.values()].flatMap(({ states }) => [...states.values()]) }) }),
    caughtBy: ["erasure/unlinks-and-remembers", "ledger/tells-what-stands"],
  },
  { name: "tells the states that stood first", mutate: mapAnswers((answer) => ({ ...answer, states: answer.states.map((state) => ({ ...state, status: "given" })) })), caughtBy: ["ledger/tells-what-stands"] },
  { name: "knows no decision again", mutate: mapAnswers((answer) => ({ ...answer, recorded: [] })), caughtBy: ["ledger/tells-what-is-recorded"] },
  { name: "loses the head of a recorded decision", mutate: mapAnswers((answer) => ({ ...answer, recorded: answer.recorded.map((each) => ({ ...each, head: "" })) })), caughtBy: ["ledger/tells-what-is-recorded"] },
  { name: "loses the path of a proof", mutate: mapAnswers((answer) => ({ ...answer, recorded: answer.recorded.map((each) => ({ ...each, proof: { ...each.proof, path: [] } })) })), caughtBy: ["ledger/tells-what-is-recorded"] },
  { name: "accepts a submission that comes changed", mutate: mapAnswers((answer) => ({ ...answer, submission: answer.submission === "conflicting" ? "same" : answer.submission })), caughtBy: ["ledger/knows-a-profile-submission-again", "ledger/knows-a-submission-again"] },
  { name: "has seen no submission", mutate: mapAnswers((answer) => ({ ...answer, submission: "unseen" })), caughtBy: ["ledger/knows-a-profile-submission-again", "ledger/knows-a-submission-again"] },
  { name: "calls every submission that it knows conflicting", mutate: mapAnswers((answer) => ({ ...answer, submission: answer.submission === "same" ? "conflicting" : answer.submission })), caughtBy: ["ledger/knows-a-profile-submission-again", "ledger/knows-a-submission-again"] },
  {
    name: "marks submissions at the consultation",
    mutate: ({ connector, system }) =>
      withAnswers({
        connector,
        query: (query) => {
          const { submissionId, contentDigest, keyId } = query.submission;
          if (!system.records.submissions.has(submissionId)) system.records.submissions.set(submissionId, { contentDigest, keyId });
          return query;
        },
      }),
    caughtBy: ["ledger/knows-a-submission-again"],
  },
  {
    name: "takes a write under a submission id that it holds with another content",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: (batch, original) =>
          original({ ...batch, items: batch.items.map((item) => ({ ...item, submissions: item.submissions.filter(({ submissionId }) => !system.records.submissions.has(submissionId)) })) }),
      }),
    caughtBy: ["ledger/fails-a-changed-submission"],
  },
  {
    name: "does not say that a conflict is a conflicting replay",
    mutate: ({ connector }) =>
      withOutcomes({
        connector,
        change: (outcome) =>
          outcome.status === "failed" && outcome.error.code === "conflict"
            ? { ...outcome, error: new ConnectorError({ code: "conflict", connectorId: "memory", operation: "intake.write" }) }
            : outcome,
      }),
    caughtBy: ["ledger/fails-a-changed-submission"],
  },
  {
    name: "marks the first submission of an item only",
    mutate: ({ connector }) => withWrite({ connector, write: (batch, original) => original({ ...batch, items: batch.items.map((item) => ({ ...item, submissions: item.submissions.slice(0, 1) })) }) }),
    caughtBy: ["ledger/knows-a-profile-submission-again"],
  },
  {
    name: "marks submissions with decisions only",
    mutate: ({ connector }) => withWrite({ connector, write: (batch, original) => original({ ...batch, items: batch.items.map((item) => (item.decisions.length > 0 ? item : { ...item, submissions: [] })) }) }),
    caughtBy: ["ledger/knows-a-profile-submission-again"],
  },
  {
    name: "one namespace for all controllers",
    mutate: ({ connector }) => ({ ...connector, attach: (context) => connector.attach({ ...context, controllerId: "everybody" }) }),
    caughtBy: ["ledger/controllers-do-not-meet"],
  },
  {
    name: "stores the identifiers of the ledger in clear",
    mutate: ({ connector, system }) =>
      withAnswers({
        connector,
        query: (query) => {
          for (const { value } of query.identifiers) system.records.catalogue.add(`index ${value}`);
          return query;
        },
      }),
    caughtBy: ["erasure/nothing-personal-remains", "ledger/stores-no-identifier", "redaction/identifiers-are-not-stored"],
  },
  {
    name: "stores the identifiers of an item beside the person",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: (batch, original) => {
          for (const { value } of batch.items.flatMap(({ subject }) => subject.identifiers)) system.records.catalogue.add(`match ${value}`);
          return original(batch);
        },
      }),
    caughtBy: ["existing-only/a-stranger-is-not-held", "ledger/stores-no-identifier", "redaction/identifiers-are-not-stored"],
  },
  {
    name: "finds the first of two",
    base: "ledgerless",
    mutate: withFind(async ({ identifier, system, original }) => {
      const attribute = identifier.kind === "email" ? "email" : "phoneNumber";
      const first = [...system.records.people.values()].find(({ attributes }) => attributes.get(attribute)?.value === identifier.value);
      return first?.ref ?? original();
    }),
    caughtBy: ["errors/lost-read-rejects", "errors/unreachable-never-looks-empty", "find/two-matches-are-a-conflict"],
  },
  { name: "two matches are nobody", base: "ledgerless", mutate: withFind(({ original }) => original().catch(() => null)), caughtBy: ["errors/lost-read-rejects", "find/two-matches-are-a-conflict", "find/undeclared-kinds-are-unsupported"] },
  {
    name: "finds by a part of the identifier",
    mutate: withFind(async ({ identifier, original, system }) => (identifier.value.length < 4 ? ([...system.records.people.keys()][0] ?? null) : original())),
    caughtBy: ["find/is-exact"],
  },
  { name: "finds nobody", mutate: withFind(async ({ original }) => original().then(() => null)), caughtBy: ["find/by-every-declared-kind"] },
  { name: "claims to find by every kind, and finds by one", mutate: withFind(async ({ identifier, original }) => (identifier.kind === "externalId" ? null : original())), caughtBy: ["find/by-every-declared-kind"] },
  {
    name: "finds somebody for everybody",
    mutate: withFind(async ({ system, original }) => (await original()) ?? [...system.records.people.keys()][0] ?? "somebody"),
    caughtBy: ["erasure/nothing-personal-remains", "find/is-exact", "find/nobody-is-null"],
  },
  { name: "an undeclared kind finds nobody", base: "weak", mutate: withFind(({ original }) => original().catch((error: unknown) => (ConnectorError.isInstance(error) && error.code === "unsupported" ? null : Promise.reject(error)))), caughtBy: ["find/undeclared-kinds-are-unsupported"] },
];
