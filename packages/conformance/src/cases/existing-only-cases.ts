import type { Identifier, IdentifierKind } from "@volenti/core/adapter";
import { ensureEqual } from "../assertions/ensure.ts";
import { ensureStates } from "../assertions/ensure-state.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import type { CaseContext } from "../run/case-context.ts";
import type { Person } from "../world/person.ts";

export const EXISTING_ONLY_CASES: readonly ConformanceCase[] = [
  {
    id: "existing-only/a-stranger-is-not-held",
    title: "a refusal that follows a person changes nothing where the system does not hold the person",
    run: async (context) => {
      const someone = context.stranger();
      const { decisions, head } = await context.seal([{ person: someone, status: "withdrawn", at: context.at(0) }]);
      const item = context.toItem({ person: someone, decisions, mode: "existingOnly" });
      for (let time = 0; time < 2; time += 1) {
        const outcomes = await context.send({ items: [item], heads: [head] });
        ensureEqual({ actual: outcomes, expected: [{ writeId: item.writeId, status: "notHeld" }], what: "the outcome" });
        await ensureNothing({ context, person: someone });
      }
    },
  },
  {
    id: "existing-only/a-stranger-with-profile-is-not-held",
    title: "not even a profile that comes with it makes the person",
    run: async (context) => {
      const someone = context.stranger();
      const { decisions, head } = await context.seal([{ person: someone, status: "refused", at: context.at(0) }]);
      const change = { changedAt: context.at(0), submissionId: globalThis.crypto.randomUUID() };
      const item = context.toItem({ person: someone, decisions, mode: "existingOnly", profile: { familyName: { value: "Moreau", ...change } } });
      const outcomes = await context.send({ items: [item], heads: [head] });
      ensureEqual({ actual: outcomes, expected: [{ writeId: item.writeId, status: "notHeld" }], what: "the outcome" });
      await ensureNothing({ context, person: someone });
    },
  },
  {
    id: "existing-only/a-held-person-is-written",
    title: "a refusal that follows a person is written where the system holds the person",
    run: async ({ connector, record, person, at, traits, eventually }) => {
      const someone = await person();
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      await record({ person: someone, decisions: [{ purpose: "loyalty", channel: null, status: "objected", at: at(1) }] });
      const { item, outcome } = await record({ person: someone, mode: "existingOnly", decisions: [{ status: "withdrawn", at: at(1) }] });
      ensureEqual({ actual: outcome.decisions[0]?.outcome, expected: "applied", what: "the outcome" });
      await eventually(async () => {
        const states = await connector.consent.listStates({ subjectRef: someone.ref });
        ensureStates({ actual: states.filter(({ purpose }) => purpose === "marketing.email"), expected: item.states, traits, what: "what stands" });
      });
    },
  },
  {
    id: "existing-only/a-person-with-profile-alone-is-held",
    title: "a person of whom the system holds a profile and no decision is held",
    run: async ({ connector, record, person, at, eventually }) => {
      const someone = await person();
      const change = { changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
      await record({ person: someone, profile: { familyName: { value: "Moreau", ...change } } });
      const { item } = await record({ person: someone, mode: "existingOnly", decisions: [{ status: "refused", at: at(1) }] });
      await eventually(async () => {
        const state = await connector.consent.getState({ subjectRef: someone.ref, purpose: "marketing.email", channel: "email" });
        ensureEqual({ actual: state?.decisionId, expected: item.decisions[0]?.record.id, what: "the decision that stands" });
      });
    },
  },
  {
    id: "existing-only/retained-proofs-hold-nobody",
    title: "a person of whom an erasure left nothing but proofs is not held: no refusal is written for them",
    facet: "erasure",
    run: async (context) => {
      const { connector, record, person, seal, send, toItem, at, probe, attachment } = context;
      const someone = await person();
      const { ref: subjectRef } = someone;
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      await connector.erasure?.erase({ subjectRef, reason: "subjectRequest", requestedAt: attachment.clock.now() });
      const rows = await probe.listDecisions({ subjectRef });
      const { decisions, head } = await seal([{ person: someone, status: "withdrawn", at: at(1) }]);
      const item = toItem({ person: someone, decisions, mode: "existingOnly" });
      ensureEqual({ actual: await send({ items: [item], heads: [head] }), expected: [{ writeId: item.writeId, status: "notHeld" }], what: "the outcome" });
      ensureEqual({ actual: await probe.holdsPerson({ subjectRef }), expected: false, what: "whether the store holds the person" });
      ensureEqual({ actual: await probe.listDecisions({ subjectRef }), expected: rows, what: "the retained rows" });
    },
  },
  {
    id: "existing-only/follows-an-identifier",
    title: "a refusal under a ref that the system does not know reaches the person whom an identifier names, and links nothing",
    skip: ({ traits }) =>
      traits.subjectKeys.includes("email") ? undefined : `trait subjectKeys: ${traits.subjectKeys.join(", ")}`,
    run: async (context) => {
      const { connector, record, person, seal, send, toItem, at, probe, traits, eventually } = context;
      const someone = await person();
      const email = someone.identifiers.find(({ kind }) => kind === "email");
      const change = { value: email?.value ?? "", changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }], profile: { email: change } });
      const links = await probe.countLinks({ subjectRef: someone.ref });
      const elsewhere = { ...context.stranger(), identifiers: email === undefined ? [] : [email] };
      const { decisions, head } = await seal([{ person: elsewhere, status: "withdrawn", at: at(1) }]);
      const item = toItem({ person: elsewhere, decisions, mode: "existingOnly" });
      const [outcome] = await send({ items: [item], heads: [head] });
      ensureEqual({ actual: outcome?.status, expected: "written", what: "the outcome" });
      await eventually(async () => {
        const states = await connector.consent.listStates({ subjectRef: someone.ref });
        ensureStates({ actual: states, expected: item.states, traits, what: "what stands for the person whom the identifier names" });
        ensureEqual({ actual: await probe.holdsPerson({ subjectRef: elsewhere.ref }), expected: false, what: "whether the other ref is held" });
        ensureEqual({ actual: await probe.countLinks({ subjectRef: someone.ref }), expected: links, what: "the person's links" });
        ensureEqual({ actual: await probe.countLinks({ subjectRef: elsewhere.ref }), expected: 0, what: "the other ref's links" });
      });
    },
  },
  {
    id: "existing-only/reaches-everybody-whom-it-names",
    title: "a refusal whose identifiers name two people stands for both, is recorded once, and is unchanged when it comes again",
    skip: ({ traits, connector }) => namesOnePersonOnly({ subjectKeys: traits.subjectKeys, hasLedger: connector.ledger !== undefined }),
    run: async (context) => {
      const { connector, seal, send, toItem, at, probe, traits, eventually } = context;
      const { refs, identifiers } = await recordTwoMatches(context);
      const elsewhere = { ...context.stranger(), identifiers };
      const { decisions, head } = await seal([{ person: elsewhere, status: "withdrawn", at: at(1) }]);
      const item = toItem({ person: elsewhere, decisions, mode: "existingOnly" });
      for (const expected of ["applied", "unchanged"]) {
        const [outcome] = await send({ items: [item], heads: [head] });
        const result = outcome?.status === "written" ? outcome.decisions[0]?.outcome : outcome?.status;
        if (expected === "applied" || traits.idempotency !== "none") ensureEqual({ actual: result, expected, what: "the outcome" });
        await eventually(async () => {
          for (const subjectRef of refs) {
            const state = await connector.consent.getState({ subjectRef, purpose: "marketing.email", channel: "email" });
            ensureEqual({ actual: state?.decisionId, expected: decisions[0]?.record.id, what: "the decision that stands for each whom it names" });
          }
          if (traits.historyDepth === "latestOnly") return;
          const rows = await Promise.all(refs.map(async (subjectRef) => probe.listDecisions({ subjectRef })));
          const recorded = rows.flat().filter(({ decisionId }) => decisionId === decisions[0]?.record.id);
          ensureEqual({ actual: recorded.length, expected: 1, what: "how often the refusal is recorded" });
        });
      }
    },
  },
  {
    id: "existing-only/mixed-batch",
    title: "strangers, held people and new people in one batch are each answered for themselves",
    skip: ({ traits }) => (traits.maxBatchSize < 3 ? `trait maxBatchSize: ${traits.maxBatchSize}` : undefined),
    run: async (context) => {
      const { connector, record, people, stranger, seal, toItem, at } = context;
      const [held, fresh] = await people(2);
      if (held === undefined || fresh === undefined) return;
      const unknown = stranger();
      await record({ person: held, decisions: [{ status: "given", at: at(0) }] });
      const { decisions, head } = await seal([unknown, held, fresh].map((person) => ({ person, status: "refused", at: at(1) })));
      const items = [unknown, held, fresh].map((person, index) =>
        toItem({ person, decisions: decisions.slice(index, index + 1), mode: index === 2 ? "upsert" : "existingOnly" }),
      );
      const outcomes = await connector.intake.write({ items, heads: [head] });
      ensureEqual({ actual: outcomes.map(({ status }) => status), expected: ["notHeld", "written", "written"], what: "the outcomes" });
      await ensureNothing({ context, person: unknown });
    },
  },
];

/** Two identifiers of two people where a ledger links them, else one that two profiles hold. */
function namesOnePersonOnly(request: { subjectKeys: readonly IdentifierKind[]; hasLedger: boolean }): string | undefined {
  const { subjectKeys, hasLedger } = request;
  const needed: readonly IdentifierKind[] = hasLedger ? ["loyaltyId", "email"] : ["email"];
  return needed.every((kind) => subjectKeys.includes(kind)) ? undefined : `trait subjectKeys: ${subjectKeys.join(", ")}`;
}

async function recordTwoMatches(context: CaseContext): Promise<{ refs: readonly string[]; identifiers: readonly Identifier[] }> {
  const { record, people, at, connector } = context;
  const crowd = await people(2);
  const [shared] = crowd.flatMap(({ identifiers }) => identifiers.filter(({ kind }) => kind === "email"));
  const hasLedger = connector.ledger !== undefined;
  for (const person of crowd) {
    const email = hasLedger ? person.identifiers.find(({ kind }) => kind === "email") : shared;
    const change = { value: email?.value ?? "", changedAt: at(0), submissionId: globalThis.crypto.randomUUID() };
    await record({ person, decisions: [{ status: "given", at: at(0) }], profile: { email: change } });
  }
  const kinds = ["email", "loyaltyId"] as const;
  const ofEach = crowd.flatMap((person, index) => person.identifiers.filter(({ kind }) => kind === kinds[index]));
  return { refs: crowd.map(({ ref }) => ref), identifiers: hasLedger || shared === undefined ? ofEach : [shared] };
}

async function ensureNothing(request: { context: CaseContext; person: Person }): Promise<void> {
  const { connector, probe } = request.context;
  const { ref: subjectRef, mark } = request.person;
  ensureEqual({ actual: await probe.holdsPerson({ subjectRef }), expected: false, what: "whether the store holds the person" });
  ensureEqual({ actual: await probe.listStates({ subjectRef }), expected: [], what: "the states in the store" });
  ensureEqual({ actual: await probe.listDecisions({ subjectRef }), expected: [], what: "the rows in the store" });
  ensureEqual({ actual: await probe.readAttributes({ subjectRef }), expected: {}, what: "the attributes in the store" });
  ensureEqual({ actual: await probe.countLinks({ subjectRef }), expected: 0, what: "the links in the store" });
  ensureEqual({ actual: (await probe.dump()).includes(mark), expected: false, what: "whether the identifiers were stored" });
  ensureEqual({ actual: await connector.profiles.get({ subjectRef }), expected: null, what: "the profile that is read" });
}
