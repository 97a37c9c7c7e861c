import { ensureConnectorError } from "../assertions/ensure-connector-error.ts";
import { ensure, ensureEqual } from "../assertions/ensure.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import type { Person } from "../world/person.ts";
import { consultOne } from "./consult.ts";
import { custodyOf, eraseRef, FAR_FUTURE, rejectionOf, toHold } from "./custody.ts";

export const CUSTODY_HOLD_CASES: readonly ConformanceCase[] = [
  {
    id: "custody/a-hold-is-told-while-it-is-in-force",
    title: "a look-up says `held` while a hold of whatever scope is in force, and not once it ran out or was lifted",
    facet: "custody",
    run: async (context) => {
      const { connector, at } = context;
      const someone = await recordPerson(context);
      const { ref: subjectRef, identifiers } = someone;
      const isHeld = async (): Promise<boolean> => (await consultOne({ connector, query: { identifiers } })).held;
      ensureEqual({ actual: await isHeld(), expected: false, what: "held before any hold" });
      await custodyOf(connector).setHold({ subjectRef, hold: toHold({ setAt: at(0), until: at(1) }) });
      ensureEqual({ actual: await isHeld(), expected: false, what: "held under a hold that ran out" });
      const hold = toHold({ setAt: at(2), scope: ["email"], until: FAR_FUTURE });
      await custodyOf(connector).setHold({ subjectRef, hold });
      ensureEqual({ actual: await isHeld(), expected: true, what: "held under a hold in force" });
      const isLifted = await custodyOf(connector).liftHold({ subjectRef, holdId: hold.holdId, liftedAt: at(3) });
      ensureEqual({ actual: [isLifted, await isHeld()], expected: [true, false], what: "lifted, and held afterwards" });
    },
  },
  {
    id: "custody/who-is-held-is-not-erased",
    title: "an erasure leaves whoever is held as a whole as they are, and says `held` and until when",
    facet: "custody",
    run: async (context) => {
      const { connector, probe, at } = context;
      const { ref: subjectRef } = await recordPerson(context);
      const read = async (): Promise<unknown> => [await connector.profiles.get({ subjectRef }), await connector.consent.listStates({ subjectRef }), await probe.countLinks({ subjectRef })];
      const before = await read();
      await custodyOf(connector).setHold({ subjectRef, hold: toHold({ setAt: at(0), until: FAR_FUTURE }) });
      const outcomes = await eraseRef({ connector, subjectRef, requestedAt: at(1) });
      for (const { kind, outcome, reason, until } of outcomes.filter(({ count }) => count > 0)) {
        ensureEqual({ actual: [outcome, reason, until], expected: ["retained", "held", new Date(FAR_FUTURE).toISOString()], what: `what became of ${kind}` });
      }
      ensure({ that: outcomes.some(({ count }) => count > 0), otherwise: "nothing was said to be retained" });
      ensureEqual({ actual: await read(), expected: before, what: "what is held of the person" });
    },
  },
  {
    id: "custody/what-is-held-stays",
    title: "of whom some attributes are held, those stay readable by ref, all else goes, and the first erasure after the hold takes them",
    facet: "custody",
    run: async (context) => {
      const { connector, probe, at } = context;
      const { ref: subjectRef } = await recordPerson(context);
      const hold = toHold({ setAt: at(0), scope: ["address.*"] });
      await custodyOf(connector).setHold({ subjectRef, hold });
      const outcomes = await eraseRef({ connector, subjectRef, requestedAt: at(1) });
      ensure({ that: outcomes.some(({ outcome, reason }) => outcome === "retained" && reason === "held"), otherwise: "nothing was said to be held" });
      const profile = await connector.profiles.get({ subjectRef });
      ensureEqual({ actual: Object.keys(profile?.attributes ?? {}), expected: ["address.locality"], what: "the attributes that stay" });
      ensureEqual({ actual: await probe.countLinks({ subjectRef }), expected: 0, what: "the links that stay" });
      await custodyOf(connector).liftHold({ subjectRef, holdId: hold.holdId, liftedAt: at(2) });
      await eraseRef({ connector, subjectRef, requestedAt: at(3) });
      ensureEqual({ actual: await probe.readAttributes({ subjectRef }), expected: {}, what: "the attributes after the hold" });
    },
  },
  {
    id: "custody/holds-are-set-once",
    title: "a hold that is set again changes nothing, another person's id is a conflict, nobody is held; a lifted hold keeps its first instant",
    facet: "custody",
    run: async (context) => {
      const { connector, at } = context;
      const [{ ref: subjectRef }, other] = [await recordPerson(context), await recordPerson(context)];
      const custody = custodyOf(connector);
      const hold = toHold({ setAt: at(0) });
      await custody.setHold({ subjectRef, hold });
      await custody.setHold({ subjectRef, hold: { ...hold, reason: "another" } });
      const taken = await rejectionOf(custody.setHold({ subjectRef: other.ref, hold }));
      ensureConnectorError({ error: taken, connector, codes: ["conflict"], what: "an id of another person's hold" });
      const nobody = await rejectionOf(custody.setHold({ subjectRef: context.stranger().ref, hold: toHold({ setAt: at(0) }) }));
      ensureConnectorError({ error: nobody, connector, codes: ["invalidInput"], what: "a hold of nobody" });
      for (const liftedAt of [at(1), at(2)]) await custody.liftHold({ subjectRef, holdId: hold.holdId, liftedAt });
      ensureEqual({ actual: await custody.listHolds({ subjectRef }), expected: [{ ...hold, liftedAt: at(1) }], what: "the holds" });
      ensureEqual({ actual: await custody.liftHold({ subjectRef: other.ref, holdId: hold.holdId, liftedAt: at(1) }), expected: false, what: "lifted for another" });
    },
  },
  {
    id: "custody/a-restriction-is-told",
    title: "a restriction is read back and told by look-ups until it is lifted; nobody can be restricted",
    facet: "custody",
    run: async (context) => {
      const { connector, at } = context;
      const { ref: subjectRef, identifiers } = await recordPerson(context);
      const custody = custodyOf(connector);
      const read = async (): Promise<unknown> => [await custody.getRestriction({ subjectRef }), (await consultOne({ connector, query: { identifiers } })).restricted];
      const restriction = { since: at(0), reason: "accuracy is contested" };
      await custody.setRestriction({ subjectRef, restriction });
      ensureEqual({ actual: await read(), expected: [restriction, true], what: "the restriction" });
      await custody.setRestriction({ subjectRef, restriction: null });
      ensureEqual({ actual: await read(), expected: [null, false], what: "the restriction after it was lifted" });
      const error = await rejectionOf(custody.setRestriction({ subjectRef: context.stranger().ref, restriction }));
      ensureConnectorError({ error, connector, codes: ["invalidInput"], what: "a restriction of nobody" });
    },
  },
];

async function recordPerson(context: CaseContext): Promise<Person> {
  const person = await context.person();
  const change = { changedAt: context.at(0), submissionId: globalThis.crypto.randomUUID() };
  const profile = { givenName: { value: "Ines", ...change }, "address.locality": { value: "Paris", ...change } };
  await context.record({ person, profile, decisions: [{ status: "given", at: context.at(0) }] });
  return person;
}
