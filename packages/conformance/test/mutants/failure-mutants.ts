import { ConnectorError, type ConnectorErrorCode, type RetryAdvice } from "@volenti/core/adapter";
import { withWrite, type Mutant } from "./mutant.ts";
import { withRejections } from "./with-rejections.ts";

/** Throws each error again as another one. */
function rethrow(change: (error: ConnectorError, name: string) => unknown): Mutant["mutate"] {
  return ({ connector }) =>
    withRejections({
      connector,
      handle: ({ error, name }) => {
        throw ConnectorError.isInstance(error) ? change(error, name) : error;
      },
    });
}

function remake(request: { error: ConnectorError; code?: ConnectorErrorCode; retry?: RetryAdvice; connectorId?: string; operation?: string }): ConnectorError {
  const { error, code = error.code, retry, connectorId = error.connectorId, operation = error.operation } = request;
  return new ConnectorError({ code, connectorId, operation, ...(retry === undefined ? {} : { retry }) });
}

function swallow(request: { names: readonly string[]; answer: unknown }): Mutant["mutate"] {
  return ({ connector }) =>
    withRejections({
      connector,
      handle: ({ error, name }) => {
        if (request.names.includes(name) && ConnectorError.isInstance(error) && error.code !== "unsupported") return request.answer;
        throw error;
      },
    });
}

export const FAILURE_MUTANTS: readonly Mutant[] = [
  { name: "swallows read errors as null", mutate: swallow({ names: ["consent.getState", "profiles.get", "profiles.find"], answer: null }), caughtBy: ["errors/expired-session", "errors/lost-read-rejects", "lifecycle/a-closed-connector-rejects"] },
  { name: "swallows read errors as empty lists", mutate: swallow({ names: ["consent.listStates", "consentHistory.listDecisions"], answer: [] }), caughtBy: ["errors/expired-session", "errors/lost-read-rejects", "lifecycle/is-made-while-the-system-is-down"] },
  { name: "an unreachable ledger is an empty one", mutate: swallow({ names: ["ledger.consult"], answer: [] }), caughtBy: ["errors/lost-read-rejects", "errors/unreachable-never-looks-empty", "lifecycle/a-closed-connector-rejects"] },
  { name: "a check of an unreachable system finds nothing", mutate: swallow({ names: ["checkConnection"], answer: { findings: [] } }), caughtBy: ["errors/lost-read-rejects", "errors/unreachable-never-looks-empty", "lifecycle/a-closed-connector-rejects"] },
  { name: "an erasure that failed found nothing", mutate: swallow({ names: ["erasure.erase", "erasure.eraseTest"], answer: [] }), caughtBy: ["errors/unreachable-erasure-says-so"] },
  {
    name: "says written whatever failed",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: (batch, original) =>
          original(batch).catch(() => batch.items.map(({ writeId, decisions }) => ({ writeId, status: "written" as const, decisions: decisions.map(({ record }) => ({ decisionId: record.id, outcome: "applied" as const })) }))),
      }),
    caughtBy: ["cancellation/aborted-before-the-write", "cancellation/aborted-while-the-write-waits", "errors/unreachable-write-applies-nothing"],
  },
  { name: "throws plain errors", mutate: rethrow((error) => new Error(error.message)), caughtBy: ["errors/lost-call-applies-nothing-by-half", "errors/unreachable-write-applies-nothing", "lifecycle/is-made-while-the-system-is-down"] },
  { name: "a lost answer is `unavailable`", mutate: rethrow((error) => (error.code === "outcomeUnknown" ? remake({ error, code: "unavailable" }) : error)), caughtBy: ["errors/lost-answer-is-unknown"] },
  { name: "a lost answer may be sent again after a delay", mutate: rethrow((error) => (error.code === "outcomeUnknown" ? remake({ error, retry: { kind: "afterDelay" } }) : error)), caughtBy: ["errors/lost-answer-is-unknown", "errors/lost-call-applies-nothing-by-half"] },
  { name: "an unreachable system is `outcomeUnknown`", mutate: rethrow((error) => (error.code === "unavailable" ? remake({ error, code: "outcomeUnknown" }) : error)), caughtBy: ["errors/unreachable-erasure-says-so", "errors/unreachable-write-applies-nothing", "lifecycle/is-made-while-the-system-is-down"] },
  { name: "loses the instant of a rate limit", mutate: rethrow((error) => (error.code === "rateLimited" ? remake({ error }) : error)), caughtBy: ["errors/rate-limit-names-its-time"] },
  { name: "a rate limit is `unavailable`", mutate: rethrow((error) => (error.code === "rateLimited" ? remake({ error, code: "unavailable" }) : error)), caughtBy: ["errors/rate-limit-names-its-time"] },
  { name: "an expired session is `forbidden`", mutate: rethrow((error) => (error.code === "unauthenticated" ? remake({ error, code: "forbidden" }) : error)), caughtBy: ["errors/expired-session"] },
  {
    name: "an expired session reads as nothing",
    mutate: ({ connector }) =>
      withRejections({
        connector,
        handle: ({ error, name }) => {
          if (name.startsWith("consent.") && ConnectorError.isInstance(error) && error.code === "unauthenticated") return name === "consent.getState" ? null : [];
          throw error;
        },
      }),
    caughtBy: ["errors/expired-session"],
  },
  { name: "a malformed answer is `unavailable`", mutate: rethrow((error) => (error.code === "malformedResponse" ? remake({ error, code: "unavailable" }) : error)), caughtBy: ["errors/malformed-answer"] },
  { name: "advises to try a malformed answer again", mutate: rethrow((error) => (error.code === "malformedResponse" ? remake({ error, retry: { kind: "afterDelay" } }) : error)), caughtBy: ["errors/malformed-answer"] },
  { name: "errors name another connector", mutate: rethrow((error) => remake({ error, connectorId: "somebody-else" })), caughtBy: ["errors/lost-call-applies-nothing-by-half", "errors/unreachable-write-applies-nothing", "lifecycle/is-made-while-the-system-is-down"] },
  { name: "errors name no operation", mutate: rethrow((error) => remake({ error, operation: "" })), caughtBy: ["errors/lost-call-applies-nothing-by-half", "errors/unreachable-write-applies-nothing", "lifecycle/is-made-while-the-system-is-down"] },
  {
    name: "after a failure it never answers again",
    mutate: ({ connector }) => {
      let broken: unknown;
      return withRejections({
        connector: {
          ...connector,
          consent: {
            ...connector.consent,
            listStates: async (request) => {
              if (broken !== undefined) throw broken;
              return connector.consent.listStates(request);
            },
          },
        },
        handle: ({ error }) => {
          broken = error;
          throw error;
        },
      });
    },
    caughtBy: ["errors/rate-limit-names-its-time", "errors/unreachable-never-looks-empty", "lifecycle/is-made-while-the-system-is-down"],
  },
  {
    name: "applies the profile of an item that failed",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          for (const item of batch.items) {
            const { ref, country, ageBand, test } = item.subject;
            if (item.mode === "existingOnly" || system.records.people.has(ref) || item.profile === undefined) continue;
            system.records.people.set(ref, { ref, country, ageBand, test, heldSince: 0, states: new Map(), realStates: new Map(), attributes: new Map(Object.entries(item.profile)) });
          }
          return original(batch);
        },
      }),
    caughtBy: ["errors/lands-whole-or-not", "profile-patch/exact-or-refused"],
  },
  {
    name: "records a write that it could not send, to send it later",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          try {
            return await original(batch);
          } catch (error) {
            for (const item of batch.items) {
              const { ref, country, ageBand, test } = item.subject;
              const states = new Map(item.states.map((state) => [`${state.purpose}\u0000${state.channel}`, state]));
              system.records.people.set(ref, { ref, country, ageBand, test, heldSince: 0, states, realStates: states, attributes: new Map(Object.entries(item.profile ?? {})) });
            }
            throw error;
          }
        },
      }),
    caughtBy: ["cancellation/aborted-before-the-write", "errors/lost-call-applies-nothing-by-half", "errors/unreachable-write-applies-nothing"],
  },
  {
    name: "tries again by itself",
    mutate: ({ connector }) => {
      const tryAgain = async <Result>(call: () => Promise<Result>): Promise<Result> => call().catch(() => call()).catch(() => call());
      return {
        ...withWrite({ connector, write: (batch, original) => tryAgain(() => original(batch)) }),
        consent: { ...connector.consent, listStates: (request) => tryAgain(() => connector.consent.listStates(request)) },
      };
    },
    caughtBy: ["errors/never-tries-again-itself"],
  },
];
