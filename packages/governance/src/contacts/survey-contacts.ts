import { ConnectorError, type IdentifierKind, type Volenti } from "@volenti/core";
import { addDuration, isDuration, type ListedPersonV1 } from "@volenti/core/adapter";
import { createClaims, type Claims } from "../link/claims.ts";
import { digestLists, listInSteps, type LinkingRun, type ReadCustomer } from "../link/linking-run.ts";
import { listedBy, listPeople } from "../support/list-people.ts";
import type { ContactFinding, ContactsReport, ContactsRequest } from "./contacts-report.ts";

interface Survey {
  readonly volenti: Volenti;
  readonly request: ContactsRequest;
}

/** Looks at every record and every person of a destination once. Holds some 30 bytes an identifier meanwhile, and no value. */
export async function surveyContacts(survey: Survey): Promise<ContactsReport> {
  const { volenti, request } = survey;
  const { destinationId, inactiveFor } = request;
  const connector = volenti.destinations.get(destinationId);
  if (connector === undefined || (inactiveFor !== undefined && !isDuration(inactiveFor))) {
    const fieldNames = [connector === undefined ? "destinationId" : "inactiveFor"];
    throw new ConnectorError({ code: "invalidInput", connectorId: "governance", operation: "contacts", fieldNames });
  }
  const { linking } = connector;
  const { signal } = request;
  const run = linking === undefined ? null : { volenti, linking, request: { destinationId, apply: false, signal } };
  const isListed = listedBy({ volenti, destinationId }).kind !== "unsupported";
  return {
    destinationId,
    records: run === null ? null : await surveyRecords({ ...survey, run }),
    inactive: inactiveFor === undefined || !isListed ? null : await countInactive({ ...survey, inactiveFor }),
  };
}

async function surveyRecords(survey: Survey & { run: LinkingRun }): Promise<NonNullable<ContactsReport["records"]>> {
  const { run, request, volenti } = survey;
  const claims = createClaims();
  const invalid: Partial<Record<IdentifierKind, number>> = {};
  let [total, withoutContact] = [0, 0];
  for await (const step of listInSteps(run)) {
    for (const { customer, identifiers } of step) {
      const { customerId: recordId, subjectRef } = customer;
      const bad = customer.values.filter(({ kind, value }) => value.trim() !== "" && volenti.normaliseIdentifier({ kind, value }) === null);
      for (const { kind } of bad) {
        invalid[kind] = (invalid[kind] ?? 0) + 1;
        await request.onFinding?.({ problem: "invalid", recordId, subjectRef, kind });
      }
      if (identifiers.length > 0) continue;
      withoutContact += 1;
      await request.onFinding?.({ problem: "withoutContact", recordId, subjectRef });
    }
    await claimAll({ run, claims, step });
    total += step.length;
    request.onProgress?.(total);
  }
  const duplicates = claims.countOf("duplicate");
  if (duplicates > 0 && request.onFinding !== undefined) await tellDuplicates({ run, claims, onFinding: request.onFinding });
  return { total, invalid, withoutContact, duplicates };
}

/** A record lays claim to each of its identifiers; what two lay claim to, both have. */
async function claimAll(request: { run: LinkingRun; claims: Claims; step: readonly ReadCustomer[] }): Promise<void> {
  const { run, claims, step } = request;
  const lists = await digestLists({ run, lists: step.map(({ identifiers }) => identifiers.map(({ kind, value }) => ["identifier", kind, value])) });
  for (const [index, { digest }] of step.entries()) claims.claim({ customer: digest, keys: lists[index] ?? [] });
}

async function tellDuplicates(request: {
  run: LinkingRun;
  claims: Claims;
  onFinding: (finding: ContactFinding) => void | Promise<void>;
}): Promise<void> {
  const { run, claims, onFinding } = request;
  for await (const step of listInSteps(run)) {
    for (const { customer, digest } of step) {
      if (claims.reasonOf(digest) !== "duplicate") continue;
      await onFinding({ problem: "duplicate", recordId: customer.customerId, subjectRef: customer.subjectRef });
    }
  }
}

async function countInactive(survey: Survey & { inactiveFor: string }): Promise<NonNullable<ContactsReport["inactive"]>> {
  const { volenti, request, inactiveFor } = survey;
  const { destinationId, signal } = request;
  const now = volenti.clock.now();
  let [total, people] = [0, 0];
  for await (const person of listPeople({ volenti, destinationId, signal })) {
    if (person.test) continue;
    total += 1;
    if (total % 1000 === 0) request.onProgress?.(total);
    const latestAt = latestActOf(person);
    if (latestAt === null || addDuration({ epochInMs: latestAt, duration: inactiveFor }) > now) continue;
    people += 1;
    await request.onFinding?.({ problem: "inactive", recordId: null, subjectRef: person.subjectRef });
  }
  return { people, total, inactiveFor };
}

function latestActOf({ states, attributes, heldSince }: ListedPersonV1): number | null {
  const acts = [...states.map(({ effectiveAt }) => effectiveAt), ...Object.values(attributes)];
  return acts.length > 0 ? Math.max(...acts) : heldSince;
}
