import { matchesAnyAttribute, type ListedPersonV1, type Purpose } from "@volenti/core/adapter";
import { judgePurpose, type PurposeVerdict } from "./judge-purpose.ts";

/** What retention asks for one person in one system. */
export interface PersonVerdict {
  /** `erase`: every purpose is over, and so is everything that is held. `mask`: some attributes are no longer needed. */
  readonly action: "keep" | "mask" | "erase";
  /** Names of the attributes that outlived every purpose, sorted. */
  readonly attributes: readonly string[];
  /** Keys of the purposes that are over and had to do with it, sorted; empty where no purpose declares what is held. */
  readonly purposes: readonly string[];
}

/**
 * Judges a person by the current version of each purpose. An attribute has outlived when every purpose that declares it is
 * over: one that still runs keeps it. A person has when every purpose and every attribute has. What no purpose declares is
 * no longer needed by any; but nobody is erased for that alone.
 */
export function judgePerson(request: {
  person: Pick<ListedPersonV1, "country" | "states" | "attributes" | "heldSince">;
  /** The current version of each. */
  purposes: readonly Purpose[];
  now: number;
}): PersonVerdict {
  const { person, purposes, now } = request;
  const verdicts = purposes.map((purpose) => ({ purpose, verdict: judgePurpose({ purpose, person, now }) }));
  const [over, needed] = [verdicts.filter(isOver), verdicts.filter((judged) => !isOver(judged))];
  const attributes = Object.keys(person.attributes)
    .filter((attribute) => !needed.some(({ purpose }) => declares({ purpose, attribute })))
    .toSorted();
  const begun = over.filter(({ verdict }) => verdict.status === "over" && verdict.reason !== "neverBegan");
  if (needed.length === 0 && begun.length > 0) return { action: "erase", attributes, purposes: keysOf(begun) };
  if (attributes.length === 0) return { action: "keep", attributes, purposes: [] };
  const concerned = over.filter(({ purpose }) => attributes.some((attribute) => declares({ purpose, attribute })));
  return { action: "mask", attributes, purposes: keysOf(concerned) };
}

interface JudgedPurpose {
  readonly purpose: Purpose;
  readonly verdict: PurposeVerdict;
}

function isOver({ verdict }: JudgedPurpose): boolean {
  return verdict.status === "over";
}

function declares(request: { purpose: Purpose; attribute: string }): boolean {
  return matchesAnyAttribute({ patterns: request.purpose.attributes, attribute: request.attribute });
}

function keysOf(judged: readonly JudgedPurpose[]): readonly string[] {
  return judged.map(({ purpose }) => purpose.key).toSorted();
}
