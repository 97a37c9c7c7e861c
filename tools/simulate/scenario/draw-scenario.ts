import type { Random } from "../support/create-random.ts";
import { MOST_WRITERS, UNSURVIVED, type CrmKind } from "../world/crm.ts";
import { drawSubmission } from "./draw-submission.ts";
import type { DrawnCrash, DrawnFaults, DrawnPerson, DrawnSubmission, DrawnWriter, Scenario } from "./scenario.ts";

/** A memory system costs a tenth of the others. */
const CRM_SHARES: readonly CrmKind[] = ["memory", "memory", "memory", "memory", "memory", "memory", "memory", "memory", "salesforce", "cegid-retail"];
const COUNTRIES = ["RU", "FR", "DE", "US"] as const;
const MOST_PEOPLE = 3;
const MOST_SUBMISSIONS = 9;
const MOST_FAULTS = 14;
/** The exchanges of an ordinary run are about so many a writer: a crash beyond them does not happen. */
const LATEST_CRASH = 24;

/** What happens in a run: who decides what, who sends it, and what goes wrong. The same for the same generator. */
export function drawScenario(request: { random: Random; crm?: CrmKind | undefined }): Scenario {
  const random = request.random.fork("scenario");
  const drawn = random.pick(CRM_SHARES);
  const crm = request.crm ?? drawn;
  const people = Array.from({ length: 1 + random.integer(MOST_PEOPLE) }, (_, index) => drawPerson({ random, index }));
  const count = 2 + random.integer(MOST_SUBMISSIONS - 1);
  const submissions = Array.from({ length: count }, (_, number) => drawSubmission({ random, number, person: random.pick(people) }));
  return {
    crm,
    submissions,
    writers: drawWriters({ random, submissions, count: 1 + random.integer(MOST_WRITERS[crm]) }),
    faults: drawFaults({ random, crm }),
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

function drawFaults(request: { random: Random; crm: CrmKind }): DrawnFaults {
  const { random, crm } = request;
  return {
    excluded: UNSURVIVED[crm],
    probability: random.pick([0, 0.05, 0.15, 0.3, 0.6]),
    limit: random.integer(MOST_FAULTS + 1),
    crashes: [drawCrash(random), drawCrash(random)],
  };
}

function drawCrash(random: Random): DrawnCrash | null {
  return random.chance(0.5) ? { at: 1 + random.integer(LATEST_CRASH), isSent: random.chance(0.5) } : null;
}
