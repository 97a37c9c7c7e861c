import { IDENTIFIER_KINDS, type Identifier, type IdentifierKind } from "@volenti/core/adapter";
import { ensureConnectorError, rejectionOf } from "../assertions/ensure-connector-error.ts";
import { ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import { randomMark } from "../world/random.ts";
import type { Person } from "../world/person.ts";
import { toQuery } from "./consult.ts";

export const FIND_CASES: readonly ConformanceCase[] = [
  {
    id: "find/by-every-declared-kind",
    title: "a person is found by every declared kind of identifier",
    run: async (context) => {
      for (const kind of context.traits.subjectKeys) {
        const identifier = makeIdentifier(kind);
        const { ref } = await recordPersonOf({ context, identifier });
        await context.eventually(async () => {
          ensureEqual({ actual: await context.connector.profiles.find({ identifier }), expected: ref, what: `who has the ${kind}` });
        });
      }
    },
  },
  {
    id: "find/nobody-is-null",
    title: "an identifier that nobody has finds null",
    run: async ({ connector, traits }) => {
      for (const kind of traits.subjectKeys) {
        const found = await connector.profiles.find({ identifier: makeIdentifier(kind) });
        ensureEqual({ actual: found, expected: null, what: `who has an unknown ${kind}` });
      }
    },
  },
  {
    id: "find/undeclared-kinds-are-unsupported",
    title: "a kind that the system cannot search is `unsupported`, not nobody",
    skip: ({ traits }) => (traits.subjectKeys.length === IDENTIFIER_KINDS.length ? "trait subjectKeys: every kind is declared" : undefined),
    run: async ({ connector, traits }) => {
      for (const kind of IDENTIFIER_KINDS.filter((candidate) => !traits.subjectKeys.includes(candidate))) {
        const call = (): Promise<unknown> => connector.profiles.find({ identifier: makeIdentifier(kind) });
        const error = await rejectionOf({ call, what: `finding by the undeclared ${kind}` });
        ensureConnectorError({ error, connector, codes: ["unsupported"], what: `finding by the undeclared ${kind}` });
      }
    },
  },
  {
    id: "find/two-matches-are-a-conflict",
    title: "an identifier that two people have is a conflict: none of them is picked",
    skip: ({ connector }) => (connector.ledger === undefined ? undefined : "facet ledger: links an identifier to one person only"),
    run: async (context) => {
      const { connector, traits } = context;
      for (const kind of traits.subjectKeys) {
        const identifier = makeIdentifier(kind);
        await recordPersonOf({ context, identifier });
        await recordPersonOf({ context, identifier });
        await context.eventually(async () => {
          const error = await rejectionOf({ call: () => connector.profiles.find({ identifier }), what: `finding one of two by ${kind}` });
          ensureConnectorError({ error, connector, codes: ["conflict"], what: `finding one of two by ${kind}` });
        });
      }
    },
  },
  {
    id: "find/remembers-nobody",
    title: "whom another connector wrote is found, and whom another one erased is not, whatever was found before",
    facet: "erasure",
    run: async (context) => {
      const { connector, traits, connect, attachment } = context;
      const other = await connect();
      for (const kind of traits.subjectKeys) {
        const identifier = makeIdentifier(kind);
        const found = (): Promise<string | null> => connector.profiles.find({ identifier });
        ensureEqual({ actual: await found(), expected: null, what: `who has the ${kind} before anybody does` });
        const { ref } = await recordPersonOf({ context: { ...context, connector: other }, identifier });
        await context.eventually(async () => {
          ensureEqual({ actual: await found(), expected: ref, what: `who has the ${kind} that another wrote` });
        });
        await other.erasure?.erase({ subjectRef: ref, reason: "subjectRequest", requestedAt: attachment.clock.now() });
        await context.eventually(async () => {
          ensureEqual({ actual: await found(), expected: null, what: `who has the ${kind} that another erased` });
        });
      }
    },
  },
  {
    id: "find/is-exact",
    title: "an identifier finds nobody whose identifier only begins with it, contains it or matches it as a pattern",
    run: async (context) => {
      const { connector, traits } = context;
      const kind = ensurePresent({ value: traits.subjectKeys[0], what: "a declared kind of identifier" });
      const identifier = makeIdentifier(kind);
      await recordPersonOf({ context, identifier });
      const lookalikes = kind === "phone" ? [identifier.value.slice(0, -1), `${identifier.value}0`] : [identifier.value.slice(1), "%", "*", "_".repeat(identifier.value.length), "' OR '1'='1"];
      for (const value of lookalikes) {
        const found = await connector.profiles.find({ identifier: { kind, value } });
        ensureEqual({ actual: found, expected: null, what: "who has a lookalike" });
      }
    },
  },
];

/** A person who has the identifier in whatever way the system finds people by: a ledger's link, or the profile. */
async function recordPersonOf(request: { context: CaseContext; identifier: Identifier }): Promise<Person> {
  const { context, identifier } = request;
  const { connector } = context;
  let person: Person = { ...context.stranger(), identifiers: [identifier] };
  const [answer] =
    (await connector.ledger?.consult({
      queries: [toQuery({ proposedRef: person.ref, identifiers: [identifier] })],
    })) ?? [];
  if (answer !== undefined) person = { ...person, ref: answer.ref };
  const change = { changedAt: context.at(0), submissionId: globalThis.crypto.randomUUID() };
  const attribute = identifier.kind === "email" ? "email" : identifier.kind === "phone" ? "phoneNumber" : null;
  await context.record({
    person,
    decisions: [{ status: "given", at: context.at(0) }],
    profile: {
      familyName: { value: "Moreau", ...change },
      ...(attribute === null ? {} : { [attribute]: { value: identifier.value, ...change } }),
    },
  });
  return person;
}

function makeIdentifier(kind: IdentifierKind): Identifier {
  const mark = randomMark();
  if (kind === "email") return { kind, value: `find-${mark}@example.com` };
  // Ofcom's numbers for drama have too few digits for one a case; the +999 code is assigned to nobody.
  if (kind === "phone") return { kind, value: `+999${Number.parseInt(mark, 16).toString().padStart(11, "0").slice(-11)}` };
  return { kind, value: `${kind}-${mark}` };
}
