import { ConnectorError, type ConsentState, type LedgerQueryV1 } from "@volenti/core/adapter";
import { withAnswers, withLedger, withOutcomes, type Mutant, type MutantParts } from "./mutant.ts";

function mapQueries(change: (query: LedgerQueryV1) => LedgerQueryV1): Mutant["mutate"] {
  return ({ connector }) => withAnswers({ connector, query: change });
}

function statesOf(request: { system: MutantParts["system"]; refs: readonly string[] }): ConsentState[] {
  return request.refs.flatMap((ref) => [...(request.system.records.people.get(ref)?.states.values() ?? [])]);
}

export const LEDGER_MUTANTS: readonly Mutant[] = [
  { name: "links whatever the age of a submission", mutate: mapQueries((query) => ({ ...query, occurredAt: Number.MAX_SAFE_INTEGER })), caughtBy: ["ledger/an-older-submission-links-nobody"] },
  { name: "turns everything away that names an erased identifier", mutate: mapQueries((query) => ({ ...query, occurredAt: 0 })), caughtBy: ["ledger/a-newer-submission-links-again"] },
  { name: "turns away what was given in the millisecond of the erasure", mutate: mapQueries((query) => ({ ...query, occurredAt: query.occurredAt - 1 })), caughtBy: ["ledger/a-newer-submission-links-again"] },
  { name: "turns refusals away", mutate: mapQueries((query) => ({ ...query, onlyRefuses: false })), caughtBy: ["ledger/a-refusal-links-at-any-time"] },
  { name: "takes every submission for one that only refuses", mutate: mapQueries((query) => ({ ...query, onlyRefuses: true })), caughtBy: ["ledger/an-older-submission-links-nobody"] },
  {
    name: "links nobody for a submission that it turns away, and forgets to say since when",
    mutate: ({ connector }) => withAnswers({ connector, answer: (answer, query) => ((query?.occurredAt ?? 0) < (answer.suppressedSince ?? 0) ? { ...answer, suppressedSince: null } : answer) }),
    caughtBy: ["ledger/a-refusal-links-at-any-time", "ledger/an-older-submission-links-nobody"],
  },
  {
    name: "links before it looks at the submission",
    mutate: ({ connector }) =>
      withLedger({
        connector,
        consult: async (question, original) => {
          await original({ ...question, queries: question.queries.map((query) => ({ ...query, submission: { ...query.submission, submissionId: globalThis.crypto.randomUUID() } })) });
          return original(question);
        },
      }),
    caughtBy: ["ledger/a-conflicting-submission-links-nobody"],
  },
  {
    name: "tells the states of everybody whom an identifier names",
    mutate: ({ connector, system }) =>
      withAnswers({ connector, answer: (answer) => ({ ...answer, states: [...answer.states, ...statesOf({ system, refs: answer.alsoMatched })] }) }),
    caughtBy: ["ledger/tells-nobody-elses-states"],
  },
  {
    name: "tells all that is recorded of the person",
    mutate: ({ connector, system }) =>
      withAnswers({
        connector,
        query: (query) => query,
        answer: (answer) => {
          const rows = system.records.decisions.get(answer.ref) ?? [];
          return { ...answer, recorded: rows.map((row) => ({ decisionId: row.decisionId, canonical: row.canonical, hash: row.hash, proof: row.proof, head: system.records.heads.get(row.proof.root) ?? "" })) };
        },
      }),
    caughtBy: ["ledger/tells-only-what-was-asked"],
  },
  {
    name: "compares a digest with one that another key made",
    mutate: mapQueries((query) => ({ ...query, submission: { ...query.submission, keyId: "test-submission" } })),
    caughtBy: ["ledger/another-key-is-no-other-content"],
  },
  {
    name: "fails a write whose submission was marked under another key",
    mutate: ({ connector, system }) =>
      withOutcomes({
        connector,
        change: (outcome, item) => {
          const isRotated = item?.submissions.some(({ submissionId, keyId }) => system.records.submissions.get(submissionId)?.keyId !== keyId) === true;
          if (!isRotated || outcome.status !== "written") return outcome;
          const error = new ConnectorError({ code: "conflict", connectorId: "memory", operation: "intake.write", providerCode: "conflictingReplay" });
          return { writeId: outcome.writeId, status: "failed", error };
        },
      }),
    caughtBy: ["ledger/another-key-is-no-other-content"],
  },
  {
    name: "an error of a consultation quotes an identifier that is no text",
    mutate: quoting((query) => query.identifiers.some(({ value }) => /[\u0000\ud800]/.test(value))),
    caughtBy: ["redaction/looking-up-reveals-nothing"],
  },
  {
    name: "an error of a consultation quotes identifiers that are too many",
    mutate: quoting((query) => query.identifiers.length > 1000),
    caughtBy: ["redaction/looking-up-reveals-nothing"],
  },
  {
    name: "an identifier that is no text is a plain error",
    mutate: ({ connector }) =>
      withLedger({
        connector,
        consult: (question, original) =>
          original(question).catch((error: unknown) => {
            throw ConnectorError.isInstance(error) && error.code === "invalidInput" ? new TypeError("not well-formed") : error;
          }),
      }),
    caughtBy: ["redaction/looking-up-reveals-nothing"],
  },
  {
    name: "the field names of a conflicting replay are the person's identifiers",
    mutate: ({ connector }) =>
      withOutcomes({
        connector,
        change: (outcome, item) => {
          if (outcome.status !== "failed" || outcome.error.providerCode !== "conflictingReplay") return outcome;
          const fieldNames = item?.subject.identifiers.map(({ value }) => value);
          return { ...outcome, error: new ConnectorError({ code: "conflict", connectorId: "memory", operation: "intake.write", providerCode: "conflictingReplay", fieldNames }) };
        },
      }),
    caughtBy: ["redaction/conflicts-reveal-nothing"],
  },
];

function quoting(isRefused: (query: LedgerQueryV1) => boolean): Mutant["mutate"] {
  return ({ connector }) =>
    withLedger({
      connector,
      consult: async (question, original) => {
        const refused = question.queries.find(isRefused);
        if (refused === undefined) return original(question);
        throw new ConnectorError({ code: "invalidInput", connectorId: "memory", operation: "ledger.consult", providerRequestId: refused.identifiers[0]?.value });
      },
    });
}
