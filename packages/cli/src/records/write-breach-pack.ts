import type { BreachLimit, BreachPack } from "@volenti/governance";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable } from "../terminal/write-table.ts";

const LIMITS: Readonly<Record<BreachLimit, string>> = {
  changesNotKnown: "what stood in an attribute during the window, or was cleared since, is not known: only what is held now",
  readsNotKnown: "whether anybody looked is for the destination's own logs to say",
  erasedNotKnown: "no ledger keeps its erasures: people who were erased since are missing",
  erasedPlacesNotKnown: "people erased since are counted, though not all may have been held there",
  attributesByLedger: "the attributes are the ledger's: the destination may hold fewer",
  partlyListed: "people of routes whose ledger lists nobody are missing",
  subdivisionNotKnown: "states and provinces are not known: their duties are all listed",
  countryNotKnown: "the country of some people is not known",
};

/** Shows the pack: who and what, then by when whom the law wants to be told. */
export async function writeBreachPack(request: { terminal: Terminal; pack: BreachPack }): Promise<void> {
  const { terminal, pack } = request;
  const { destinationId, region, since, until, people, erasedSince } = pack;
  const erased = erasedSince === null ? "" : `, of them ${erasedSince} erased since`;
  await terminal.output.writeLine(`${destinationId} (${region}), ${toText(since)} to ${toText(until)}: ${people} people${erased}`);
  await writeTable({
    terminal,
    head: ["attribute", "category", "sensitivity", "people"],
    rows: pack.attributes.map(({ attribute, category, sensitivity, people: count }) => [attribute, category, sensitivity, String(count)]),
  });
  await writeTable({
    terminal,
    head: ["age", "people"],
    rows: Object.entries(pack.ageBands).map(([band, count]) => [band, String(count)]),
  });
  await writeTable({
    terminal,
    head: ["country", "people", "law", "tell", "until", "when", "sure", "source"],
    rows: pack.jurisdictions.flatMap(toRows),
  });
  for (const limit of pack.limits) await terminal.output.writeLine(`Not known: ${LIMITS[limit]}.`);
  await terminal.output.writeLine("Not legal advice: check every row with counsel.");
}

function toRows({ country, people, isController, duties }: BreachPack["jurisdictions"][number]): string[][] {
  const place = `${country ?? "(unknown)"}${isController ? " (controller)" : ""}`;
  if (duties.length === 0) return [[place, String(people), "no row is known", "", "", "", "", ""]];
  return duties.map((duty, index) => [
    index === 0 ? place : "",
    index === 0 ? String(people) : "",
    duty.place === country ? duty.regime : `${duty.regime} (${duty.place})`,
    duty.notify,
    duty.dueAt === null ? (duty.note ?? "no number") : toText(duty.dueAt),
    duty.condition,
    duty.certainty,
    duty.source,
  ]);
}

function toText(epochInMs: number): string {
  return new Date(epochInMs).toISOString();
}
