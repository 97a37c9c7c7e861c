import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import type { Settings } from "../settings.ts";
import { info, warning } from "./finding.ts";

/** What the settings give away. Reading them costs nothing. `hasLedger`: whether one ledger alone is on the routes that lead here. */
export function checkSettings(request: { settings: Settings; hasLedger: boolean }): readonly ConnectionFindingV1[] {
  const { settings } = request;
  return [...checkOrder(settings), ...checkLedger(request), ...checkIdentity(settings), ...checkRights(settings), ...checkCodes(settings)];
}

function checkOrder({ slots, privacyGranularity, absentValues, checksModificationDate, readAgainAfterInMs }: Settings): readonly ConnectionFindingV1[] {
  return [
    ...(slots === null
      ? [warning("noSlots", "No slots are configured: an older yes is told from a newer no by the record's last change alone, what the till changed cannot be told, and no decision leads back to its proof.")]
      : []),
    ...(checksModificationDate ? [] : [tellWindow({ absentValues, readAgainAfterInMs })]),
    ...(privacyGranularity === "item" ? [] : [info("privacyFolds", `Opt-ins are made equal by ${privacyGranularity === "global" ? "customer" : "channel"}, the most restrictive counting, as privacyGranularity says.`)]),
  ];
}

/** What nothing shows afterwards, a no that is lost above all, has to be said before. */
function tellWindow({ absentValues, readAgainAfterInMs }: Pick<Settings, "absentValues" | "readAgainAfterInMs">): ConnectionFindingV1 {
  const between = `between our read of the record and the moment when Y2 carries out our update (one call, and up to ${readAgainAfterInMs} ms of waiting before it)`;
  return absentValues === "keep"
    ? info("tillMayBeOverwritten", `What a cashier changes in the very opt-in that a write changes, ${between}, is written over, and nothing shows it. See checksModificationDate, and the contract tests.`)
    : warning(
        "tillMayBeOverwritten",
        `A cashier's no can be lost: whatever the till changes in a customer's opt-ins ${between} is written over with what we had read. Nothing shows it afterwards, and the outcome is applied. Run volenti doctor --contract-tests once: checksModificationDate ends it where the server compares that date, and absentValues: "keep" leaves the very opt-in that a write changes.`,
      );
}

function checkLedger(request: { settings: Settings; hasLedger: boolean }): readonly ConnectionFindingV1[] {
  const { settings: { consent, slots, reassertRefusalsAfterInMs }, hasLedger } = request;
  if (hasLedger) return [];
  return [
    ...(slots !== null && consent.purposeFields.size === 0
      ? [warning("oldRefusalsWin", "No ledger is on the routes to here (or several are), and no purposeFields are configured: a file that is run again lets an old refusal take away a newer yes.")]
      : []),
    ...(reassertRefusalsAfterInMs > 0 ? [info("reassertionEndsWithProcess", "No ledger keeps the refusals that are to be looked at again: a process that ends before does not.")] : []),
  ];
}

function checkIdentity({ linkField, refField, customerIdStrategy, matchKeys, customerList }: Settings): readonly ConnectionFindingV1[] {
  return [
    ...(linkField === null ? [warning("noLink", "linkField is null: customers who were there before are searched for by their match keys each time, and are lost when these change.")] : []),
    ...(linkField !== null && linkField !== "Barcode" && linkField.kind === "userField"
      ? [warning("linkNotSearchable", "linkField is a user field, which no search can ask for: a linked customer is found by match keys alone.")]
      : []),
    ...(refField === null ? [warning("noRefField", "No refField is configured: records hold a part of the ref, so that people are found by the ref that a ledger knows, and never by their address or number.")] : []),
    ...(customerIdStrategy === "server" ? [warning("creationMayDouble", "customerIdStrategy is server: a creation whose answer is lost may be repeated and double a customer.")] : []),
    ...(matchKeys.length === 0 ? [warning("noMatchKeys", "matchKeys is empty: customers who were there before are never found, and are created again.")] : []),
    ...(customerList === null ? [info("noCustomerList", "No customerList is configured: `volenti link` and `volenti changes` are not offered, as Y2 cannot list its customers.")] : []),
  ];
}

function checkRights({ anonymisation, testField, allowInsecureHttp, baseUrl }: Settings): readonly ConnectionFindingV1[] {
  return [
    ...(anonymisation === null ? [warning("noAnonymisation", "No anonymisation service is configured: an erasure closes and blanks the record, and reports it as retained.")] : []),
    ...(testField === null ? [info("noTestMark", "No testField is configured: test people are not marked, and `volenti erase --test` cannot find them.")] : []),
    ...(allowInsecureHttp && leavesTheMachine(baseUrl) ? [warning("insecureHttp", "Y2 is reached over plain HTTP: credentials and personal data are readable on the way.")] : []),
  ];
}

function checkCodes({ profile }: Settings): readonly ConnectionFindingV1[] {
  const { sexes, titles, languages, countries, countryIdType } = profile;
  const missing = [...(sexes.size + titles.size === 0 ? ["gender (sexMap, titleMap)"] : []), ...(languages.size === 0 ? ["locale (languageMap)"] : [])];
  return [
    ...(missing.length === 0 ? [] : [info("codesNotMapped", `Not stored, as their map is empty: ${missing.join(", ")}.`)]),
    ...(countryIdType === "ISO2" && countries.size === 0 ? [info("countriesMayBeUnread", "No countryMap is configured: where the folder answers with its own country codes, countries are written and cannot be read back.")] : []),
    info("tablesUnread", "Stores, titles, languages and user fields cannot be listed through this service: a code that is not in its table fails the write of one customer."),
  ];
}

function leavesTheMachine(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === "http:" && !["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
