import { ConnectorError, type ConnectorV1 } from "@volenti/core/adapter";
import { createMemoryConnector } from "@volenti/memory";
import { withWrite, type Mutant } from "./mutant.ts";

function withClose(change: (parts: { connector: ConnectorV1; original: () => Promise<void> }) => Promise<void>): Mutant["mutate"] {
  return ({ connector }) => {
    const close = (): Promise<void> => change({ connector, original: () => connector.close() });
    return { ...connector, close, [Symbol.asyncDispose]: close };
  };
}

function withTraits(traits: Partial<ConnectorV1["traits"]>): Mutant["mutate"] {
  return ({ connector }) => ({ ...connector, traits: { ...connector.traits, ...traits } });
}

export const LIFECYCLE_MUTANTS: readonly Mutant[] = [
  {
    name: "connects when it is made",
    mutate: ({ connector, system }) => {
      system.connect().catch(() => {});
      return connector;
    },
    caughtBy: ["lifecycle/closes-what-it-opened", "lifecycle/making-does-no-io"],
  },
  {
    name: "cannot be made while the system is down",
    mutate: ({ connector, system }) => {
      const early = system.connect();
      early.then((connection) => connection.end()).catch(() => {});
      return { ...connector, consent: { ...connector.consent, listStates: async (request) => early.then(() => connector.consent.listStates(request)) } };
    },
    caughtBy: ["lifecycle/is-made-while-the-system-is-down"],
  },
  { name: "close leaves its connections open", mutate: withClose(async () => {}), caughtBy: ["lifecycle/a-closed-connector-rejects", "lifecycle/closes-what-it-opened"] },
  {
    name: "disposal leaves its connections open",
    mutate: ({ connector }) => ({ ...connector, [Symbol.asyncDispose]: async () => {} }),
    caughtBy: ["lifecycle/closes-what-it-opened"],
  },
  {
    name: "a second close is an error",
    mutate: (parts) => {
      let isClosed = false;
      return withClose(async ({ original }) => {
        if (isClosed) throw new ConnectorError({ code: "invalidInput", connectorId: "memory", operation: "close" });
        isClosed = true;
        await original();
      })(parts);
    },
    caughtBy: ["lifecycle/closes-at-any-time", "lifecycle/closes-what-it-opened", "lifecycle/others-stay-open"],
  },
  {
    name: "close before attachment is an error",
    mutate: ({ connector }) => {
      let isAttached = false;
      const close = async (): Promise<void> => {
        if (!isAttached) throw new ConnectorError({ code: "invalidConfiguration", connectorId: "memory", operation: "close" });
        await connector.close();
      };
      return {
        ...connector,
        close,
        [Symbol.asyncDispose]: close,
        attach: (context) => {
          isAttached = true;
          connector.attach(context);
        },
      };
    },
    caughtBy: ["lifecycle/closes-at-any-time"],
  },
  {
    name: "opens again after it was closed",
    mutate: ({ connector, system }) => {
      let current = connector;
      const attachments: Parameters<ConnectorV1["attach"]>[0][] = [];
      const reopen = async (): Promise<void> => {
        await current.close();
        current = createMemoryConnector({ region: "EU", system });
        for (const context of attachments) current.attach(context);
      };
      return {
        ...connector,
        attach: (context) => {
          attachments.push(context);
          connector.attach(context);
        },
        consent: { getState: (request) => current.consent.getState(request), listStates: (request) => current.consent.listStates(request) },
        close: reopen,
        [Symbol.asyncDispose]: reopen,
      };
    },
    caughtBy: ["lifecycle/a-closed-connector-rejects"],
  },
  {
    name: "closing one closes the system for all",
    mutate: (parts) =>
      withClose(async ({ original }) => {
        await original();
        parts.system.fail({ kind: "unavailable" });
      })(parts),
    caughtBy: ["lifecycle/others-stay-open"],
  },
  {
    name: "answers reads from a cache of its own",
    mutate: ({ connector }) => {
      const states = new Map<string, Awaited<ReturnType<ConnectorV1["consent"]["listStates"]>>>();
      return {
        ...connector,
        consent: {
          ...connector.consent,
          listStates: async (request) => {
            const cached = states.get(request.subjectRef) ?? (await connector.consent.listStates(request));
            states.set(request.subjectRef, cached);
            return cached;
          },
        },
      };
    },
    caughtBy: ["lifecycle/keeps-nothing-itself"],
  },
  {
    name: "keeps what it was given to itself",
    mutate: ({ connector }) => {
      const own = createMemoryConnector({ region: "EU" });
      return {
        ...own,
        attach: (context) => {
          own.attach(context);
          connector.attach(context);
        },
      };
    },
    caughtBy: ["cancellation/aborted-while-the-consultation-waits", "consent-write/outcomes-follow-decisions", "provisioning/nothing-is-left-to-do"],
  },
  { name: "a finding has no code", mutate: ({ connector }) => ({ ...connector, checkConnection: async () => connector.checkConnection().then(() => ({ findings: [{ severity: "info", code: "", message: "All well." }] })) }), caughtBy: ["lifecycle/check-reports-findings"] },
  { name: "finds errors in a system that works", mutate: ({ connector }) => ({ ...connector, checkConnection: async () => connector.checkConnection().then(() => ({ findings: [{ severity: "error", code: "notProvisioned", message: "Nothing is there." }] })) }), caughtBy: ["lifecycle/check-reports-findings"] },
  { name: "declares a region in words", mutate: ({ connector }) => ({ ...connector, region: "Europe" }), caughtBy: ["traits/are-of-the-contract"] },
  { name: "declares a batch of no bound", mutate: withTraits({ maxBatchSize: Number.POSITIVE_INFINITY }), caughtBy: ["traits/are-of-the-contract"] },
  { name: "declares no refusal", mutate: withTraits({ representableStatuses: ["given"] }), caughtBy: ["consent-read/unrepresentable-refusal-is-an-error", "traits/are-of-the-contract"] },
  {
    name: "declares its traits after the first call",
    mutate: ({ connector }) => {
      let isChecked = false;
      return {
        ...connector,
        get traits() {
          return isChecked ? { ...connector.traits, maxBatchSize: 100 } : connector.traits;
        },
        checkConnection: async () => {
          isChecked = true;
          return connector.checkConnection();
        },
      };
    },
    caughtBy: ["traits/are-fixed"],
  },
  {
    name: "a plan is applied when it is made",
    mutate: ({ connector }) => {
      const { provisioning } = connector;
      return provisioning === undefined ? connector : { ...connector, provisioning: { ...provisioning, plan: async () => provisioning.apply() } };
    },
    caughtBy: ["provisioning/a-plan-changes-nothing"],
  },
  {
    name: "applies nothing and says that it did",
    mutate: ({ connector }) => {
      const { provisioning } = connector;
      return provisioning === undefined ? connector : { ...connector, provisioning: { ...provisioning, apply: async () => provisioning.plan() } };
    },
    caughtBy: ["provisioning/may-race", "provisioning/nothing-is-left-to-do"],
  },
  {
    name: "applies everything each time",
    mutate: ({ connector, system }) => {
      const { provisioning } = connector;
      if (provisioning === undefined) return connector;
      return {
        ...connector,
        provisioning: {
          ...provisioning,
          apply: async () => {
            system.records.catalogue.clear();
            return provisioning.apply();
          },
        },
      };
    },
    caughtBy: ["provisioning/nothing-is-left-to-do"],
  },
  {
    name: "provisioning makes the tables anew",
    mutate: ({ connector, system }) => {
      const { provisioning } = connector;
      if (provisioning === undefined) return connector;
      return {
        ...connector,
        provisioning: {
          ...provisioning,
          apply: async () => {
            system.records.people.clear();
            return provisioning.apply();
          },
        },
      };
    },
    caughtBy: ["provisioning/may-race"],
  },
  {
    name: "does not mark test people",
    mutate: ({ connector }) => withWrite({ connector, write: (batch, original) => original({ ...batch, items: batch.items.map((item) => ({ ...item, subject: { ...item.subject, test: false } })) }) }),
    caughtBy: ["erasure/of-test-people"],
  },
];
