import * as z from "zod";
import type { RouteRules } from "../collect/plan-route.ts";
import type { ConnectorV1 } from "../connector/v1/connector-v1.ts";
import type { Anchor } from "../evidence/anchor.ts";
import type { CryptoPort } from "../evidence/crypto-port.ts";
import type { Keyring } from "../evidence/keyring.ts";
import { webCrypto } from "../evidence/web-crypto.ts";
import { ConfigurationError, type ConfigurationProblem } from "../error/configuration-error.ts";
import type { Catalogue } from "../model/catalogue.ts";
import { isCountryCode } from "../model/country-code.ts";
import { IDENTIFIER_KINDS, type IdentifierKind } from "../model/identifier.ts";
import { STANDARD_ATTRIBUTES } from "../model/standard-attributes.ts";
import { createDemandFinder, type FindDemand } from "../regime/demand-finder.ts";
import type { RegimesConfiguration } from "../regime/regime-rules.ts";
import type { ReleasePolicy } from "../release/release-policy.ts";
import type { ResidencyReading } from "../residency/evaluate-residency.ts";
import type { Observe } from "../support/observe.ts";
import { parseShape } from "../support/parse-shape.ts";
import { toProblems } from "../support/to-problems.ts";
import type { RightsSettings, StartupNote, Volenti } from "../volenti.ts";
import { indexCatalogue, type CatalogueIndex } from "./catalogue-index.ts";
import { checkInformation } from "./check-information.ts";
import { checkResidency, isPlace } from "./check-residency.ts";
import { controllerSchema, overrideSchema, settingsSchema } from "./configuration-schema.ts";
import type { ErasureLog } from "./erasure-log.ts";
import type { InformationConfiguration } from "./information-configuration.ts";
import { resolveCatalogue } from "./resolve-catalogue.ts";
import { resolvePolicy } from "./resolve-policy.ts";
import { residencySchema } from "./residency-schema.ts";
import { checkRegimes } from "./resolve-regimes.ts";
import { resolveRoutes } from "./resolve-routes.ts";
import { checkPrecedence, type ViewSettings } from "./resolve-view.ts";
import type { StandardSchema } from "./standard-schema.ts";
import type { ControllerConfiguration, VolentiConfiguration } from "./volenti-configuration.ts";

/** A configuration that was checked, with every default filled in. */
export interface ResolvedConfiguration {
  readonly controller: ControllerConfiguration;
  readonly catalogue: Catalogue;
  readonly index: CatalogueIndex;
  readonly brandAttributes: ReadonlyMap<string, StandardSchema>;
  readonly destinations: ReadonlyMap<string, ConnectorV1>;
  readonly route: RouteRules;
  /** Null where the configuration names none. */
  readonly regimes: RegimesConfiguration | null;
  readonly findDemand: FindDemand;
  readonly information: InformationConfiguration;
  readonly precedence: readonly IdentifierKind[];
  readonly emailLocalPart: "insensitive" | "exact";
  readonly deviceCollectionPoints: ReadonlySet<string>;
  readonly policy: ReleasePolicy;
  readonly releasePorts: Volenti["releasePorts"];
  readonly batchWindowInMs: number;
  readonly retry: z.infer<typeof settingsSchema>["retry"];
  readonly rights: RightsSettings;
  readonly view: ViewSettings;
  readonly keyring: Keyring;
  readonly crypto: CryptoPort;
  readonly anchors: readonly Anchor[];
  readonly observe: Observe | undefined;
  readonly erasureLog: ErasureLog | null;
  readonly startupNotes: readonly StartupNote[];
}

const ATTRIBUTE_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const DESTINATION_ID = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?$/;

/** Checks everything at once; throws one {@link ConfigurationError} with all the problems. Reads and sends nothing. */
export function resolveConfiguration(configuration: VolentiConfiguration): ResolvedConfiguration {
  const problems: ConfigurationProblem[] = checkRequired(configuration);
  if (problems.length > 0) throw new ConfigurationError(problems);
  const controller = parseShape({ schema: controllerSchema, value: configuration.controller });
  const settings = parseShape({ schema: settingsSchema, value: configuration });
  problems.push(...toProblems({ issues: controller.error?.issues ?? [], prefix: "controller" }), ...toProblems({ issues: settings.error?.issues ?? [] }));
  const { catalogue, problems: catalogueProblems } = resolveCatalogue(configuration);
  const destinations = new Map(Object.entries(configuration.destinations));
  const residency = readResidency(configuration.residency);
  const routes = resolveRoutes({ routes: configuration.routes, destinations, residency });
  const release = resolvePolicy({ configuration, catalogue, destinations, residency });
  problems.push(
    ...catalogueProblems,
    ...checkAttributes(configuration.attributes ?? {}),
    ...checkErasureLog(configuration.erasureLog),
    ...checkDestinations({ destinations, residency }),
    ...checkResidency({ configuration, residency }).concat(checkAnchors(configuration.anchors ?? [])),
    ...checkMeaning({ configuration, catalogue, residency, settings: settings.data }),
    ...routes.problems,
    ...release.problems,
  );
  if (!controller.success || !settings.success || problems.length > 0) throw new ConfigurationError(problems);
  const { identity, collectionPoints, ...others } = settings.data;
  return {
    controller: controller.data,
    catalogue,
    index: indexCatalogue(catalogue),
    brandAttributes: new Map(Object.entries(configuration.attributes ?? {})),
    destinations,
    route: routes.rules,
    ...resolveDemands({ regimes: configuration.regimes ?? null, residency, sensitivePurposes: others.rights.sensitivePurposes }),
    precedence: [...new Set([...(identity.precedence ?? []), ...IDENTIFIER_KINDS])],
    emailLocalPart: identity.emailLocalPart ?? "insensitive",
    deviceCollectionPoints: deviceCollectionPoints(collectionPoints),
    ...others,
    ...release.resolved,
    ...portsOf(configuration),
    startupNotes: [...routes.notes, ...release.notes],
  };
}

function resolveDemands(request: Parameters<typeof createDemandFinder>[0]): Pick<ResolvedConfiguration, "regimes" | "findDemand"> {
  return { regimes: request.regimes, findDemand: createDemandFinder(request) };
}

function portsOf(configuration: VolentiConfiguration): Pick<ResolvedConfiguration, "keyring" | "crypto" | "anchors" | "observe" | "erasureLog" | "information"> {
  const { keys: keyring, crypto = keyring.crypto ?? webCrypto, anchors = [], observe, erasureLog = null, information = {} } = configuration;
  return { keyring, crypto, anchors, observe, erasureLog, information };
}

function checkMeaning(request: {
  configuration: VolentiConfiguration;
  catalogue: Catalogue;
  residency: ResidencyReading;
  settings: z.infer<typeof settingsSchema> | undefined;
}): readonly ConfigurationProblem[] {
  return [...checkDemands(request), ...checkRegimes(request.configuration.regimes), ...checkInformation(request), ...checkSensitivePurposes(request), ...checkPrecedence(request)];
}

function deviceCollectionPoints(points: z.infer<typeof settingsSchema>["collectionPoints"]): ReadonlySet<string> {
  return new Set(Object.entries(points).flatMap(([name, { clock }]) => (clock === "device" ? [name] : [])));
}

const REQUIRED = {
  controller: z.object({}),
  purposes: z.array(z.unknown()),
  notices: z.array(z.unknown()),
  destinations: z.object({}),
  routes: z.array(z.unknown()).min(1),
  residency: residencySchema,
  keys: z.object({}),
} as const;

const OPTIONAL: ReadonlySet<string> = new Set([
  "attributes",
  "identity",
  "regimes",
  "information",
  "collectionPoints",
  "retry",
  "batchWindowInMs",
  "crypto",
  "anchors",
  "observe",
  "rights",
  "release",
  "view",
  "erasureLog",
]);

function checkRequired(configuration: VolentiConfiguration): ConfigurationProblem[] {
  const unknown = Object.keys(configuration).some((name) => !(name in REQUIRED) && !OPTIONAL.has(name));
  const problems = Object.entries(REQUIRED).flatMap(([name, schema]) => {
    const value: unknown = configuration[name as keyof typeof REQUIRED];
    if (value === undefined) return [{ path: name, code: "required" }];
    return schema.safeParse(value).success ? [] : [{ path: name, code: "wrongType" }];
  });
  return unknown ? [...problems, { path: "", code: "unknownKey" }] : problems;
}

function readResidency(residency: VolentiConfiguration["residency"]): ResidencyReading {
  // Routes are judged before all problems are told: an override of another form is one of them, and no reading.
  return residency === "none" ? null : { rules: residency.rules, overrides: (residency.overrides ?? []).filter((each) => parseShape({ schema: overrideSchema, value: each }).success) };
}

function checkAttributes(attributes: Readonly<Record<string, StandardSchema>>): ConfigurationProblem[] {
  return Object.entries(attributes).flatMap(([name, schema]) => {
    const path = ATTRIBUTE_NAME.test(name) ? `attributes.${name}` : "attributes";
    if (!ATTRIBUTE_NAME.test(name) || ["constructor", "prototype", "__proto__"].includes(name)) {
      return [{ path, code: "invalidAttributeName" }];
    }
    if (STANDARD_ATTRIBUTES.has(name) || name === "address") return [{ path, code: "standardAttribute" }];
    return typeof schema["~standard"]?.validate === "function" ? [] : [{ path, code: "notAStandardSchema" }];
  });
}

function checkErasureLog(log: VolentiConfiguration["erasureLog"]): ConfigurationProblem[] {
  const isUsable = log === undefined || (typeof log?.append === "function" && typeof log.read === "function");
  return isUsable ? [] : [{ path: "erasureLog", code: "wrongType" }];
}

function checkAnchors(anchors: readonly Anchor[]): ConfigurationProblem[] {
  if (!Array.isArray(anchors)) return [{ path: "anchors", code: "wrongType" }];
  return anchors.flatMap((anchor, index) => {
    const path = `anchors[${index}]`;
    const isAnchor = typeof anchor?.publish === "function" && typeof anchor.list === "function" && typeof anchor.anchorId === "string";
    if (!isAnchor) return [{ path, code: "notAnAnchor" }];
    return anchors.slice(0, index).some(({ anchorId }) => anchorId === anchor.anchorId) ? [{ path, code: "duplicateAnchor" }] : [];
  });
}

function checkDestinations(request: {
  destinations: ReadonlyMap<string, ConnectorV1>;
  residency: ResidencyReading;
}): ConfigurationProblem[] {
  return [...request.destinations].flatMap(([id, connector]) => {
    if (!DESTINATION_ID.test(id)) return [{ path: "destinations", code: "invalidDestinationId" }];
    const path = `destinations.${id}`;
    if (connector?.specificationVersion !== "v1") return [{ path, code: "versionMismatch" }];
    const { region } = connector;
    const isKnown = isCountryCode(region) || request.residency?.rules.regions[region] !== undefined;
    return isKnown || (request.residency === null && region === "EU") ? [] : [{ path: `${path}.region`, code: "unknownRegion" }];
  });
}

/** A demand for a place that nothing knows would never be made, and nobody would notice. */
function checkDemands(request: {
  configuration: Pick<VolentiConfiguration, "regimes">;
  catalogue: Catalogue;
  residency: ResidencyReading;
}): ConfigurationProblem[] {
  const { configuration: { regimes }, catalogue, residency } = request;
  const isKnown = (name: string): boolean => isPlace({ name, residency }) || regimes?.rules?.regions?.[name] !== undefined;
  return catalogue.purposes.flatMap(({ demands }, index) =>
    Object.keys(demands)
      .filter((name) => name !== "*" && !isKnown(name.split("-")[0] ?? ""))
      .map(() => ({ path: `purposes[${index}].demands`, code: "unknownPlace" })),
  );
}

/** A misspelt key would leave a purpose going that a person asked to limit. */
function checkSensitivePurposes(request: {
  catalogue: Catalogue;
  settings: z.infer<typeof settingsSchema> | undefined;
}): ConfigurationProblem[] {
  const { catalogue, settings } = request;
  return (settings?.rights.sensitivePurposes ?? []).flatMap((name, index) => {
    const isKnown = catalogue.purposes.some(({ key }) => key === name);
    return isKnown ? [] : [{ path: `rights.sensitivePurposes[${index}]`, code: "unknownPurpose" }];
  });
}
