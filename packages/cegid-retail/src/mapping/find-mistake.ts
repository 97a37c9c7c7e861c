import { ConnectorError, IDENTIFIER_KINDS } from "@volenti/core/adapter";
import type { CegidRetailConnectorOptions } from "../cegid-retail-connector-options.ts";
import { memberNamed } from "../soap/class-members.ts";
import type { ClassName } from "../soap/data-contract.ts";
import { CONNECTOR_ID } from "../transport/connector-id.ts";
import { isStorableText } from "./is-storable-text.ts";
import { OPT_IN_FIELDS } from "./opt-in-set.ts";

const OPT_INS: ReadonlySet<unknown> = new Set(OPT_IN_FIELDS);
const KINDS: ReadonlySet<unknown> = new Set(IDENTIFIER_KINDS);
/** Searched for and shown by no record, so that no hit could be compared. */
const UNREADABLE = "CustomerReference";
const LONGEST_PLACEHOLDER = 35;
/** A day: Node's timers end at 24 of them, and a process may well end before. */
const LONGEST_DELAY_IN_MS = 86_400_000;

/** The names of the settings that cannot be right, as an error; their values may be secrets. Null where there are none. */
export function findMistake(options: CegidRetailConnectorOptions): ConnectorError | null {
  const fieldNames = [...listMissing(options), ...listWrongConsent(options), ...listWrongPlaces(options), ...listWrongTransport(options)];
  if (fieldNames.length === 0) return null;
  return new ConnectorError({
    code: "invalidConfiguration",
    connectorId: CONNECTOR_ID,
    operation: "configuration",
    fieldNames: [...new Set(fieldNames)],
  });
}

function listMissing(options: CegidRetailConnectorOptions): readonly string[] {
  const { folderId, username, password, usualStoreId, region } = options;
  const texts: Readonly<Record<string, unknown>> = { folderId, username, password, usualStoreId, region };
  return [
    ...Object.entries(texts).flatMap(([name, value]) => (typeof value === "string" && value !== "" ? [] : [name])),
    ...(isBaseUrl(options.baseUrl) ? [] : ["baseUrl"]),
    ...(isTimeZone(options.timeZone) ? [] : ["timeZone"]),
    ...(["global", "channel", "item"].includes(options.privacyGranularity) ? [] : ["privacyGranularity"]),
    ...(["wcf", undefined].includes(options.api) ? [] : ["api"]),
    ...(["reset", "keep", undefined].includes(options.absentValues) ? [] : ["absentValues"]),
    ...(["deterministic", "server", undefined].includes(options.customerIdStrategy) ? [] : ["customerIdStrategy"]),
  ];
}

/** The purposes that decide a flag decide no opt-in, and one purpose does not do both. */
function listWrongConsent(options: CegidRetailConnectorOptions): readonly string[] {
  const { optIns = {}, partnerPurpose, receiptPurpose } = options;
  const fields = Object.values(optIns).flatMap((rule) => (rule === null ? [] : typeof rule === "object" ? Object.values(rule).flat() : [rule]));
  const isTwice = (purpose: string | undefined): boolean => purpose !== undefined && Object.hasOwn(optIns, purpose);
  return [
    ...(fields.every((field) => field === null || OPT_INS.has(field)) ? [] : ["optIns"]),
    ...(isTwice(partnerPurpose) || (partnerPurpose !== undefined && partnerPurpose === receiptPurpose) ? ["partnerPurpose"] : []),
    ...(isTwice(receiptPurpose) ? ["receiptPurpose"] : []),
  ];
}

function listWrongPlaces(options: CegidRetailConnectorOptions): readonly string[] {
  const { slots, linkField, refField, testField, purposeFields = {}, fieldMap = {}, matchKeys = [], countryIdType = "ISO2", countryMap, placeholderLastName = "-" } = options;
  const linksByBarcode = linkField === undefined || linkField === "Barcode";
  const own: readonly (readonly [string, unknown])[] = [
    ...(slots === undefined ? [] : [["slots", slots.effectiveAt] as const, ["slots", slots.decisionId] as const]),
    ...(linksByBarcode || linkField === null ? [] : [["linkField", linkField] as const]),
    ...(refField === undefined ? [] : [["refField", refField] as const]),
    ...(testField === undefined ? [] : [["testField", testField] as const]),
    ...Object.values(purposeFields).flatMap((byChannel) => Object.values(byChannel).map((place) => ["purposeFields", place] as const)),
    ...Object.values(fieldMap).flatMap((place) => (place === null || typeof place === "string" ? [] : [["fieldMap", place] as const])),
  ];
  const names = own.map(([, place]) => nameOfPlace(place));
  const paths = Object.values(fieldMap).filter((place) => typeof place === "string");
  return [
    ...(testField === undefined || names[own.findIndex(([setting]) => setting === "testField")]?.startsWith("userDefinedText ") === true ? [] : ["testField"]),
    // Two settings that share a place would write over each other.
    ...own.flatMap(([setting, place], index) => (nameOfPlace(place) === null || names.indexOf(names[index] ?? null) !== index ? [setting] : [])),
    ...(paths.every((path) => isTextPath({ className: "CustomerInputData", path })) && new Set(paths).size === paths.length ? [] : ["fieldMap"]),
    ...(linksByBarcode && paths.includes("Barcode") ? ["linkField"] : []),
    ...(matchKeys.every(({ kind, field }) => KINDS.has(kind) && field !== UNREADABLE && isTextPath({ className: "CustomerSearchDataType", path: field })) ? [] : ["matchKeys"]),
    ...(countryIdType !== "ISO2" && countryMap === undefined ? ["countryMap"] : []),
    ...(isStorableText({ text: placeholderLastName, longest: LONGEST_PLACEHOLDER }) ? [] : ["placeholderLastName"]),
  ];
}

function listWrongTransport(options: CegidRetailConnectorOptions): readonly string[] {
  const { timeoutInMs = 1, reassertRefusalsAfterInMs = 0, readAgainAfterInMs = 0, maxConcurrency = 1, anonymisation, proxy, customerList } = options;
  return [
    ...(["function", "undefined"].includes(typeof customerList) ? [] : ["customerList"]),
    ...(timeoutInMs > 0 && Number.isFinite(timeoutInMs) ? [] : ["timeoutInMs"]),
    ...(readAgainAfterInMs >= 0 && Number.isFinite(readAgainAfterInMs) ? [] : ["readAgainAfterInMs"]),
    // Without slots a newer yes cannot be told from one that was put back.
    ...(reassertRefusalsAfterInMs === 0 || (isWithinDay(reassertRefusalsAfterInMs) && options.slots !== undefined) ? [] : ["reassertRefusalsAfterInMs"]),
    ...(Number.isInteger(maxConcurrency) && maxConcurrency > 0 ? [] : ["maxConcurrency"]),
    ...(anonymisation === undefined || ["POST", "PUT", "PATCH", "DELETE"].includes(anonymisation.method) ? [] : ["anonymisation"]),
    ...(proxy === undefined || URL.canParse(proxy) ? [] : ["proxy"]),
  ];
}

function isWithinDay(milliseconds: number): boolean {
  return milliseconds > 0 && milliseconds <= LONGEST_DELAY_IN_MS;
}

function isBaseUrl(address: unknown): boolean {
  if (typeof address !== "string" || !URL.canParse(address)) return false;
  const { protocol, username, password, search, hash } = new URL(address);
  return (protocol === "https:" || protocol === "http:") && username + password + search + hash === "";
}

function isTimeZone(name: unknown): boolean {
  if (typeof name !== "string" || name === "") return false;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** What a place is called, whichever way it was configured; null for one that does not exist. */
function nameOfPlace(place: unknown): string | null {
  if (typeof place === "number") return nameOfPlace({ userField: place });
  if (typeof place !== "object" || place === null) return null;
  const [kind, id] = Object.entries(place).find(([name]) => name !== "kind") ?? [];
  if (kind === "userField") return isWithin({ id, from: 1, to: 2_147_483_647 }) ? `userField ${id}` : null;
  if (kind === "userDefinedTable") return isWithin({ id, from: 0, to: 9 }) ? `userDefinedTable ${id}` : null;
  const isDefined = kind !== undefined && ["userDefinedText", "userDefinedDate", "userDefinedBoolean", "userDefinedValue"].includes(kind);
  return isDefined && isWithin({ id, from: 1, to: 3 }) ? `${kind} ${id}` : null;
}

function isWithin(request: { id: unknown; from: number; to: number }): boolean {
  const { id, from, to } = request;
  return typeof id === "number" && Number.isInteger(id) && id >= from && id <= to;
}

function isTextPath(request: { className: ClassName; path: string }): boolean {
  const [name = "", nested, ...rest] = request.path.split(".");
  const member = memberNamed({ className: request.className, name });
  if (member === undefined || rest.length > 0) return false;
  if (nested === undefined) return member.shape.kind === "simple" && member.shape.type === "string";
  return member.shape.kind === "class" && isTextPath({ className: member.shape.name, path: nested });
}
