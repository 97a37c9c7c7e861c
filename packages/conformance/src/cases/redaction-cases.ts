import type { Identifier, ProfilePatch, SubjectWriteV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import { captureOutput } from "../assertions/capture-output.ts";
import { ensure, ensureEqual } from "../assertions/ensure.ts";
import { reveals } from "../assertions/reveals.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import type { Person } from "../world/person.ts";
import { freshSubmission } from "../world/to-item.ts";
import { toQuery } from "./consult.ts";
import { readsOf } from "./operations.ts";

const FAULTS = ["unavailable", "dropAfterApply", "dropBeforeApply", "expiredSession", "malformed"] as const;

export const REDACTION_CASES: readonly ConformanceCase[] = [
  {
    id: "redaction/failures-reveal-nothing",
    title: "no value of a person shows in any error or log line, whatever fails in the system",
    run: async (context) => {
      await ensureServed(context);
      await ensureQuiet({ work: () => failInEveryWay(context) });
    },
  },
  {
    id: "redaction/bad-input-reveals-nothing",
    title: "no value of a person shows in any error when the system cannot hold what it is given",
    run: async (context) => {
      // A system that refuses everything would reveal nothing, and prove nothing.
      await ensureServed(context);
      await ensureQuiet({ work: () => giveBadInput(context) });
    },
  },
  {
    id: "redaction/findings-and-plans-reveal-nothing",
    title: "what an operator is shown, the findings of a check and the steps of a plan, names nobody",
    run: async (context) => {
      const planted = await plant(context);
      await context.send({ items: [planted.item], heads: [] });
      const report = await context.connector.checkConnection();
      const plan = await context.connector.provisioning?.plan();
      ensureHidden({ shown: [report, plan], planted, what: "what an operator is shown" });
    },
  },
  {
    id: "redaction/identifiers-are-not-stored",
    title: "identifiers are used to match and are not stored, unless the profile holds the same value",
    run: async ({ probe, record, person, at }) => {
      const someone = await person();
      const change = { changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }], profile: { familyName: { value: "Moreau", ...change } } });
      const found = (await probe.dump()).toLowerCase().includes(someone.mark);
      ensure({ that: !found, otherwise: "an identifier that the profile does not hold lies in the store" });
    },
  },
];

async function failInEveryWay(context: CaseContext): Promise<readonly Planted[]> {
  const { faults, attachment } = context;
  const everybody: Planted[] = [];
  for (const fault of [undefined, ...FAULTS, "rateLimited", "refuseSubject"] as const) {
    const planted = await plant(context);
    everybody.push(planted);
    if (fault === "rateLimited") await faults.rateLimited?.({ notBefore: attachment.clock.now() + 1000 });
    else if (fault === "refuseSubject") await faults.refuseSubject?.({ subjectRef: planted.person.ref });
    else if (fault !== undefined) await faults[fault]?.();
    await ensureDiscreet({ context, planted, what: fault ?? "nothing" });
    await faults.clear();
  }
  return everybody;
}

async function giveBadInput(context: CaseContext): Promise<readonly Planted[]> {
  const { connector } = context;
  const everybody: Planted[] = [];
  for (const tail of ["\u0000", "\ud800", "w".repeat(300_000)]) {
    const planted = await plant(context);
    everybody.push(planted);
    const change = { value: `${planted.person.mark}${tail}`, changedAt: context.at(0), submissionId: globalThis.crypto.randomUUID() };
    const item = { ...planted.item, profile: { familyName: change, "address.locality": change, email: change } };
    const shown = await settle(() => connector.intake.write({ items: [item], heads: [] }));
    ensureHidden({ shown: withoutEcho(shown), planted, what: "a value that cannot be held" });
    const identifier: Identifier = { kind: "email", value: `${planted.person.mark}${tail}@example.com` };
    const found = await settle(() => connector.profiles.find({ identifier }));
    ensureHidden({ shown: found, planted, what: "an identifier that cannot be held" });
  }
  return everybody;
}

interface Planted {
  readonly person: Person;
  readonly item: SubjectWriteV1;
}

/** A person whose every value holds one mark, and a write that carries them all. */
async function plant(context: CaseContext): Promise<Planted> {
  const person = await context.person();
  const change = { changedAt: context.at(0), submissionId: globalThis.crypto.randomUUID() };
  const { mark } = person;
  const values = {
    givenName: `G${mark}`,
    familyName: `F ${mark}`,
    email: `kit-${mark}@example.com`,
    "address.streetAddress": `1 rue ${mark}`,
    "address.locality": mark,
    locale: "fr-FR",
  };
  const profile: ProfilePatch = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, ...change }]));
  const { decisions } = await context.seal([{ person, status: "given", at: context.at(0) }]);
  return { person, item: context.toItem({ person, decisions, profile }) };
}

async function ensureServed(context: CaseContext): Promise<void> {
  const { item } = await plant(context);
  const [outcome] = await context.send({ items: [item] });
  ensureEqual({ actual: outcome?.status, expected: "written", what: "a plain write" });
}

/** Makes every call about the person, and searches all that it throws, and the errors within what it answers. */
async function ensureDiscreet(request: { context: CaseContext; planted: Planted; what: string }): Promise<void> {
  const { context, planted, what } = request;
  const { connector, attachment } = context;
  const { person, item } = planted;
  const written = await settle(() => connector.intake.write({ items: [item], heads: [] }));
  ensureHidden({ shown: withoutEcho(written), planted, what: `intake.write under ${what}` });
  for (const { name, call } of readsOf({ connector, person })) {
    const { error } = await settle(call);
    ensureHidden({ shown: error, planted, what: `${name} under ${what}` });
  }
  const { ledger, erasure } = connector;
  const consulted = await settle(async () => ledger?.consult({ queries: [toQuery({ proposedRef: person.ref, identifiers: person.identifiers, submission: freshSubmission() })] }));
  ensureHidden({ shown: consulted, planted, what: `ledger.consult under ${what}` });
  if (what === "nothing") return;
  const erased = await settle(async () =>
    erasure?.erase({ subjectRef: person.ref, reason: "subjectRequest", requestedAt: attachment.clock.now() }),
  );
  ensureHidden({ shown: erased, planted, what: `erasure.erase under ${what}` });
}

async function settle(call: () => Promise<unknown>): Promise<{ answer?: unknown; error?: unknown }> {
  try {
    return { answer: await call() };
  } catch (error) {
    return { error };
  }
}

/** Outcomes carry no value of a person either: names of attributes, ids and errors are all there is. */
function withoutEcho(settled: { answer?: unknown; error?: unknown }): unknown {
  const outcomes = settled.answer as readonly WriteOutcomeV1[] | undefined;
  return [settled.error, ...(outcomes ?? [])];
}

function ensureHidden(request: { shown: unknown; planted: Planted; what: string }): void {
  const { shown, planted, what } = request;
  const place = reveals({ value: shown, needles: [planted.person.mark] });
  ensure({ that: place === null, otherwise: `${what} shows a value of a person at ${place}` });
}

/** Runs the work, and fails the case where it wrote to the console at all, or a value to a stream. */
async function ensureQuiet(request: { work: () => Promise<readonly Planted[]> }): Promise<void> {
  const output = captureOutput();
  let everybody: readonly Planted[];
  try {
    everybody = await request.work();
  } finally {
    output.restore();
  }
  ensureEqual({ actual: output.consoleCalls, expected: [], what: "what was written to the console" });
  for (const planted of everybody) ensureHidden({ shown: output.streamTexts, planted, what: "the process's output" });
}
