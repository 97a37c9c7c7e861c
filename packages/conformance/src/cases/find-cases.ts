import { IDENTIFIER_KINDS } from "@volenti/core/adapter";
import { ensureConnectorError, rejectionOf } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase, SkipSubject } from "../conformance-case.ts";
import { ensureTwoAreAConflict, skipWhereLinked } from "./ensure-two-are-a-conflict.ts";
import { makeIdentifier, recordPersonOf } from "./named-person.ts";

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
    skip: skipWhereLinked,
    run: (context) => ensureTwoAreAConflict({ context, what: "finding", read: (identifier) => context.connector.profiles.find({ identifier }) }),
  },
  {
    id: "find/who-is-not-linked-is-not-nobody",
    title: "a customer who was there before and bears no ref is neither nobody nor somebody's ref, and beside a second one a conflict",
    skip: skipUnlinked,
    run: async ({ connector, traits, addUnlinked }) => {
      for (const kind of IDENTIFIER_KINDS) {
        const identifier = makeIdentifier(kind);
        const reads = [
          ...(traits.subjectKeys.includes(kind) ? [{ what: `finding by ${kind}`, call: () => connector.profiles.find({ identifier }) }] : []),
          ...(connector.overview === undefined ? [] : [{ what: `the overview by ${kind}`, call: async () => connector.overview?.read({ name: { identifier } }) }]),
        ];
        for (const code of ["unlinked", "conflict"] as const) {
          const customerId = (await addUnlinked?.({ identifier })) ?? null;
          if (customerId === null) break;
          for (const { what, call } of reads) {
            const told = ensureConnectorError({ error: await rejectionOf({ call, what }), connector, codes: [code], what: `${what}, of whom nobody linked` });
            ensure({ that: told.recordIds?.includes(customerId) === true, otherwise: `${what} does not tell the system's id of the record` });
          }
        }
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

function skipUnlinked({ connector, harness }: SkipSubject): string | undefined {
  if (harness.addUnlinked !== undefined) return undefined;
  return connector.linking === undefined ? "facet linking: absent" : "harness: adds no customer past the connector";
}
