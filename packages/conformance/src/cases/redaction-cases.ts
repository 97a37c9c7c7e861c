import { IDENTIFIER_KINDS, type Identifier, type ProfilePatch, type SubjectWriteV1, type WriteOutcomeV1 } from "@volenti/core/adapter";
import { captureOutput } from "../assertions/capture-output.ts";
import { ensureConnectorError } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual } from "../assertions/ensure.ts";
import { reveals } from "../assertions/reveals.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import type { Person } from "../world/person.ts";
import { randomDigest } from "../world/random.ts";
import { freshSubmission } from "../world/to-item.ts";
import { toQuery } from "./consult.ts";
import { readsOf, writesOf } from "./operations.ts";

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
    id: "redaction/looking-up-reveals-nothing",
    title: "no value of a person shows in any error of a consultation whose identifiers are odd, endless or very many",
    facet: "ledger",
    run: async (context) => {
      const { connector } = context;
      const planted = { person: await context.person() };
      const { mark } = planted.person;
      const emails = ["\u0000", "\ud800", "w".repeat(300_000)].map((tail): Identifier[] => [{ kind: "email", value: `${mark}${tail}@example.com` }]);
      const many = Array.from({ length: 3000 }, (_, index): Identifier => ({ kind: "loyaltyId", value: `${mark}-${index}` }));
      for (const identifiers of [...emails, many]) {
        const settled = await settle(async () => connector.ledger?.consult({ queries: [toQuery({ identifiers, test: true })] }));
        ensureHidden({ shown: settled, planted, what: "a consultation" });
        if ("error" in settled) ensureConnectorError({ error: settled.error, connector, what: "a consultation" });
      }
    },
  },
  {
    id: "redaction/conflicts-reveal-nothing",
    title: "the error of a conflicting replay names no value of the person, not in its field names either",
    facet: "ledger",
    run: async (context) => {
      const { connector } = context;
      const planted = await plant(context);
      await context.send({ items: [planted.item] });
      const submissions = planted.item.submissions.map((submission) => ({ ...submission, contentDigest: randomDigest() }));
      const settled = await settle(() => connector.intake.write({ items: [{ ...planted.item, submissions }], heads: [] }));
      ensureHidden({ shown: withoutEcho(settled), planted, what: "a conflicting replay" });
    },
  },
  {
    id: "redaction/unsupported-searches-reveal-nothing",
    title: "the error of a search by a kind that is not declared does not name what was searched",
    skip: ({ traits }) => (traits.subjectKeys.length === IDENTIFIER_KINDS.length ? "trait subjectKeys: every kind is declared" : undefined),
    run: async (context) => {
      await ensureServed(context);
      const planted = await plant(context);
      for (const kind of IDENTIFIER_KINDS.filter((candidate) => !context.traits.subjectKeys.includes(candidate))) {
        const identifier: Identifier = { kind, value: `kit-${planted.person.mark}@example.com` };
        const settled = await settle(() => context.connector.profiles.find({ identifier }));
        ensureHidden({ shown: settled, planted, what: `a search by ${kind}` });
      }
    },
  },
  {
    id: "redaction/calls-that-succeed-are-quiet",
    title: "nothing is written to the console when all goes well, from making a connector to closing it",
    run: async (context) => {
      await ensureQuiet({ work: () => succeedInEverything(context) });
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

/** One connector's whole life: every call that it has, about one person. */
async function succeedInEverything(context: CaseContext): Promise<readonly Planted[]> {
  const planted = await plant(context);
  const { person, item } = planted;
  const connector = await context.connect();
  const [write, ...others] = writesOf({ connector, item });
  await write?.call();
  for (const { call } of [...readsOf({ connector, person }), ...others]) await call();
  await connector.close();
  return [planted];
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

function ensureHidden(request: { shown: unknown; planted: Pick<Planted, "person">; what: string }): void {
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
