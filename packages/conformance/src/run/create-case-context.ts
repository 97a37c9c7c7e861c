import type { ConnectorContextV1, ConnectorV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import { ensure } from "../assertions/ensure.ts";
import { ConformanceFailure } from "../assertions/conformance-failure.ts";
import { describeError } from "../assertions/describe-error.ts";
import type { ConformanceHarness } from "../conformance-harness.ts";
import { CURRENT_SUBMISSION } from "../world/current-submission.ts";
import { createPerson, type Person } from "../world/person.ts";
import { fitStatus } from "../world/fit-status.ts";
import { sealDecisions, type DecisionDraft } from "../world/seal-decisions.ts";
import { freshSubmission, toItem } from "../world/to-item.ts";
import { sample } from "./sample.ts";
import type { CaseContext, ProvisioningSetup, Recorded, RecordRequest, SendRequest } from "./case-context.ts";

/** How much of a long list of like things is enough to find what is wrong with all of them. */
const ENOUGH = 120;

const STEPS = { millisecond: 1, second: 1000, day: 86_400_000 } as const;
/** Not on a whole second, so that a connector which drops milliseconds shows; coarser systems get whole steps. */
const BASE = { millisecond: Date.UTC(2026, 2, 2, 9, 30, 15, 123), second: Date.UTC(2026, 2, 2, 9, 30, 15), day: Date.UTC(2026, 2, 2) };

export interface CaseContextParts {
  harness: ConformanceHarness;
  connector: ConnectorV1;
  attachment: ConnectorContextV1;
  setup: () => Promise<ProvisioningSetup>;
  /** Collects the connectors that the case makes, to be closed after it. */
  opened: ConnectorV1[];
  /** Collects what was left out on a slow system: `120 of 840 orders of arrival`. */
  bounded: string[];
}

export function createCaseContext(parts: CaseContextParts): CaseContext {
  const { harness, connector, attachment, setup, opened, bounded } = parts;
  const { catalogue } = attachment;
  const precision = connector.traits.instantPrecision;
  const make = async (): Promise<ConnectorV1> => keep({ made: await harness.connect(), opened });
  const { representableStatuses: representable } = connector.traits;
  const fit = (draft: DecisionDraft): DecisionDraft =>
    draft.exact === true ? draft : { ...draft, status: fitStatus({ status: draft.status, representable }) };
  const context: CaseContext = {
    connector,
    traits: connector.traits,
    probe: harness.probe,
    pace: harness.pace ?? "fast",
    faults: harness.faults ?? { clear: () => {} },
    addUnlinked: harness.addUnlinked,
    attachment,
    catalogue,
    setup,
    step: STEPS[precision],
    at: (steps) => BASE[precision] + steps * STEPS[precision],
    make,
    connect: async () => {
      const made = await make();
      made.attach(attachment);
      return made;
    },
    stranger: (options) => createPerson(options),
    person: async (options) => introduce({ connector, people: [createPerson(options)] }).then(([person]) => known(person)),
    people: (count) => introduce({ connector, people: Array.from({ length: count }, () => createPerson()) }),
    seal: (drafts) => sealDecisions({ drafts: drafts.map(fit), context: attachment }),
    toItem: (draft) => toItem({ draft, catalogue }),
    send: (request) => send({ connector, request }),
    record: (request) => record({ context, request }),
    bound: createBound({ isSlow: harness.pace === "slow", bounded }),
    eventually: (check) => eventually({ check, isImmediate: connector.traits.readAfterWrite === "immediate" }),
  };
  return context;
}

function keep(request: { made: ConnectorV1; opened: ConnectorV1[] }): ConnectorV1 {
  request.opened.push(request.made);
  return request.made;
}

function createBound(request: { isSlow: boolean; bounded: string[] }): CaseContext["bound"] {
  const { isSlow, bounded } = request;
  return ({ items, what }) => {
    const some = isSlow ? sample({ items, size: ENOUGH }) : items;
    if (some.length < items.length) bounded.push(`${some.length} of ${items.length} ${what}`);
    return some;
  };
}

/** Core consults the ledger before it writes, and writes under the refs that it was answered. */
async function introduce(request: { connector: ConnectorV1; people: readonly Person[] }): Promise<readonly Person[]> {
  const { connector, people } = request;
  if (connector.ledger === undefined) return people;
  const introduced: Person[] = [];
  const size = connector.traits.maxBatchSize;
  for (let start = 0; start < people.length; start += size) {
    const chunk = people.slice(start, start + size);
    const answers = await connector.ledger.consult({
      queries: chunk.map(({ ref, identifiers, test }) => ({
        proposedRef: ref,
        identifiers,
        submission: freshSubmission(),
        decisionIds: [],
        country: "FR",
        test,
        ...CURRENT_SUBMISSION,
      })),
    });
    ensure({ that: answers.length === chunk.length, otherwise: "the ledger answered another number of queries" });
    introduced.push(...chunk.map((person, index) => ({ ...person, ref: answers[index]?.ref ?? person.ref })));
  }
  return introduced;
}

function known(person: Person | undefined): Person {
  if (person === undefined) throw new ConformanceFailure("the ledger answered nothing");
  return person;
}

async function send(parts: { connector: ConnectorV1; request: SendRequest }): Promise<readonly WriteOutcomeV1[]> {
  const { items, heads = [], connector = parts.connector, signal } = parts.request;
  const outcomes: WriteOutcomeV1[] = [];
  const size = connector.traits.maxBatchSize;
  for (let start = 0; start < Math.max(items.length, 1); start += size) {
    const chunk = Object.freeze(items.slice(start, start + size));
    const answered = await connector.intake.write({ items: chunk, heads, ...(signal === undefined ? {} : { signal }) });
    ensure({
      that: answered.length === chunk.length,
      otherwise: `a batch of ${chunk.length} items was answered with ${answered.length} outcomes`,
    });
    outcomes.push(...answered);
  }
  return outcomes;
}

async function record(parts: { context: CaseContext; request: RecordRequest }): Promise<Recorded> {
  const { context, request } = parts;
  const { person, decisions = [], profile, mode, connector } = request;
  const sealed = decisions.length === 0 ? undefined : await context.seal(decisions.map((draft) => ({ ...draft, person })));
  const heads = sealed === undefined ? [] : [sealed.head];
  const item = context.toItem({ person, decisions: sealed?.decisions, profile, mode });
  const [outcome] = await context.send({ items: [item], heads, connector });
  if (outcome?.status === "written") return { item, heads, outcome };
  const code = outcome?.status === "failed" ? ` (${describeError(outcome.error)})` : "";
  throw new ConformanceFailure(`a plain write was answered ${outcome?.status ?? "with nothing"}${code}`);
}

async function eventually(request: { check: () => Promise<void>; isImmediate: boolean }): Promise<void> {
  const attempts = request.isImmediate ? 1 : 100;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request.check();
    } catch (error) {
      if (attempt >= attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
