import { planRoute, type ResolvedRoute, type RouteRules } from "../collect/plan-route.ts";
import type { ConnectorV1 } from "../connector/v1/connector-v1.ts";
import type { ConfigurationProblem } from "../error/configuration-error.ts";
import { isCountryCode } from "../model/country-code.ts";
import type { ResidencyReading } from "../residency/evaluate-residency.ts";
import { parseShape } from "../support/parse-shape.ts";
import { toProblems } from "../support/to-problems.ts";
import type { StartupNote } from "../volenti.ts";
import { routeSchema } from "./configuration-schema.ts";
import type { RouteConfiguration } from "./volenti-configuration.ts";

/** Checks the routes against destinations and residency: what can never be served lawfully is an error here, not a rejection later. */
export function resolveRoutes(request: {
  routes: readonly RouteConfiguration[];
  destinations: ReadonlyMap<string, ConnectorV1>;
  residency: ResidencyReading;
}): { rules: RouteRules; problems: readonly ConfigurationProblem[]; notes: readonly StartupNote[] } {
  const { destinations, residency } = request;
  const problems: ConfigurationProblem[] = [];
  const notes: StartupNote[] = [];
  const routes: ResolvedRoute[] = [];
  for (const [index, candidate] of request.routes.entries()) {
    const path = `routes[${index}]`;
    const parsed = parseShape({ schema: routeSchema, value: candidate });
    if (!parsed.success) {
      problems.push(...toProblems({ issues: parsed.error.issues, prefix: path }));
      continue;
    }
    const route = { countries: spellOut({ countries: parsed.data.countries, residency, path, problems }), to: parsed.data.to };
    routes.push(route);
    const known = route.to.every((id) => destinations.has(id));
    if (!known) problems.push({ path: `${path}.to`, code: "unknownDestination" });
    else {
      problems.push(...checkHistory({ route, destinations, path, history: parsed.data.history }));
      problems.push(...checkResidency({ route, destinations, residency, path, countries: parsed.data.countries }));
      notes.push(...noteMissingLedger({ route, destinations, residency, path }));
    }
  }
  const rules = { destinations, routes, residency };
  return { rules, problems, notes: [...notes, ...noteUnserved(rules)] };
}

function spellOut(request: {
  countries: readonly string[] | undefined;
  residency: ResidencyReading;
  path: string;
  problems: ConfigurationProblem[];
}): ReadonlySet<string> | null {
  const { countries, residency, path, problems } = request;
  if (countries === undefined) return null;
  const spelled = new Set<string>();
  for (const [position, code] of countries.entries()) {
    const members = residency?.rules.regions[code];
    if (members !== undefined) for (const member of members) spelled.add(member);
    else if (isCountryCode(code)) spelled.add(code);
    else problems.push({ path: `${path}.countries[${position}]`, code: "unknownCountry" });
  }
  return spelled;
}

function checkHistory(request: {
  route: ResolvedRoute;
  destinations: ReadonlyMap<string, ConnectorV1>;
  path: string;
  history: "latestOnly" | undefined;
}): ConfigurationProblem[] {
  const { route, destinations, path, history } = request;
  const keepsHistory = route.to.some((id) => destinations.get(id)?.traits.historyDepth === "everyDecision");
  return keepsHistory || history === "latestOnly" ? [] : [{ path: `${path}.history`, code: "noDestinationKeepsEveryDecision" }];
}

function checkResidency(request: {
  route: ResolvedRoute;
  destinations: ReadonlyMap<string, ConnectorV1>;
  residency: ResidencyReading;
  path: string;
  countries: readonly string[] | undefined;
}): ConfigurationProblem[] {
  const { route, destinations, residency, path } = request;
  const problems: ConfigurationProblem[] = [];
  for (const [position, code] of (request.countries ?? []).entries()) {
    const countries = residency?.rules.regions[code] ?? [code];
    const isForbidden = countries.some(
      (country) => planRoute({ country, rules: { destinations, routes: [route], residency } }).excluded.length > 0,
    );
    if (isForbidden) problems.push({ path: `${path}.countries[${position}]`, code: "residencyForbidsDestination" });
  }
  return problems;
}

/** Any country without a row of its own: what the default row says. */
const ANY_OTHER_COUNTRY = "AQ";

function noteMissingLedger(request: {
  route: ResolvedRoute;
  destinations: ReadonlyMap<string, ConnectorV1>;
  residency: ResidencyReading;
  path: string;
}): StartupNote[] {
  const { route, destinations, residency, path } = request;
  const rules = { destinations, routes: [route], residency };
  const countries = [...(route.countries ?? [...countriesWithRows(residency), ANY_OTHER_COUNTRY])];
  const without = countries.filter((country) => {
    const { steps, ledgerId } = planRoute({ country, rules });
    return steps.length > 0 && ledgerId === null;
  });
  if (without.length === 0) return [];
  return [
    {
      path,
      code: "noLedger",
      message:
        "No destination of this route may be asked as a ledger: a person is named by a keyed digest of the first identifier, two " +
        "identifiers of one person are two people, and a submission id that comes again with another content is not noticed.",
    },
  ];
}

function countriesWithRows(residency: ResidencyReading): readonly string[] {
  return (residency?.rules.rows ?? []).flatMap(({ country }) => residency?.rules.regions[country] ?? [country]);
}

function noteUnserved(rules: RouteRules): StartupNote[] {
  const countries = countriesWithRows(rules.residency);
  const plans = countries.map((country) => ({ country, plan: planRoute({ country, rules }) }));
  // A country that no route names is the brand's own choice; one that a route leads to and residency keeps out is said.
  const unserved = plans.filter(({ plan }) => plan.steps.length === 0 && plan.excluded.length > 0).map(({ country }) => country);
  const notes: StartupNote[] = [];
  if (unserved.length > 0) {
    const message = `No destination may hold data of people of: ${unserved.join(", ")}. Their submissions are rejected (noRoute).`;
    notes.push({ path: "routes", code: "countriesNotServed", message });
  }
  for (const id of rules.destinations.keys()) {
    const excluded = plans.filter(({ plan }) => plan.steps.length > 0 && plan.excluded.some(({ destinationId }) => destinationId === id));
    if (excluded.length === 0) continue;
    const names = excluded.map(({ country }) => country).join(", ");
    const message = `Residency keeps data of people of ${names} out of it, although a route leads there.`;
    notes.push({ path: `destinations.${id}`, code: "countriesExcluded", message });
  }
  return notes;
}
