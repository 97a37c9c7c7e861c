import { MARKER } from "../../../../tools/test-support/hostile/marker.ts";
import { ndjson, submission } from "./submissions.ts";

/** What no letters can be put into: a telephone number, a birthday, a card. */
export const DIGITS = ["199004711", "1987-03-29", "L-4711-0815"];

/** What people's values are given in, or asked to be written into: no leak. */
export const OWN_FILES: ReadonlySet<string> = new Set(["in.ndjson", "patch.json", "list.csv", "taken.json", "taken.csv", "answer.json"]);

export interface Flow {
  readonly arguments: readonly string[] | ((kept: Kept) => readonly string[]);
  /** What is read from standard input; the person's address, if absent. */
  readonly input?: (number: number, kept: Kept) => string;
  /** The command is there to print the person. */
  readonly prints?: true;
  /** It is given a file of people where another belongs: its code is no trouble. */
  readonly isMistaken?: true;
}

/** What earlier flows printed: ids and proofs. */
export interface Kept {
  readonly requestId: string;
  readonly decisionId: string;
  readonly receipt: string;
}

const SOME_ID = "00000000-0000-4000-8000-000000000000";

/** What a run's output adds to what is kept. */
export function keep(request: { kept: Kept; stdout: string }): Kept {
  const { kept, stdout } = request;
  const find = (pattern: RegExp): string | undefined => pattern.exec(stdout)?.[1];
  return {
    requestId: find(/"requestId":"([0-9a-f-]{36})"/) ?? kept.requestId,
    decisionId: find(/"decisions":\[\{"id":"([0-9a-f-]{36})"/) ?? kept.decisionId,
    receipt: find(/"receipt":"([\w-]+)"/) ?? kept.receipt,
  };
}

export const NOTHING_KEPT: Kept = { requestId: SOME_ID, decisionId: SOME_ID, receipt: "none" };

export const emailOf = (number: number): string => `person${number}.${MARKER.slice(1)}@example.com`;

/** Somebody who turns out to be that person. */
export const otherOf = (number: number): number => 1000 + number;

/** Somebody whose every value is a canary. */
export function person(number: number, change: Record<string, unknown> = {}): Record<string, unknown> {
  const [given] = submission(number)["decisions"] as Record<string, unknown>[];
  return submission(number, {
    subject: { identifiers: [{ kind: "email", value: emailOf(number) }, { kind: "phone", value: "+33199004711" }, { kind: "loyaltyId", value: "L-4711-0815" }].slice(0, number === 0 ? 3 : 1), ageBand: "adult" },
    profile: {
      givenName: MARKER,
      familyName: `Famille ${MARKER}`,
      email: emailOf(number),
      phoneNumber: "+33199004711",
      birthdate: "1987-03-29",
      address: { streetAddress: `1 rue ${MARKER}`, locality: MARKER, postalCode: "75001", country: "FR" },
    },
    decisions: [{ ...given, method: "checkbox" }],
    ...change,
  });
}

/** Asked for, then confirmed by a click: a double opt-in. */
function confirmed(number: number): readonly Record<string, unknown>[] {
  const [given] = submission(number)["decisions"] as Record<string, unknown>[];
  const confirmation = { state: "confirmed", sentAt: "2026-11-02T08:00:00.000Z", confirmedAt: "2026-11-02T09:00:00.000Z", via: "email" };
  return [
    person(number, { submissionId: idOf(number, 1), occurredAt: "2026-11-02T08:00:00.000Z", decisions: [{ ...given, status: "requested" }] }),
    person(number, { submissionId: idOf(number, 2), occurredAt: "2026-11-02T09:00:00.000Z", decisions: [{ ...given, status: "confirmed", confirmation }] }),
  ];
}

const idOf = (number: number, step: number): string => `00000000-0000-4000-8${step}00-${String(number).padStart(12, "0")}`;

export const MAP = {
  schema: "volenti-import-map-1",
  collectionPoint: "old-crm",
  country: { value: "FR" },
  identifiers: [{ kind: "email", column: "email" }],
  profile: { givenName: { column: "name" }, email: { column: "email" } },
  decisions: [],
};

const ROW = { recipient: "crm", purpose: "marketing.email", attribute: "email", ageBand: "adult", consent: "none", jurisdiction: "FR", expect: "deny" };
export const TABLE = { schema: "volenti-policy-expectations-1", expectations: [ROW] };

const DELIVERY: Readonly<Record<string, Flow>> = {
  "collect --json": { arguments: ["collect", "-", "--json"], input: (number) => ndjson([person(number), person(number, { submissionId: MARKER }), person(number, { [MARKER]: MARKER }), `{"${MARKER}`, person(number, { profile: { birthdate: MARKER } })]) },
  "collect with a state": { arguments: ["collect", "in.ndjson", "--resume", "state.json"] },
  "collect --dry-run": { arguments: ["collect", "-", "--dry-run"], input: (number) => ndjson([person(number)]) },
  "collect of a double opt-in": { arguments: ["collect", "-"], input: (number) => ndjson(confirmed(number)) },
  import: { arguments: ["import", "list.csv", "--map", "map.json", "--json"] },
  "changes of the org": { arguments: ["changes", "crm"], prints: true },
  "changes of the tills": { arguments: ["changes", "stores", "--json"], prints: true },
  reassert: { arguments: ["reassert", "stores"] },
};

const VIEWS: Readonly<Record<string, Flow>> = {
  show: { arguments: ["show", "--email", "-"], prints: true },
  "show --json": { arguments: ["show", "--phone", "-", "--json"], input: () => "+33199004711", prints: true },
  "show of nobody": { arguments: ["show", "--email", "-"], input: () => `nobody.${MARKER.slice(1)}@example.com` },
  "show of a value that is none": { arguments: ["show", "--phone", "-"], isMistaken: true },
  export: { arguments: ["export", "--email", "-", "--out", "taken.json", "--force"] },
  "export as CSV": { arguments: ["export", "--email", "-", "--out", "taken.csv", "--format", "csv", "--force", "--json"] },
  audit: { arguments: ["audit", "--email", "-"] },
  "audit of everybody": { arguments: ["audit", "--json"] },
  release: { arguments: ["release", "--email", "-", "--recipient", "crm"], prints: true },
  "policy explain": { arguments: ["policy", "explain", "--recipient", "crm", "--email", "-"] },
  "policy explain of an attribute": { arguments: ["policy", "explain", "--recipient", "crm", "--attribute", "email", "--email", "-", "--json"] },
  "policy test": { arguments: ["policy", "test", "table.json"] },
  "policy export": { arguments: ["policy", "export"] },
  "policy diff": { arguments: ["policy", "diff", "volenti.config.mjs", "volenti.config.mjs"] },
};

const RIGHTS: Readonly<Record<string, Flow>> = {
  rectify: { arguments: ["rectify", "--email", "-", "--file", "patch.json", "--json"] },
  "rectify with what is none": { arguments: ["rectify", "--email", "-", "--set", `birthdate=${MARKER}`], isMistaken: true },
  restrict: { arguments: ["restrict", "--email", "-"] },
  "restrict --lift": { arguments: ["restrict", "--email", "-", "--lift", "--json"] },
  object: { arguments: ["object", "--email", "-", "--json"] },
  withdraw: { arguments: ["withdraw", "--email", "-"] },
  optout: { arguments: ["optout", "--email", "-", "--country", "US-CA"] },
  limit: { arguments: ["limit", "--email", "-", "--country", "US-CA", "--json"] },
  hold: { arguments: ["hold", "--email", "-", "--json"] },
  "requests open": { arguments: ["requests", "open", "--kind", "access", "--email", "-", "--json"] },
  "requests list": { arguments: ["requests", "list", "--all"] },
  "requests show": { arguments: ({ requestId }) => ["requests", "show", requestId] },
  "requests verify": { arguments: ({ requestId }) => ["requests", "verify", requestId, "--method", "passport at the desk"] },
  "requests pause": { arguments: ({ requestId }) => ["requests", "pause", requestId, "--reason", "clarified", "--ground", "clarification"] },
  "requests resume": { arguments: ({ requestId }) => ["requests", "resume", requestId, "--json"] },
  "requests extend": { arguments: ({ requestId }) => ["requests", "extend", requestId, "--reason", "many systems"] },
  "requests run": { arguments: ({ requestId }) => ["requests", "run", requestId, "--email", "-", "--out", "answer.json"] },
  "requests run, printed": { arguments: ({ requestId }) => ["requests", "run", requestId, "--email", "-", "--json"], prints: true },
  "requests deny": { arguments: ({ requestId }) => ["requests", "deny", requestId, "--reason", "other", "--note", "asked twice"] },
  "requests without a ledger": { arguments: ["requests", "open", "--kind", "erase", "--email", "-", "--state", "request.json"] },
  "requests expire": { arguments: ({ requestId }) => ["requests", "expire", requestId] },
  "requests revoke": { arguments: ({ requestId }) => ["requests", "revoke", requestId, "--reason", "asked no more"] },
  "requests fulfil": { arguments: ({ requestId }) => ["requests", "fulfil", requestId, "--reason", "by letter"] },
};

const PROOFS: Readonly<Record<string, Flow>> = {
  checkpoint: { arguments: ["checkpoint"] },
  "checkpoint --prove": { arguments: ({ decisionId }) => ["checkpoint", "eu", "--prove", decisionId] },
  "checkpoint --consistency": { arguments: ["checkpoint", "eu", "--consistency", "1", "--json"] },
  "receipt in Kantara's format": { arguments: ["receipt", "-", "--format", "kantara"], input: (_, { receipt }) => receipt },
  "receipt as DPV": { arguments: ["receipt", "-", "--format", "dpv", "--json"], input: (_, { receipt }) => receipt },
  verify: { arguments: ["verify", "--destination", "eu"] },
  "verify of a receipt": { arguments: ["verify", "--receipt", "-"], input: (_, { receipt }) => receipt },
  "verify of a receipt that is none": { arguments: ["verify", "--receipt", "-"], input: () => MARKER },
};

const POPULATION: Readonly<Record<string, Flow>> = {
  retention: { arguments: ["retention", "--list"] },
  contacts: { arguments: ["contacts", "eu", "--list", "--json"] },
  "contacts of the org": { arguments: ["contacts", "crm", "--list"] },
  statistics: { arguments: ["statistics", "--destination", "eu"] },
  breach: { arguments: ["breach", "--destination", "eu", "--since", "2020-01-01"] },
  "breach of the org": { arguments: ["breach", "--destination", "crm", "--since", "2020-01-01", "--json"] },
  reconsent: { arguments: ["reconsent", "--notice", "signup", "--version", "3", "--list"] },
  records: { arguments: ["records"] },
  notice: { arguments: ["notice", "--locale", "fr", "--json"] },
};

const SET_UP: Readonly<Record<string, Flow>> = {
  link: { arguments: ["link", "crm"] },
  "link of the tills": { arguments: ["link", "stores", "--list", "--json"] },
  doctor: { arguments: ["doctor"] },
  "provision of the org": { arguments: ["provision", "crm"] },
  "provision of the store": { arguments: ["provision", "eu", "--apply", "--json"] },
  lock: { arguments: ["lock"] },
  keys: { arguments: ["keys", "--json"] },
  "keys --public": { arguments: ["keys", "--public"] },
  "keys --rewrap": { arguments: ["keys", "--rotate", "keyEncryption", "--rewrap", "--apply"] },
  "keys --rewrap without --apply": { arguments: ["keys", "--rewrap", "--json"] },
  init: { arguments: ["init"], isMistaken: true },
};

/** A file of people where another file belongs. */
const MISTAKES: Readonly<Record<string, Flow>> = {
  "collect of a profile": { arguments: ["collect", "patch.json", "--json"], isMistaken: true },
  "collect with a profile for its state": { arguments: ["collect", "in.ndjson", "--resume", "patch.json"], isMistaken: true },
  "import with a list for its map": { arguments: ["import", "list.csv", "--map", "list.csv"], isMistaken: true },
  "import of what is no list": { arguments: ["import", "in.ndjson", "--map", "map.json"], isMistaken: true },
  "policy test of people": { arguments: ["policy", "test", "patch.json"], isMistaken: true },
  "policy diff of people": { arguments: ["policy", "diff", "patch.json", "patch.json"], isMistaken: true },
  "policy diff of a list": { arguments: ["policy", "diff", "list.csv", "list.csv"], isMistaken: true },
  "rectify with a list": { arguments: ["rectify", "--email", "-", "--file", "list.csv"], isMistaken: true },
  "requests with people for their state": { arguments: ["requests", "show", "--state", "patch.json"], isMistaken: true },
  "verify with people for its keys": { arguments: ["verify", "--receipt", "in.ndjson", "--keys", "patch.json"], isMistaken: true },
  "erase --replay of people": { arguments: ["erase", "--replay", "in.ndjson"], isMistaken: true },
};

const ENDS: Readonly<Record<string, Flow>> = {
  merge: { arguments: ["merge", "--into-email", "-", "--from-email", "-"], input: (number) => `${emailOf(number)}\n${emailOf(otherOf(number))}\n` },
  erase: { arguments: ["erase", "--email", "-", "--json"] },
  "erase of somebody already erased": { arguments: ["erase", "--email", "-"] },
  "erase --test": { arguments: ["erase", "--test"] },
  "erase --replay": { arguments: ["erase", "--replay", "erasures.ndjson"] },
};

/** In this order: people are there until the last of them. */
export const FLOWS: Readonly<Record<string, Flow>> = { ...DELIVERY, ...VIEWS, ...RIGHTS, ...PROOFS, ...POPULATION, ...SET_UP, ...MISTAKES, ...ENDS };

/** The words of a flow's call. */
export function wordsOf(request: { flow: Flow; kept: Kept }): readonly string[] {
  const { flow: { arguments: words }, kept } = request;
  return typeof words === "function" ? words(kept) : words;
}
