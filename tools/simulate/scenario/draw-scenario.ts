import type { Random } from "../support/create-random.ts";
import { MOST_WRITERS, UNSURVIVED, type CrmKind } from "../world/crm.ts";
import { LEDGER_IDS, type LedgerId } from "../world/ledger-id.ts";
import { drawSubmission } from "./draw-submission.ts";
import type { DrawnCrash, DrawnFaults, DrawnOutage, DrawnPerson, DrawnSubmission, DrawnWriter, Scenario } from "./scenario.ts";

/** A memory system costs a tenth of the others. */
const CRM_SHARES: readonly CrmKind[] = ["memory", "memory", "memory", "memory", "memory", "memory", "memory", "memory", "salesforce", "cegid-retail"];
const COUNTRIES = ["RU", "FR", "DE", "US"] as const;
const MOST_PEOPLE = 3;
const MOST_SUBMISSIONS = 9;
const MOST_FAULTS = 14;
/** The exchanges of an ordinary run are about so many a writer: a crash beyond them does not happen. */
const LATEST_CRASH = 24;
const LATEST_OUTAGE = 8;
/** An embedded PostgreSQL costs ten times a memory system. */
const STORE_SHARE = 0.1;
/** Beyond the minute in which core asks again (`retry.totalBudgetInMs`), and well within the time in which writers come back. */
const SHORTEST_OUTAGE_IN_MS = 60_000;
const LONGEST_OUTAGE_IN_MS = 240_000;

/** What happens in a run: who decides what, who sends it, and what goes wrong. The same for the same generator. */
export function drawScenario(request: { random: Random; crm?: CrmKind | undefined; store?: LedgerId | null | undefined }): Scenario {
  const random = request.random.fork("scenario");
  const drawn = random.pick(CRM_SHARES);
  const crm = request.crm ?? drawn;
  const drawnStore = drawStore(request.random.fork("store"));
  const store = request.store === undefined ? drawnStore : request.store;
  const people = Array.from({ length: 1 + random.integer(MOST_PEOPLE) }, (_, index) => drawPerson({ random, index }));
  const count = 2 + random.integer(MOST_SUBMISSIONS - 1);
  const submissions = Array.from({ length: count }, (_, number) => drawSubmission({ random, number, person: random.pick(people) }));
  return {
    crm,
    store,
    submissions,
    writers: drawWriters({ random, submissions, count: 1 + random.integer(MOST_WRITERS[crm]) }),
    faults: { ...drawFaults({ random, crm, store }), outage: drawOutage(request.random.fork("outage")) },
  };
}

function drawPerson(request: { random: Random; index: number }): DrawnPerson {
  const { random, index } = request;
  return { country: random.pick(COUNTRIES), email: `person${index}@example.com`, phone: `+3319900010${index}` };
}

/** Most submissions go one way; some are sent by both writers, as a form that is sent twice is. */
function drawWriters(request: { random: Random; submissions: readonly DrawnSubmission[]; count: number }): DrawnWriter[] {
  const { random, submissions, count } = request;
  const owners = submissions.map(() => random.integer(count));
  return Array.from({ length: count }, (_, writer): DrawnWriter => {
    const own = submissions.filter((_, index) => owners[index] === writer || random.chance(0.15));
    return {
      submissions: random.shuffle(own),
      batchSize: random.pick([0, 0, 1, 2, 5]),
      concurrency: 1 + random.integer(3),
      skewInMs: random.pick([0, 0, -1_500, 2_000]),
    };
  });
}

function drawStore(random: Random): LedgerId | null {
  return random.chance(STORE_SHARE) ? random.pick(LEDGER_IDS) : null;
}

function drawFaults(request: { random: Random; crm: CrmKind; store: LedgerId | null }): Omit<DrawnFaults, "outage"> {
  const { random, crm, store } = request;
  return {
    // A connection carries each statement once.
    excluded: store === null ? UNSURVIVED[crm] : [...UNSURVIVED[crm], "duplicated"],
    probability: random.pick([0, 0.05, 0.15, 0.3, 0.6]),
    limit: random.integer(MOST_FAULTS + 1),
    crashes: [drawCrash(random), drawCrash(random)],
  };
}

function drawCrash(random: Random): DrawnCrash | null {
  return random.chance(0.5) ? { at: 1 + random.integer(LATEST_CRASH), isSent: random.chance(0.5) } : null;
}

function drawOutage(random: Random): DrawnOutage | null {
  if (!random.chance(0.25)) return null;
  return {
    destinationId: random.pick(["ru", "eu", "crm", "crm"]),
    at: 1 + random.integer(LATEST_OUTAGE),
    durationInMs: SHORTEST_OUTAGE_IN_MS + random.integer(LONGEST_OUTAGE_IN_MS - SHORTEST_OUTAGE_IN_MS),
  };
}
