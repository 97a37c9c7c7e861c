import { isGrant, isStanding, type ConsentState } from "@volenti/core/adapter";
import { mapStates, withItems, withRows, type Mutant } from "./mutant.ts";

export const CONSENT_MUTANTS: readonly Mutant[] = [
  {
    name: "reads a grant that has ended as nothing",
    mutate: ({ connector }) => ({
      ...connector,
      consent: {
        getState: (request) => connector.consent.getState(request),
        listStates: async (request) => (await connector.consent.listStates(request)).filter(({ validUntil }) => validUntil === null || validUntil > Date.UTC(2026, 5, 20)),
      },
    }),
    caughtBy: ["staleness/an-expired-grant-still-stands-first"],
  },
  {
    name: "lists the first five states",
    mutate: ({ connector }) => ({ ...connector, consent: { ...connector.consent, listStates: async (request) => (await connector.consent.listStates(request)).slice(0, 5) } }),
    caughtBy: ["consent-read/list-is-ordered"],
  },
  {
    name: "takes a ref for a pattern",
    mutate: ({ connector, system }) => ({
      ...connector,
      consent: {
        ...connector.consent,
        listStates: async (request) => connector.consent.listStates({ subjectRef: request.subjectRef === "%" ? ([...system.records.people.keys()][0] ?? "") : request.subjectRef }),
      },
    }),
    caughtBy: ["consent-read/hostile-keys-find-nothing"],
  },
  {
    name: "merges people of one e-mail address",
    mutate: (parts) =>
      withRows({
        parts,
        change: ({ after }) => {
          const email = after.attributes.get("email")?.value;
          const twin = [...parts.system.records.people.values()].find((person) => person.ref !== after.ref && email !== undefined && person.attributes.get("email")?.value === email);
          if (twin !== undefined) parts.system.records.people.set(twin.ref, { ...after, ref: twin.ref });
          return after;
        },
      }),
    caughtBy: ["consent-write/people-stay-apart"],
  },
  {
    name: "a channel-less refusal reaches `*` and no channel",
    mutate: ({ connector }) =>
      withItems({
        connector,
        change: (item) => {
          const channelless = new Set(item.decisions.filter(({ record }) => record.channel === undefined).map(({ record }) => record.id));
          return { ...item, states: item.states.filter(({ channel, decisionId }) => channel === "*" || !channelless.has(decisionId)) };
        },
      }),
    caughtBy: ["consent-read/star-is-a-key-of-its-own", "consent-write/refusal-of-every-channel", "staleness/all-in-one-item"],
  },
  {
    name: "forgets `*` beside channels",
    mutate: ({ connector }) =>
      withItems({
        connector,
        change: (item) => ({
          ...item,
          states: item.states.filter((state) => state.channel !== "*" || !item.states.some((other) => other.purpose === state.purpose && other.channel !== "*")),
        }),
      }),
    caughtBy: ["consent-read/star-is-a-key-of-its-own", "consent-write/refusal-of-every-channel", "staleness/all-in-one-item"],
  },
  {
    name: "answers `*` for a channel that has no state",
    mutate: ({ connector }) => ({
      ...connector,
      consent: {
        ...connector.consent,
        getState: async (request) =>
          (await connector.consent.getState(request)) ??
          (await connector.consent.listStates(request)).find(({ purpose }) => purpose === request.purpose) ??
          null,
      },
    }),
    caughtBy: ["consent-read/keys-are-exact"],
  },
  {
    name: "keeps one state a purpose",
    mutate: (parts) =>
      withRows({
        parts,
        change: ({ after }) => ({ ...after, states: new Map([...after.states.values()].map((state) => [`${state.purpose}\u0000`, state])) }),
      }),
    caughtBy: ["consent-read/declared-statuses-come-back", "consent-read/keys-are-exact", "consent-read/list-is-ordered"],
  },
  {
    name: "lists states in the order of their arrival",
    mutate: ({ connector, system }) => ({
      ...connector,
      consent: {
        ...connector.consent,
        listStates: async (request) => {
          await connector.consent.listStates(request);
          return [...(system.records.people.get(request.subjectRef)?.states.values() ?? [])];
        },
      },
    }),
    caughtBy: ["consent-read/list-is-ordered"],
  },
  { name: "loses the recipients that a grant is narrowed to", mutate: ({ connector }) => withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, recipients: null }) }) }), caughtBy: ["consent-read/every-member-comes-back"] },
  { name: "loses the attributes that a grant is narrowed to", mutate: ({ connector }) => withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, attributes: null }) }) }), caughtBy: ["consent-read/every-member-comes-back"] },
  { name: "loses the end of a grant", mutate: ({ connector }) => withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, validUntil: null }) }) }), caughtBy: ["consent-read/every-member-comes-back", "precision/state-instants-come-back", "staleness/an-expired-grant-still-stands-first"] },
  { name: "loses the purpose version", mutate: ({ connector }) => withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, purposeVersion: "1" }) }) }), caughtBy: ["consent-read/every-member-comes-back", "consent-write/a-later-grant-replaces-an-earlier"] },
  {
    name: "keeps the narrowing of an earlier grant",
    mutate: (parts) =>
      withRows({
        parts,
        change: ({ before, after }) => ({
          ...after,
          states: new Map([...after.states].map(([key, state]) => [key, { ...state, recipients: state.recipients ?? before?.states.get(key)?.recipients ?? null }])),
        }),
      }),
    caughtBy: ["consent-write/a-later-grant-replaces-an-earlier", "ledger/tells-what-stands"],
  },
  {
    name: "keeps given and refused, and no other word",
    mutate: ({ connector }) =>
      withItems({ connector, change: (item) => mapStates({ item, change: (state) => ({ ...state, status: isGrant(state.status) ? "given" : "refused" }) }) }),
    caughtBy: ["consent-read/declared-statuses-come-back", "consent-write/a-later-grant-replaces-an-earlier", "existing-only/a-held-person-is-written"],
  },
  {
    name: "a neutral decision ends what stands",
    mutate: (parts) =>
      withRows({
        parts,
        change: ({ after, item }) => ({
          ...after,
          states: new Map([...after.states].filter(([, { purpose }]) => !item.decisions.some(({ record }) => record.purpose.key === purpose && !isStanding(record.status)))),
        }),
      }),
    caughtBy: ["consent-write/neutral-decisions-change-nothing"],
  },
  {
    name: "a neutral decision permits",
    mutate: ({ connector }) =>
      withItems({
        connector,
        change: (item) => ({
          ...item,
          states: [
            ...item.states,
            ...item.decisions
              .filter(({ record }) => record.status === "requested")
              .map(({ record, effectiveAt }): ConsentState => ({
                purpose: record.purpose.key, channel: record.channel ?? "*", decisionId: record.id, status: "given", effectiveAt,
                purposeVersion: record.purpose.version, validUntil: null, recipients: null, attributes: null,
              })),
          ],
        }),
      }),
    caughtBy: ["consent-write/neutral-decisions-change-nothing"],
  },
  {
    name: "merges people of one family name",
    mutate: ({ connector, system }) =>
      withRows({
        parts: { connector, system },
        change: ({ after }) => {
          const name = after.attributes.get("familyName")?.value;
          const twin = [...system.records.people.values()].find((person) => person.ref !== after.ref && name !== undefined && person.attributes.get("familyName")?.value === name);
          if (twin !== undefined) system.records.people.set(twin.ref, { ...after, ref: twin.ref });
          return after;
        },
      }),
    caughtBy: ["consent-write/people-stay-apart"],
  },
];
