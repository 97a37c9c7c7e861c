import { ConnectorError, type ConnectorV1, type Keyring, type RewrappedPageV1, type RewrappingFacetV1, type WrappedCountV1 } from "@volenti/core/adapter";
import { ensureConnectorError } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import type { ConformanceCase, SkipSubject } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import type { Person } from "../world/person.ts";
import type { TestKeyring } from "../world/test-keyring.ts";
import { eraseRef, rejectionOf } from "./custody.ts";

export const REWRAPPING_CASES: readonly ConformanceCase[] = [
  {
    id: "rewrapping/under-the-newest-key",
    title: "after a rotation every data key is wrapped under the newest key, page by page, is counted there, and every value is read without the earlier key",
    facet: "rewrapping",
    skip: cannotRotate,
    run: async (context) => {
      const people = await context.people(3);
      for (const [index, person] of people.entries()) await give({ context, person, name: `Moreau ${index}`, step: 0 });
      const { activeKeyId } = await rotate(context.attachment.keyring);
      const facet = rewrappingOf(context.connector);
      const before = await facet.countWrapped({});
      ensure({ that: totalOf(before) >= people.length, otherwise: "fewer data keys are counted than there are people with values" });
      const pages = await rewrapAll(facet);
      ensureEqual({ actual: pages.flatMap(({ unreadable }) => unreadable), expected: [], what: "the data keys that could not be opened" });
      const retired = before.filter(({ keyId }) => keyId !== activeKeyId);
      ensureEqual({ actual: totalOf(pages.flatMap(({ rewrapped }) => rewrapped)), expected: totalOf(retired), what: "how many were wrapped anew" });
      ensureEqual({ actual: await facet.countWrapped({}), expected: [{ keyId: activeKeyId, dataKeys: totalOf(before) }], what: "the keys that wrap data keys" });
      ensureEqual({ actual: (await rewrapAll(facet)).flatMap(({ rewrapped }) => rewrapped), expected: [], what: "what a second run wraps" });
      const without = await context.make();
      without.attach({ ...context.attachment, keyring: lacking({ keyring: context.attachment.keyring, keyIds: retired.map(({ keyId }) => keyId) }) });
      for (const [index, person] of people.entries()) {
        ensureEqual({ actual: await nameOf({ connector: without, person }), expected: `Moreau ${index}`, what: "a value that is read without the earlier key" });
      }
    },
  },
  {
    id: "rewrapping/what-changed-meanwhile-stays",
    title: "a data key that an erasure destroys while it is wrapped anew stays destroyed, and that of somebody who came back meanwhile stays theirs",
    facet: "rewrapping",
    skip: (subject) => (subject.connector.erasure === undefined ? "facet erasure: absent" : cannotRotate(subject)),
    run: async (context) => {
      const { at, attachment, probe } = context;
      const [gone, back] = [await context.person(), await context.person()];
      for (const person of [gone, back]) await give({ context, person, name: "Moreau", step: 0 });
      await rotate(attachment.keyring);
      const before = totalOf(await rewrappingOf(context.connector).countWrapped({}));
      const work = async (): Promise<void> => {
        for (const { ref: subjectRef } of [gone, back]) await eraseRef({ connector: context.connector, subjectRef, requestedAt: at(1) });
        await give({ context, person: back, name: "Petit", step: 2, connector: await context.connect() });
      };
      const connector = await context.make();
      connector.attach({ ...attachment, keyring: meanwhile({ keyring: attachment.keyring, work }) });
      await rewrapAll(rewrappingOf(connector));
      ensureEqual({ actual: totalOf(await rewrappingOf(connector).countWrapped({})), expected: before - 1, what: "the data keys after somebody was erased" });
      ensure({ that: !(await probe.holdsPerson({ subjectRef: gone.ref })), otherwise: "somebody who was erased is held again" });
      const fresh = await context.connect();
      ensureEqual({ actual: await nameOf({ connector: fresh, person: back }), expected: "Petit", what: "the value of somebody who came back" });
    },
  },
  {
    id: "rewrapping/never-back",
    title: "a keyring that wraps under another key than the one it says is active changes nothing, and is told so",
    facet: "rewrapping",
    skip: cannotRotate,
    run: async (context) => {
      const { attachment, connector } = context;
      const person = await context.person();
      await give({ context, person, name: "Moreau", step: 0 });
      const { retiredKeyId } = await rotate(attachment.keyring);
      const before = await rewrappingOf(connector).countWrapped({});
      const outdated = await context.make();
      const wrap: Keyring["wrap"] = async (question) => ({ ...(await attachment.keyring.wrap(question)), keyId: retiredKeyId });
      outdated.attach({ ...attachment, keyring: changed(attachment.keyring, { wrap }) });
      const error = await rejectionOf(rewrapAll(rewrappingOf(outdated)));
      ensureConnectorError({ error, connector, codes: ["invalidConfiguration"], what: "wrapping by a keyring that was opened before a rotation" });
      ensureEqual({ actual: await rewrappingOf(connector).countWrapped({}), expected: before, what: "the keys that wrap data keys" });
      ensureEqual({ actual: await nameOf({ connector: await context.connect(), person }), expected: "Moreau", what: "the value afterwards" });
    },
  },
];

function cannotRotate({ harness }: SkipSubject): string | undefined {
  const keyring = harness.context?.keyring;
  return keyring === undefined || canRotate(keyring) ? undefined : "keyring: the harness's cannot be rotated";
}

function canRotate(keyring: Keyring): keyring is TestKeyring {
  return "rotate" in keyring && typeof keyring.rotate === "function";
}

function rewrappingOf(connector: ConnectorV1): RewrappingFacetV1 {
  return ensurePresent({ value: connector.rewrapping, what: "the facet rewrapping" });
}

async function rotate(keyring: Keyring): Promise<{ activeKeyId: string; retiredKeyId: string }> {
  const activeOf = async (): Promise<string> =>
    (await keyring.describe()).find(({ kind, status }) => kind === "keyEncryption" && status === "active")?.keyId ?? "";
  const retiredKeyId = await activeOf();
  if (canRotate(keyring)) keyring.rotate("keyEncryption");
  return { activeKeyId: await activeOf(), retiredKeyId };
}

async function give(request: { context: CaseContext; person: Person; name: string; step: number; connector?: ConnectorV1 }): Promise<void> {
  const { context, person, name, step, connector } = request;
  const familyName = { value: name, changedAt: context.at(step), submissionId: globalThis.crypto.randomUUID() };
  await context.record({ person, profile: { familyName }, connector });
}

async function nameOf(request: { connector: ConnectorV1; person: Person }): Promise<unknown> {
  const profile = await request.connector.profiles.get({ subjectRef: request.person.ref });
  return profile?.attributes["familyName"]?.value;
}

async function rewrapAll(facet: RewrappingFacetV1): Promise<readonly RewrappedPageV1[]> {
  const pages: RewrappedPageV1[] = [];
  for (let after: string | null = null; ; ) {
    const page: RewrappedPageV1 = await facet.rewrapPage({ after });
    pages.push(page);
    ensure({ that: page.next === null || page.next !== after, otherwise: "a page leads to itself" });
    after = page.next;
    if (after === null) return pages;
  }
}

function totalOf(counts: readonly WrappedCountV1[]): number {
  return counts.reduce((total, { dataKeys }) => total + dataKeys, 0);
}

/** The keyring with some of its members replaced; one that is a class's instance has them on its prototype. */
function changed(keyring: Keyring, members: Partial<Keyring>): Keyring {
  return {
    describe: () => keyring.describe(),
    sign: (question) => keyring.sign(question),
    signingKeyId: () => keyring.signingKeyId(),
    mac: (question) => keyring.mac(question),
    wrap: (question) => keyring.wrap(question),
    unwrap: (question) => keyring.unwrap(question),
    ...members,
  };
}

/** The keyring as if these keys had been taken out of it, but for its descriptions: what matters is whether it is asked for them. */
function lacking(request: { keyring: Keyring; keyIds: readonly string[] }): Keyring {
  const { keyring, keyIds } = request;
  return changed(keyring, {
    unwrap: (question) => {
      if (!question.keys.some(({ keyId }) => keyIds.includes(keyId))) return keyring.unwrap(question);
      throw new ConnectorError({ code: "invalidConfiguration", connectorId: "keyring", operation: "unwrap", providerCode: "keyMissing" });
    },
  });
}

/** The keyring, with work that is done once when it was first asked to wrap. */
function meanwhile(request: { keyring: Keyring; work: () => Promise<void> }): Keyring {
  const { keyring, work } = request;
  let isDone = false;
  return changed(keyring, {
    wrap: async (question) => {
      const wrapped = await keyring.wrap(question);
      if (!isDone) {
        isDone = true;
        await work();
      }
      return wrapped;
    },
  });
}
