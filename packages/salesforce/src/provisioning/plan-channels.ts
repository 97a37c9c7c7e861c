import type { OrgRow } from "../mapping/org-row.ts";
import { channelKeySource, digestKeys } from "../mapping/row-keys.ts";
import { fieldName, soql } from "../query/soql.ts";
import { KEY_FIELD } from "../schema/names.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { renderRows, type CatalogueRow } from "./catalogue-row.ts";
import type { ObjectDescription } from "./describe-object.ts";
import { queryRows } from "./query-rows.ts";
import { textOf } from "./text-of.ts";

const OBJECT = "EngagementChannelType";

/** Channels of the configuration for which Salesforce has no type of its own (SMS, WhatsApp, push), and the org has no row yet. */
export async function planChannels(request: {
  session: SalesforceSession;
  description: ObjectDescription | null;
  operation: string;
}): Promise<readonly CatalogueRow[]> {
  const { session, description, operation } = request;
  const { controllerId, crypto } = session.context(operation);
  const channels = channelsWithoutType({ session, operation });
  const keys = await digestKeys({ crypto, sources: channels.map((channel) => channelKeySource({ controllerId, channel })) });
  const standing = await readStanding({ session, operation, description, keys });
  return channels.flatMap((channel, index): CatalogueRow[] => {
    const key = keys[index] ?? "";
    if (standing.has(key)) return [];
    const row: OrgRow = { [KEY_FIELD]: key, Name: channel };
    return [
      {
        objectName: OBJECT,
        row,
        isNew: true,
        step: {
          id: `channel ${channel}`,
          title: `Add the channel ${channel} as an Engagement Channel Type`,
          statement: renderRows([{ objectName: OBJECT, row }]),
        },
      },
    ];
  });
}

/** The channels of any purpose that consents are written under with an EngagementChannelType of ours. */
export function channelsWithoutType(request: { session: SalesforceSession; operation: string }): readonly string[] {
  const { session, operation } = request;
  const { catalogue } = session.context(operation);
  const named = new Set(catalogue.purposes.flatMap(({ channels }) => channels));
  return [...named].filter((channel) => !session.settings.channels.has(channel));
}

async function readStanding(request: {
  session: SalesforceSession;
  operation: string;
  description: ObjectDescription | null;
  keys: readonly string[];
}): Promise<ReadonlySet<string>> {
  const { session, operation, description, keys } = request;
  if (keys.length === 0 || description?.fields.has(KEY_FIELD) !== true) return new Set();
  const key = fieldName(KEY_FIELD);
  const rows = await queryRows({ session, operation, soql: soql`SELECT ${key} FROM EngagementChannelType WHERE ${key} IN ${keys}` });
  return new Set(rows.map((row) => textOf(row, KEY_FIELD).toLowerCase()));
}
