import type { Settings } from "./settings.ts";

const ROWS_PER_COLLECTION = 200;
const COLLECTIONS_PER_CALL = 5;
const PEOPLE_PER_LOOK_UP = 1000;

/**
 * The calls that a file of new customers takes, as the packing of rows gives them: look-ups, then calls of five
 * collections with each person's rows in one of them. Signing in does not count against the day.
 */
export function estimateCalls(request: { settings: Settings; people: number; decisions: number }): { calls: number; dailyLimit: number } {
  const { settings, people, decisions } = request;
  const dailyLimit = settings.dailyCallLimit;
  if (people === 0) return { calls: 0, dailyLimit };
  const perPerson = decisions / people;
  const lookUps = settings.matchKeys.length === 0 ? 0 : Math.ceil(people / PEOPLE_PER_LOOK_UP);
  return { calls: lookUps + Math.ceil(people / peoplePerCall({ perPerson, decisionLog: settings.decisionLog })), dailyLimit };
}

function peoplePerCall(request: { perPerson: number; decisionLog: boolean }): number {
  const { perPerson, decisionLog } = request;
  const collections = (people: number): number => {
    const rows = Math.ceil((people * perPerson) / ROWS_PER_COLLECTION);
    // An Individual and a profile record each, the states, the decisions, and the opt-out flags of those who refuse.
    return 2 * Math.ceil(people / ROWS_PER_COLLECTION) + rows * (decisionLog ? 2 : 1) + (perPerson === 0 ? 0 : Math.ceil(people / ROWS_PER_COLLECTION));
  };
  let fitting = 1;
  while (fitting < PEOPLE_PER_LOOK_UP && collections(fitting + 1) <= COLLECTIONS_PER_CALL) fitting += 1;
  return fitting;
}
