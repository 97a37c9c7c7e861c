import { withItems, withWrite, type Mutant } from "./mutant.ts";

export const EXISTING_ONLY_MUTANTS: readonly Mutant[] = [
  {
    name: "existingOnly makes the person",
    mutate: ({ connector }) => withItems({ connector, change: (item) => ({ ...item, mode: "upsert" }) }),
    caughtBy: ["existing-only/a-stranger-is-not-held", "existing-only/a-stranger-with-profile-is-not-held", "existing-only/follows-an-identifier"],
  },
  {
    name: "existingOnly makes the person of an item with a profile",
    mutate: ({ connector }) => withItems({ connector, change: (item) => (item.profile === undefined ? item : { ...item, mode: "upsert" }) }),
    caughtBy: ["existing-only/a-stranger-with-profile-is-not-held"],
  },
  {
    name: "existingOnly looks at the ref alone",
    mutate: ({ connector }) => withItems({ connector, change: (item) => (item.mode === "upsert" ? item : { ...item, subject: { ...item.subject, identifiers: [] } }) }),
    caughtBy: ["existing-only/follows-an-identifier"],
  },
  {
    name: "existingOnly looks at the ref alone, in a system without ledger",
    base: "ledgerless",
    mutate: ({ connector }) => withItems({ connector, change: (item) => (item.mode === "upsert" ? item : { ...item, subject: { ...item.subject, identifiers: [] } }) }),
    caughtBy: ["existing-only/follows-an-identifier"],
  },
  {
    name: "existingOnly links the ref to the person whom an identifier names",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const outcomes = await original(batch);
          for (const [index, { mode, subject }] of batch.items.entries()) {
            if (mode === "existingOnly" && outcomes[index]?.status === "written") system.records.links.set(`ref ${subject.ref}`, { ref: subject.ref, kind: "externalId", suppressionDigest: "", suppressionKeyId: "", linkedAt: 0, test: false });
          }
          return outcomes;
        },
      }),
    caughtBy: ["existing-only/follows-an-identifier"],
  },
  {
    name: "existingOnly writes nothing for anybody",
    mutate: ({ connector }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const written = await original({ ...batch, items: batch.items.filter(({ mode }) => mode === "upsert") });
          let next = 0;
          return batch.items.map(({ writeId, mode }) => (mode === "upsert" ? (written[next++] ?? { writeId, status: "notHeld" }) : { writeId, status: "notHeld" }));
        },
      }),
    caughtBy: ["existing-only/a-held-person-is-written", "existing-only/a-person-with-profile-alone-is-held", "existing-only/follows-an-identifier"],
  },
  {
    name: "existingOnly holds only those with a decision",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const [only] = batch.items;
          const isBare = only?.mode === "existingOnly" && system.records.people.get(only.subject.ref)?.states.size === 0;
          return only !== undefined && isBare ? [{ writeId: only.writeId, status: "notHeld" }] : original(batch);
        },
      }),
    caughtBy: ["existing-only/a-person-with-profile-alone-is-held"],
  },
  {
    name: "answers notHeld and keeps the decision",
    mutate: ({ connector, system }) =>
      withWrite({
        connector,
        write: async (batch, original) => {
          const outcomes = await original(batch);
          for (const [index, outcome] of outcomes.entries()) {
            const item = batch.items[index];
            if (outcome.status !== "notHeld" || item === undefined) continue;
            system.records.decisions.set(item.subject.ref, item.decisions.map(({ record, canonical, hash, proof }) => ({ subjectRef: item.subject.ref, decisionId: record.id, canonical, hash, proof, recordedAt: "", chain: { position: 1, link: "" } })));
          }
          return outcomes;
        },
      }),
    caughtBy: ["existing-only/a-stranger-is-not-held", "existing-only/a-stranger-with-profile-is-not-held", "existing-only/mixed-batch"],
  },
];
