import { ConnectorError, type Volenti } from "@volenti/core";
import { consentKey, readConsent, type ConsentState, type ListedPersonV1 } from "@volenti/core/adapter";
import { listPeople } from "../support/list-people.ts";
import { publishTable, type Group } from "./publish-table.ts";
import type { StatisticsReport, StatisticsRequest, StatisticsTable } from "./statistics-report.ts";

const DEFAULT_MINIMUM = 10;
const PEOPLE_A_STEP = 1000;

/** Counts what stands, and publishes of it what names nobody. Holds a counter a combination, however many people there are. */
export async function assembleStatistics(given: { volenti: Volenti; request: StatisticsRequest }): Promise<StatisticsReport> {
  const { volenti, request } = given;
  const { destinationId, minimum = DEFAULT_MINIMUM, signal, onProgress } = request;
  if (!Number.isSafeInteger(minimum) || minimum < 2) {
    throw new ConnectorError({ code: "invalidInput", connectorId: "governance", operation: "statistics", fieldNames: ["minimum"] });
  }
  const purposes = new Map(volenti.catalogue.purposes.filter(({ current }) => current).map((purpose) => [purpose.key, purpose]));
  const now = volenti.clock.now();
  const tables = new Map<string, TableCounter>();
  let looked = 0;
  for await (const person of listPeople({ volenti, destinationId, signal })) {
    if (person.test) continue;
    looked += 1;
    if (looked % PEOPLE_A_STEP === 0) onProgress?.(looked);
    for (const state of person.states) {
      const answer = readConsent({ state, purpose: purposes.get(state.purpose), now });
      count({ tables, state, group: { ...dimensionsOf(person), answer, people: 1 } });
    }
  }
  return { destinationId, minimum, ...publish({ tables, minimum }) };
}

interface TableCounter {
  readonly purpose: string;
  readonly channel: string;
  readonly cells: Map<string, Group>;
}

function dimensionsOf({ country, ageBand, heldSince }: ListedPersonV1): Pick<Group, "country" | "ageBand" | "since"> {
  return { country: country ?? "unknown", ageBand, since: heldSince === null ? "unknown" : String(new Date(heldSince).getUTCFullYear()) };
}

function count(request: { tables: Map<string, TableCounter>; state: ConsentState; group: Group }): void {
  const { tables, state, group } = request;
  const { purpose, channel } = state;
  const key = consentKey(state);
  const table = tables.get(key) ?? { purpose, channel, cells: new Map<string, Group>() };
  tables.set(key, table);
  const name = [group.country, group.ageBand, group.since, group.answer].join(" ");
  table.cells.set(name, { ...group, people: (table.cells.get(name)?.people ?? 0) + group.people });
}

function publish(request: { tables: ReadonlyMap<string, TableCounter>; minimum: number }): Pick<StatisticsReport, "tables" | "hasWithheldTables"> {
  const { tables, minimum } = request;
  const sorted = [...tables].toSorted(([left], [right]) => (left < right ? -1 : 1));
  const published = sorted.flatMap(([, { purpose, channel, cells }]): StatisticsTable[] => {
    const table = publishTable({ cells: [...cells.values()], minimum });
    return table === null ? [] : [{ purpose, channel, ...table }];
  });
  return { tables: published, hasWithheldTables: published.length < sorted.length };
}
