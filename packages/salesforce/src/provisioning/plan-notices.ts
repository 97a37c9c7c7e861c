import type { CataloguedNotice, ProvisioningStepV1 } from "@volenti/core/adapter";
import type { OrgRow } from "../mapping/org-row.ts";
import { digestKeys, purposeKeySource } from "../mapping/row-keys.ts";
import { soql, type Soql } from "../query/soql.ts";
import { KEY_FIELD } from "../schema/names.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { renderRows } from "./catalogue-row.ts";
import type { ObjectDescription } from "./describe-object.ts";
import { queryRows } from "./query-rows.ts";
import { textOf } from "./text-of.ts";

export const NOTICE_OBJECTS = ["AuthorizationForm", "AuthorizationFormText", "AuthorizationFormDataUse"] as const;
const LONGEST_NAME = 255;

/** One version of a notice: its form, and what hangs on it. Rows that are there are left out; a version never changes. */
export interface NoticePlan {
  readonly formName: string;
  /** Null where the form is to be made. */
  readonly formId: string | null;
  readonly form: OrgRow;
  /** Without the form's id, which is known once it is made. */
  readonly children: readonly { readonly objectName: "AuthorizationFormText" | "AuthorizationFormDataUse"; readonly row: OrgRow }[];
  readonly step: ProvisioningStepV1;
}

interface Terms {
  readonly session: SalesforceSession;
  readonly operation: string;
  readonly descriptions: ReadonlyMap<string, ObjectDescription | null>;
}

/** The notices that the org lacks, matched by name. None where this org keeps no forms, or this user may not make them. */
export async function planNotices(terms: Terms): Promise<readonly NoticePlan[]> {
  const { session, operation } = terms;
  if (!keepsNotices(terms.descriptions)) return [];
  const { notices } = session.context(operation).catalogue;
  const versions = Map.groupBy(notices, ({ id, version }) => nameOf([id, version]));
  if (versions.size === 0) return [];
  const purposeKeys = await keysOfPurposes(terms);
  const standing = await readStanding({ terms, names: [...versions.keys()] });
  return [...versions].flatMap(([formName, texts]) => planNotice({ terms, formName, texts, standing, purposeKeys }));
}

/** Whether forms can be made here: Data Protection is on, and the user may. */
export function keepsNotices(descriptions: Terms["descriptions"]): boolean {
  return NOTICE_OBJECTS.every((objectName) => descriptions.get(objectName)?.isCreateable === true);
}

interface Standing {
  readonly formIds: ReadonlyMap<string, string>;
  readonly texts: ReadonlySet<string>;
  readonly uses: ReadonlySet<string>;
}

function planNotice(request: {
  terms: Terms;
  formName: string;
  texts: readonly CataloguedNotice[];
  standing: Standing;
  purposeKeys: ReadonlyMap<string, string>;
}): NoticePlan[] {
  const { terms, formName, texts, standing, purposeKeys } = request;
  const [first] = texts;
  if (first === undefined) return [];
  const form = { Name: formName, ...kept({ terms, objectName: "AuthorizationForm", values: { RevisionNumber: first.version } }) };
  const formId = standing.formIds.get(formName) ?? null;
  const uses = [...new Set(texts.flatMap(({ purposes }) => purposes.map(toKey)))];
  const children: NoticePlan["children"] = [
    ...texts
      .map((text) => ({ objectName: "AuthorizationFormText" as const, row: toTextRow({ terms, text }) }))
      .filter(({ row }) => !standing.texts.has(textOf(row, "Name"))),
    ...uses
      .map((purpose) => ({ objectName: "AuthorizationFormDataUse" as const, row: toUseRow({ formName, purpose, purposeKeys }) }))
      .filter(({ row }) => !standing.uses.has(textOf(row, "Name"))),
  ];
  if (formId !== null && children.length === 0) return [];
  const shown = [...(formId === null ? [{ objectName: "AuthorizationForm", row: form }] : []), ...children];
  return [
    {
      formName,
      formId,
      form,
      children,
      step: {
        id: `notice ${first.id}@${first.version}`,
        title: `Add version ${first.version} of the notice ${first.id} as an Authorization Form`,
        statement: renderRows(shown),
      },
    },
  ];
}

function toTextRow({ terms, text }: { terms: Terms; text: CataloguedNotice }): OrgRow {
  const values = { FullAuthorizationFormUrl: text.policyUrl, SummaryAuthFormText: text.firstLayer };
  return { Name: nameOf([text.id, text.version, text.locale]), ...kept({ terms, objectName: "AuthorizationFormText", values }) };
}

function toUseRow(request: { formName: string; purpose: string; purposeKeys: ReadonlyMap<string, string> }): OrgRow {
  const { formName, purpose, purposeKeys } = request;
  return { Name: nameOf([formName, purpose]), DataUsePurpose: { [KEY_FIELD]: purposeKeys.get(purpose) ?? "" } };
}

/** What fits: half a notice would be another notice, so what is too long is left to its link. */
function kept(request: { terms: Terms; objectName: string; values: Readonly<Record<string, string>> }): OrgRow {
  const { terms, objectName, values } = request;
  const fields = terms.descriptions.get(objectName)?.fields;
  const fitting = Object.entries(values).filter(([name, value]) => {
    const field = fields?.get(name);
    return field?.isCreateable === true && value.length <= field.length;
  });
  return Object.fromEntries(fitting);
}

async function keysOfPurposes({ session, operation }: Terms): Promise<ReadonlyMap<string, string>> {
  const { controllerId, crypto, catalogue } = session.context(operation);
  const purposes = [...new Set(catalogue.purposes.map(({ key }) => key))];
  const keys = await digestKeys({ crypto, sources: purposes.map((purpose) => purposeKeySource({ controllerId, purpose })) });
  return new Map(purposes.map((purpose, index) => [purpose, keys[index] ?? ""] as const));
}

async function readStanding(request: { terms: Terms; names: readonly string[] }): Promise<Standing> {
  const { terms, names } = request;
  const { session, operation } = terms;
  const read = (query: Soql): ReturnType<typeof queryRows> => queryRows({ session, operation, soql: query });
  const [forms, texts, uses] = await Promise.all([
    read(soql`SELECT Id, Name FROM AuthorizationForm WHERE Name IN ${names} ORDER BY Id`),
    read(soql`SELECT Name FROM AuthorizationFormText WHERE AuthorizationForm.Name IN ${names}`),
    read(soql`SELECT Name FROM AuthorizationFormDataUse WHERE AuthorizationForm.Name IN ${names}`),
  ]);
  return {
    formIds: new Map(forms.toReversed().map((row) => [textOf(row, "Name"), textOf(row, "Id")] as const)),
    texts: new Set(texts.map((row) => textOf(row, "Name"))),
    uses: new Set(uses.map((row) => textOf(row, "Name"))),
  };
}

function nameOf(words: readonly string[]): string {
  return words.join(" ").slice(0, LONGEST_NAME);
}

/** A notice names `key@version`, or `key` alone. */
function toKey(purpose: string): string {
  return purpose.split("@")[0] ?? purpose;
}
