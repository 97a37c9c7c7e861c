import { ConnectorError, type AttributeOutcomeV1, type DecisionOutcomeV1, type WriteOutcomeV1 } from "@volenti/core/adapter";
import type { WrappedDataKey } from "../encryption/wrapped-data-key.ts";
import { CONNECTOR_ID } from "../error/map-postgres-error.ts";
import { writtenAttributes } from "./pack-attributes.ts";
import type { PreparedItem } from "./plan-write.ts";

/** The answer of `volenti.write_v1`: a letter a decision and an attribute, in the order that they were sent. */
export interface WriteAnswer {
  readonly status: readonly ("written" | "notHeld" | "erased" | "merged" | "otherKey" | "conflicting")[];
  readonly decisions: string;
  readonly attributes: string;
  readonly keys: readonly (readonly [item: number, dataKeyId: string, keyId: string, wrapped: string])[] | null;
}

const OUTCOMES: Readonly<Record<string, "applied" | "superseded" | "unchanged">> = { a: "applied", s: "superseded", u: "unchanged" };

/** One outcome per item, in order. */
export function readWriteAnswer(request: { answer: WriteAnswer; prepared: readonly PreparedItem[] }): readonly WriteOutcomeV1[] {
  const { answer, prepared } = request;
  let decision = 0;
  let attribute = 0;
  return prepared.map(({ item }, index): WriteOutcomeV1 => {
    const names = writtenAttributes(item);
    const decisionLetters = answer.decisions.slice(decision, (decision += item.decisions.length));
    const attributeLetters = answer.attributes.slice(attribute, (attribute += names.length));
    const status = answer.status[index];
    if (status === "notHeld") return { writeId: item.writeId, status };
    if (status !== "written") return { writeId: item.writeId, status: "failed", error: failureOf(status) };
    const decisions = item.decisions.map(({ record }, position): DecisionOutcomeV1 => ({
      decisionId: record.id,
      outcome: outcomeOf(decisionLetters[position]),
    }));
    if (item.profile === undefined || item.mode === "existingOnly") return { writeId: item.writeId, status, decisions };
    const profile = Object.fromEntries(
      names.map((name, position): [string, AttributeOutcomeV1] => [name, outcomeOf(attributeLetters[position])]),
    );
    return { writeId: item.writeId, status, decisions, profile };
  });
}

/** By position of the item: the data key that stands for its person, where the item came under another. */
export function standingKeys(answer: WriteAnswer): ReadonlyMap<number, WrappedDataKey> {
  return new Map((answer.keys ?? []).map(([item, dataKeyId, keyId, wrapped]) => [item - 1, { dataKeyId, keyId, wrapped }]));
}

function failureOf(status: "erased" | "merged" | "otherKey" | "conflicting" | undefined): ConnectorError {
  const fail = (code: "conflict" | "unavailable" | "malformedResponse", providerCode?: string): ConnectorError =>
    new ConnectorError({ code, connectorId: CONNECTOR_ID, operation: "intake.write", providerCode });
  switch (status) {
    case "erased":
      return fail("conflict", "subjectErased");
    case "merged":
      return fail("conflict", "subjectMerged");
    case "conflicting":
      return fail("conflict", "conflictingReplay");
    case "otherKey":
      return fail("unavailable", "dataKeyChanged");
    case undefined:
      return fail("malformedResponse");
  }
}

function outcomeOf(letter: string | undefined): "applied" | "superseded" | "unchanged" {
  const outcome = letter === undefined ? undefined : OUTCOMES[letter];
  if (outcome === undefined) throw failureOf(undefined);
  return outcome;
}
