import { ANY_CHANNEL, type Catalogue } from "@volenti/core/adapter";
import { channelKeySource, digestKeys, purposeKeySource } from "../mapping/row-keys.ts";
import { fieldName, soql, soqlInstant } from "../query/soql.ts";
import { CONSENT_OBJECT, KEY_FIELD, REF_FIELD, TEST_FIELD } from "../schema/names.ts";
import type { Settings } from "../settings.ts";
import type { SalesforceRow, SalesforceSession } from "../transport/salesforce-session.ts";
import type { FoundChange } from "./found-change.ts";

const STATUSES: ReadonlyMap<unknown, "given" | "refused"> = new Map([["OptIn", "given"], ["OptOut", "refused"]]);
const COLUMNS = ["Id", "PrivacyConsentStatus", "ContactPointType", "SystemModstamp", "LastModifiedById", `Party.${REF_FIELD}`, `Party.${TEST_FIELD}`, `DataUsePurpose.${KEY_FIELD}`, `EngagementChannelType.${KEY_FIELD}`];

/**
 * Consent rows that people made themselves, of people known to us, oldest first. They bear none of our fields: what they
 * are about is told by their purpose and channel, where these are of the catalogue. A refusal without a purpose refuses
 * every purpose of its channel; a grant without one says nothing that could be recorded.
 */
export async function* readMadeConsents(request: {
  session: SalesforceSession;
  operation: string;
  from: number;
  signal: AbortSignal | undefined;
}): AsyncGenerator<FoundChange> {
  const { session, operation, from, signal } = request;
  const words = await readWords(request);
  const query = soql`SELECT ${COLUMNS.map(fieldName)} FROM ${fieldName(CONSENT_OBJECT)} WHERE ${fieldName(KEY_FIELD)} = null AND SystemModstamp >= ${soqlInstant(from)} ORDER BY SystemModstamp, Id`;
  for await (const row of session.query({ soql: query, operation, ...(signal === undefined ? {} : { signal }) })) yield* toChanges({ row, words });
}

/** What the rows' purposes and channels are in the catalogue's words. */
interface Words {
  readonly catalogue: Catalogue;
  readonly purposes: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
}

async function readWords(request: { session: SalesforceSession; operation: string }): Promise<Words> {
  const { controllerId, catalogue, crypto } = request.session.context(request.operation);
  const purposes = [...new Set(catalogue.purposes.map(({ key }) => key))];
  const channels = [...new Set(catalogue.purposes.flatMap((purpose) => purpose.channels))];
  const keys = await digestKeys({
    crypto,
    sources: [...purposes.map((purpose) => purposeKeySource({ controllerId, purpose })), ...channels.map((channel) => channelKeySource({ controllerId, channel }))],
  });
  return {
    catalogue,
    purposes: new Map(purposes.map((purpose, index) => [keys[index] ?? "", purpose])),
    channels: new Map([
      ...typedChannels({ settings: request.session.settings, channels }),
      ...channels.map((channel, index) => [keys[purposes.length + index] ?? "", channel] as const),
    ]),
  };
}

function typedChannels(request: { settings: Settings; channels: readonly string[] }): readonly (readonly [string, string])[] {
  return request.channels.flatMap((channel) => {
    const mapped = request.settings.channels.get(channel);
    return mapped !== undefined && "contactPointType" in mapped ? [[mapped.contactPointType, channel] as const] : [];
  });
}

function toChanges(request: { row: SalesforceRow; words: Words }): readonly FoundChange[] {
  const { row, words } = request;
  const subjectRef = parentOf({ row, name: "Party" })?.[REF_FIELD];
  const status = STATUSES.get(row["PrivacyConsentStatus"]);
  if (typeof subjectRef !== "string" || status === undefined) return [];
  const at = Date.parse(String(row["SystemModstamp"]));
  const user = row["LastModifiedById"];
  return decidedKeys({ row, words, status }).map(({ purpose, channel }) => ({
    kind: "decision",
    subjectRef,
    at,
    changedAt: at,
    changeId: `${String(row["Id"])}:${String(row["PrivacyConsentStatus"])}:${at}:${purpose}`,
    decision: { purpose, channel, status },
    by: { kind: "staff", ...(typeof user === "string" ? { ref: user } : {}) },
    test: parentOf({ row, name: "Party" })?.[TEST_FIELD] === true,
  }));
}

function decidedKeys(request: { row: SalesforceRow; words: Words; status: "given" | "refused" }): readonly { purpose: string; channel: string }[] {
  const { row, words, status } = request;
  const purposeKey = parentOf({ row, name: "DataUsePurpose" })?.[KEY_FIELD];
  const channelKey = parentOf({ row, name: "EngagementChannelType" })?.[KEY_FIELD] ?? row["ContactPointType"];
  const channel = words.channels.get(String(channelKey)) ?? ANY_CHANNEL;
  // A channel that is none of the catalogue's is not every channel.
  if (channel === ANY_CHANNEL && typeof channelKey === "string") return [];
  const purpose = words.purposes.get(String(purposeKey));
  const current = words.catalogue.purposes.filter((version) => version.current);
  if (typeof purposeKey === "string") return current.filter(({ key, channels }) => key === purpose && takes({ channel, channels })).map(({ key }) => ({ purpose: key, channel }));
  if (status === "given" || channel === ANY_CHANNEL) return [];
  return current.filter(({ channels }) => channels.includes(channel)).map(({ key }) => ({ purpose: key, channel }));
}

function takes(request: { channel: string; channels: readonly string[] }): boolean {
  return request.channel === ANY_CHANNEL || request.channels.includes(request.channel);
}

function parentOf(request: { row: SalesforceRow; name: string }): SalesforceRow | null {
  const parent = request.row[request.name];
  return typeof parent === "object" && parent !== null ? (parent as SalesforceRow) : null;
}
