import { hash } from "node:crypto";
import type { DrawnPerson, DrawnSubmission, Scenario } from "../scenario/scenario.ts";
import type { HeldSystem } from "../world/held-system.ts";
import { ledgerOf } from "./check-told.ts";
import { expectConsents } from "./expected-consents.ts";
import { expectProfile } from "./expected-profile.ts";
import type { Report } from "./verdict.ts";

/** After everything was acknowledged: each system holds what the model says, once, of one person each. */
export function checkEnd(request: { scenario: Scenario; systems: readonly HeldSystem[]; report: Report }): void {
  const { scenario, systems, report } = request;
  const sent = new Set(scenario.writers.flatMap(({ submissions }) => submissions));
  const byPerson = Map.groupBy(sent, ({ person }) => person);
  for (const system of systems) {
    for (const [person, submissions] of byPerson) {
      if (system.id === "crm" || system.id === ledgerOf({ person })) checkPerson({ system, person, submissions, report });
    }
    checkStrangers({ system, byPerson, report });
    checkChains({ system, report });
  }
}

interface PersonRequest {
  readonly system: HeldSystem;
  readonly person: DrawnPerson;
  readonly submissions: readonly DrawnSubmission[];
  readonly report: Report;
}

function checkPerson(request: PersonRequest): void {
  const { system, person, submissions, report } = request;
  const held = system.listPeople().filter(({ attributes }) => attributes["email"] === person.email);
  const [first] = held;
  if (first === undefined) {
    report({ breach: "acknowledgedLost", about: `${system.id} does not hold ${person.email}` });
    return;
  }
  if (held.length > 1) report({ breach: "appliedTwice", about: `${system.id} holds ${person.email} ${held.length} times` });
  const rows = system.listDecisions();
  for (const { id } of submissions.flatMap(({ decisions }) => decisions)) {
    const owner = rows.find(({ decisionId }) => decisionId === id)?.subjectRef;
    if (system.keepsDecisions && owner !== first.subjectRef) report({ breach: "acknowledgedLost", about: `${system.id} has no ${id} of ${person.email}` });
  }
  checkStates({ ...request, subjectRef: first.subjectRef });
  for (const [name, values] of expectProfile({ submissions, profileOrder: system.profileOrder })) {
    if (!values.has(String(first.attributes[name]))) report({ breach: "wrongFinalState", about: `${system.id} holds another ${name} of ${person.email}` });
  }
}

function checkStates(request: PersonRequest & { subjectRef: string }): void {
  const { system, person, submissions, subjectRef, report } = request;
  const own = system.listStates().filter((state) => state.subjectRef === subjectRef);
  const held = new Map(own.map((state) => [`${state.purpose} ${state.channel}`, state]));
  const expected = expectConsents(submissions);
  for (const key of new Set([...held.keys(), ...expected.keys()])) {
    const [is, should] = [held.get(key), expected.get(key)];
    if (is?.decisionId === should?.decisionId && is?.status === should?.status && is?.effectiveAt === should?.effectiveAt) continue;
    const words = `${system.id} says ${is?.status ?? "nothing"} ${is?.decisionId ?? ""} of ${key} of ${person.email}, and should say ${should?.status ?? "nothing"} ${should?.decisionId ?? ""}`;
    report({ breach: "wrongFinalState", about: words });
  }
}

/** Nobody is held whom nobody sent. */
function checkStrangers(request: { system: HeldSystem; byPerson: ReadonlyMap<DrawnPerson, unknown>; report: Report }): void {
  const { system, byPerson, report } = request;
  const emails = new Set<unknown>([...byPerson.keys()].filter((person) => system.id === "crm" || ledgerOf({ person }) === system.id).map(({ email }) => email));
  const strangers = system.listPeople().filter(({ attributes }) => !emails.has(attributes["email"]));
  if (strangers.length > 0) report({ breach: "appliedTwice", about: `${system.id} holds ${strangers.length} people whom nobody sent` });
}

/** Each row's hash is that of its own text, and each link that of the link before it and the hash (ARCHITECTURE.md, formats). */
function checkChains(request: { system: HeldSystem; report: Report }): void {
  const { system, report } = request;
  const ends = new Map<string, string>();
  for (const { subjectRef, decisionId, canonical, hash: stored, link } of system.listDecisions()) {
    if (hash("sha256", canonical) !== stored) report({ breach: "chainBroken", about: `${system.id}: the hash of ${decisionId} is not that of its text` });
    if (link === undefined) continue;
    const end = ends.get(subjectRef) ?? "00".repeat(32);
    const expected = hash("sha256", Buffer.from(end + stored, "hex"));
    if (expected !== link) report({ breach: "chainBroken", about: `${system.id}: ${decisionId} is not linked to what stood before it` });
    ends.set(subjectRef, link);
  }
}
