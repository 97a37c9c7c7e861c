import { applyObstacles, type PlannedAction } from "./apply-obstacles.ts";
import type { RetentionSource } from "./find-sources.ts";
import { judgePerson } from "./judge-person.ts";
import { readObstacles } from "./read-obstacles.ts";
import type { PersonEverywhere } from "./read-elsewhere.ts";
import type { RetentionRun } from "./retention-run.ts";

/** What is to be done with a person, and where: the copies in the order of the configuration, the source last. */
export interface PlannedPerson extends PersonEverywhere {
  readonly actions: readonly (PlannedAction & { readonly destinationIds: readonly string[] })[];
}

/**
 * Judges a person again, by what every destination knows, and asks whether anything forbids to touch them. Whom an earlier
 * source holds too is erased there, and everywhere from there: here only what this source holds itself is masked.
 */
export async function planPerson(request: {
  run: RetentionRun;
  source: RetentionSource;
  everywhere: PersonEverywhere;
}): Promise<PlannedPerson | { code: string }> {
  const { run, source, everywhere } = request;
  const { person, holders } = everywhere;
  const verdict = judgePerson({ person, purposes: run.purposes, now: run.now });
  const isFirst = !run.sources.slice(0, run.sources.indexOf(source)).some(({ id }) => holders.has(id));
  if (verdict.action === "keep" || (verdict.action === "erase" && !isFirst)) return { ...everywhere, actions: [] };
  const obstacles = await readObstacles({ run, subjectRef: person.subjectRef });
  if ("code" in obstacles) return obstacles;
  const copies = isFirst ? run.driven.filter(({ id }) => holders.has(id)).map(({ id }) => id) : [];
  const others = [...run.volenti.destinations.keys()].filter((id) => holders.has(id));
  const placesOf: Record<PlannedAction["action"], readonly string[]> = {
    erase: [...others, source.id],
    mask: [...copies, source.id],
    keep: [...copies, source.id],
  };
  return { ...everywhere, actions: applyObstacles({ verdict, obstacles }).map((action) => ({ ...action, destinationIds: placesOf[action.action] })) };
}
