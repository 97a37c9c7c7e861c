import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { standardOrgModel } from "../src/schema/build-org-model.ts";
import type { OrgField, OrgModel } from "../src/schema/org-model.ts";
import { listComponents } from "../src/schema/xml/list-components.ts";
import { toMetadataFiles } from "../src/schema/xml/metadata-package.ts";
import { toSourceFolder } from "../src/schema/xml/source-folder.ts";
import { element, renderXml } from "../src/schema/xml/xml-element.ts";

const ROOT = fileURLToPath(new URL("../force-app/main/default", import.meta.url));
const MODELS: readonly OrgModel[] = [standardOrgModel("Contact"), standardOrgModel("PersonAccount")];

function readFolder(): Map<string, string> {
  const entries = readdirSync(ROOT, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(ROOT, path).split(sep).join("/"), readFileSync(path, "utf8")] as const;
    }),
  );
}

function fieldsOf(model: OrgModel): readonly OrgField[] {
  return model.objects.flatMap(({ fields }) => fields);
}

describe("the force-app folder", () => {
  it("is what `node generate-force-app.ts` writes", () => {
    const written = Object.fromEntries(readFolder());
    const generated = Object.fromEntries(toSourceFolder(listComponents(standardOrgModel("Contact"))));
    expect(Object.keys(written).toSorted()).toEqual(Object.keys(generated).toSorted());
    expect(written).toEqual(generated);
  });

  it("adds to standard objects and never redefines one", () => {
    const definitions = [...readFolder().keys()].filter((path) => path.endsWith(".object-meta.xml"));
    expect(definitions).toEqual(["objects/VolentiDecision__c/VolentiDecision__c.object-meta.xml"]);
  });

  it("looks nothing up from a decision, so that an erased person's proof stays", () => {
    const decisionFields = [...readFolder()].filter(([path]) => path.startsWith("objects/VolentiDecision__c/fields/"));
    expect(decisionFields.length).toBeGreaterThan(0);
    for (const [, text] of decisionFields) expect(text).not.toMatch(/Lookup|MasterDetail/);
  });
});

describe.each(MODELS.map((model) => ({ model, name: model.flows[1]?.object ?? "" })))("the additions for $name", ({ model }) => {
  it("stay within the lengths that Salesforce takes", () => {
    for (const { name, label, help } of fieldsOf(model)) {
      expect(name.replace(/__c$/, "").length, name).toBeLessThanOrEqual(40);
      expect(label.length, name).toBeLessThanOrEqual(40);
      expect(help.length, name).toBeLessThanOrEqual(255);
    }
    for (const { formula, message, name } of model.objects.flatMap(({ rules }) => rules)) {
      expect(formula.length, name).toBeLessThanOrEqual(5000);
      expect(message.length, name).toBeLessThanOrEqual(255);
    }
  });

  it("give every field of theirs to the integration user, and no required one", () => {
    const own = model.objects.flatMap(({ name, fields }) => fields.map((field) => `${name}.${field.name}`));
    expect(model.permissionSet.fields).toEqual(expect.arrayContaining(own));
    const required = /\.(?:Name|FirstName|LastName|PartyId|PrivacyConsentStatus|AuthorizationFormId|OwnerId|Mailing(?!Address)\w+)$/;
    expect(model.permissionSet.fields.filter((field) => required.test(field))).toEqual([]);
  });

  it("go into a package whose manifest names every component, and no standard object", () => {
    const components = listComponents(model);
    const files = toMetadataFiles(components);
    const manifest = files.get("package.xml") ?? "";
    for (const { fullName } of components) expect(manifest).toContain(`<members>${fullName}</members>`);
    expect(manifest).not.toContain("<members>Contact</members>");
    expect([...files.keys()]).toContain("objects/ContactPointTypeConsent.object");
  });

  it("date what people change in every field that is stored, and every flag", () => {
    const flow = model.flows.find(({ object }) => object === "Contact" || object === "Account");
    const watched = flow?.stamps.map(({ conditions }) => conditions[0]?.field) ?? [];
    const isContact = flow?.object === "Contact";
    const expected = ["Email", "MobilePhone", "MailingCountry", "HasOptedOutOfEmail", "DoNotCall"].map((field) => (isContact ? field : `Person${field}`));
    expect(watched).toEqual(expect.arrayContaining(["FirstName", "LastName", ...expected]));
  });
});

describe("a metadata file", () => {
  it("escapes whatever a text holds", () => {
    const xml = renderXml(element("Flow", [element("expression", `a < b && c > "d" 'e'`)]));
    expect(xml).toContain("<expression>a &lt; b &amp;&amp; c &gt; &quot;d&quot; &apos;e&apos;</expression>");
  });
});
