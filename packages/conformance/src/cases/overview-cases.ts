import { IDENTIFIER_KINDS, type ConnectorV1, type OverviewFacetV1, type OverviewRecordV1, type OverviewV1, type StoredDecisionV1 } from "@volenti/core/adapter";
import { ensureConnectorError } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import type { Person } from "../world/person.ts";
import { collect, custodyOf, eraseRef, toHold } from "./custody.ts";
import { ensureTwoAreAConflict, skipWhereLinked } from "./ensure-two-are-a-conflict.ts";
import { makeIdentifier, recordPersonOf } from "./named-person.ts";

export const OVERVIEW_CASES: readonly ConformanceCase[] = [
  {
    id: "overview/as-the-facets-tell-it",
    title: "all of one person at once is what the facets answer one by one, by the ref and by every declared kind of identifier",
    facet: "overview",
    run: async (context) => {
      const { connector, traits, at } = context;
      const person = await recordPerson(context);
      await recordPerson(context);
      await connector.custody?.setHold({ subjectRef: person.ref, hold: toHold({ setAt: at(4) }) });
      await connector.custody?.setRestriction({ subjectRef: person.ref, restriction: { since: at(4), reason: "contested" } });
      await context.eventually(async () => {
        const expected = await readFacets({ connector, subjectRefs: [person.ref] });
        ensure({ that: expected.records[0]?.profile !== null && expected.records[0]?.states.length === 2, otherwise: "the facets tell less than was written" });
        ensureEqual({ actual: await overviewOf(connector).read({ name: { subjectRef: person.ref } }), expected, what: "all of the person by the ref" });
      });
      for (const kind of traits.subjectKeys) {
        const identifier = makeIdentifier(kind);
        const { ref } = await recordPersonOf({ context, identifier });
        await context.eventually(async () => {
          const expected = await readFacets({ connector, subjectRefs: [ref] });
          ensureEqual({ actual: await overviewOf(connector).read({ name: { identifier } }), expected, what: `all of the person by the ${kind}` });
        });
      }
    },
  },
  {
    id: "overview/nobody-is-null",
    title: "of a stranger, and of somebody erased of whom proofs alone are left, there is nothing: null, by the ref as by an identifier",
    facet: "overview",
    run: async (context) => {
      const { connector, traits, at, stranger } = context;
      const overview = overviewOf(connector);
      ensureEqual({ actual: await overview.read({ name: { subjectRef: stranger().ref } }), expected: null, what: "all of a stranger" });
      for (const kind of traits.subjectKeys) {
        const identifier = makeIdentifier(kind);
        ensureEqual({ actual: await overview.read({ name: { identifier } }), expected: null, what: `all of somebody with an unknown ${kind}` });
        if (connector.erasure === undefined) continue;
        const { ref } = await recordPersonOf({ context, identifier });
        await eraseRef({ connector, subjectRef: ref, requestedAt: at(5) });
        await context.eventually(async () => {
          for (const name of [{ identifier }, { subjectRef: ref }]) ensureEqual({ actual: await overview.read({ name }), expected: null, what: `all of somebody erased, once known by ${kind}` });
        });
      }
    },
  },
  {
    id: "overview/undeclared-kinds-find-nobody",
    title: "a kind by which the system cannot tell people is `unsupported`, or finds that nobody is there, and never somebody",
    facet: "overview",
    skip: ({ traits }) => (traits.subjectKeys.length === IDENTIFIER_KINDS.length ? "trait subjectKeys: every kind is declared" : undefined),
    run: async (context) => {
      const { connector, traits } = context;
      for (const kind of IDENTIFIER_KINDS.filter((candidate) => !traits.subjectKeys.includes(candidate))) {
        const identifier = makeIdentifier(kind);
        await recordPersonOf({ context, identifier });
        const told = await overviewOf(connector).read({ name: { identifier } }).catch((error: unknown) => {
          ensureConnectorError({ error, connector, codes: ["unsupported"], what: `the overview by the undeclared ${kind}` });
          return null;
        });
        ensureEqual({ actual: told, expected: null, what: `all of somebody by the undeclared ${kind}` });
      }
    },
  },
  {
    id: "overview/two-matches-are-a-conflict",
    title: "an identifier that two people have is a conflict: all of neither is told",
    facet: "overview",
    skip: skipWhereLinked,
    run: (context) => ensureTwoAreAConflict({ context, what: "the overview of", read: (identifier) => overviewOf(context.connector).read({ name: { identifier } }) }),
  },
  {
    id: "overview/merged-people-are-behind",
    title: "who was merged into the person is told behind them, under the ref that it was recorded under, whichever of the two is named",
    facet: "overview",
    skip: ({ connector }) => (connector.custody === undefined ? "facet custody: absent" : undefined),
    run: async (context) => {
      const { connector, at } = context;
      const [from, into] = [await recordPerson(context), await recordPerson(context)];
      await custodyOf(connector).mergeSubjects({ from: from.ref, into: into.ref, mergedAt: at(5) });
      const expected = await readFacets({ connector, subjectRefs: [into.ref, from.ref] });
      const names = [{ subjectRef: into.ref }, ...[...into.identifiers, ...from.identifiers].map((identifier) => ({ identifier }))];
      for (const name of names) ensureEqual({ actual: await overviewOf(connector).read({ name }), expected, what: "all of both" });
    },
  },
  {
    id: "overview/costs-less-than-the-facets",
    title: "all of one person takes fewer calls on the system than the facets take one by one",
    facet: "overview",
    skip: ({ harness }) => (harness.probe.countCalls === undefined ? "probe countCalls: absent" : undefined),
    run: async (context) => {
      const { connector, probe } = context;
      const person = await recordPerson(context);
      const name = { subjectRef: person.ref };
      // What a connector learns of the system once is no part of either.
      await overviewOf(connector).read({ name });
      const count = async (): Promise<number> => (await probe.countCalls?.()) ?? 0;
      const before = await count();
      await overviewOf(connector).read({ name });
      const between = await count();
      await readFacets({ connector, subjectRefs: [person.ref] });
      const [together, apart] = [between - before, (await count()) - between];
      ensure({ that: together < apart, otherwise: `${together} calls at once, and ${apart} one by one` });
    },
  },
];

function overviewOf(connector: ConnectorV1): OverviewFacetV1 {
  return ensurePresent({ value: connector.overview, what: "the facet overview" });
}

/** Somebody with a profile, and more than one decision. */
async function recordPerson(context: CaseContext): Promise<Person> {
  const { at } = context;
  const person = await context.person();
  const change = { changedAt: at(1), submissionId: globalThis.crypto.randomUUID() };
  const profile = { familyName: { value: "Moreau", ...change }, givenName: { value: "Inès", ...change } };
  await context.record({ person, profile, decisions: [{ status: "given", at: at(1) }, { purpose: "marketing.sms", channel: "sms", status: "withdrawn", at: at(2) }] });
  await context.record({ person, decisions: [{ status: "withdrawn", at: at(3) }] });
  return person;
}

async function readFacets(request: { connector: ConnectorV1; subjectRefs: readonly string[] }): Promise<OverviewV1> {
  const { connector, subjectRefs } = request;
  const [subjectRef = ""] = subjectRefs;
  const records: OverviewRecordV1[] = [];
  for (const ref of subjectRefs) {
    const [profile, states] = [await connector.profiles.get({ subjectRef: ref }), await connector.consent.listStates({ subjectRef: ref })];
    records.push({ subjectRef: ref, profile, states, decisions: await listDecisions({ connector, subjectRef: ref }) });
  }
  const { custody } = connector;
  if (custody === undefined) return { records, custody: null };
  return { records, custody: { holds: await custody.listHolds({ subjectRef }), restriction: await custody.getRestriction({ subjectRef }) } };
}

function listDecisions(request: { connector: ConnectorV1; subjectRef: string }): Promise<readonly StoredDecisionV1[]> {
  const { connector: { consentHistory }, subjectRef } = request;
  return consentHistory === undefined ? Promise.resolve([]) : collect(consentHistory.listDecisions({ subjectRef }));
}
