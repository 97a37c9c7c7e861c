import { describe, expect, it } from "vitest";
import type { VolentiConfiguration } from "@volenti/core";
import { findRegimeFindings, noticeAsMarkdown, NOTICE_LANGUAGES, type InformationNotice, type InformationRequest, type RegimeFinding } from "@volenti/governance";
import { regimeRules, residencyRules } from "@volenti/jurisdictions";
import { openShop } from "./support/open-shop.ts";

type Configuration = Partial<VolentiConfiguration>;
type Purposes = VolentiConfiguration["purposes"];

const inAll = (text: string): Record<string, string> => Object.fromEntries(NOTICE_LANGUAGES.map((language) => [language, `${text} ${language}`]));

const loyalty = { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", kind: "loyalty", attributes: ["givenName", "email"], label: inAll("Loyalty"), retention: "P3Y" } as const;
const news = { key: "news", version: "1", basis: "consent", mechanism: "optIn", kind: "directMarketing", channels: ["email", "phone"], attributes: ["email"], label: inAll("News"), validity: "P2Y" } as const;
const sale = { key: "sale", version: "1", basis: "legitimateInterests", mechanism: "optOut", kind: "sale", attributes: ["email"], recipients: ["ad-partner"], label: inAll("Sale"), retention: "P1Y6M" } as const;
const PURPOSES: Purposes = [loyalty, news, sale];

const CONTROLLER = {
  id: "maison-exemple",
  name: "Maison Exemple",
  country: "FR",
  contact: "privacy@example.com",
  privacyPolicyUrl: "https://example.com/privacy",
  dataProtectionOfficer: { contact: "dpo@example.com" },
  supervisoryAuthority: "CNIL",
} as const;

const COMPLETE: Configuration = {
  controller: CONTROLLER,
  information: {
    recipients: { "ad-partner": inAll("Ads Ltd"), crm: inAll("Our CRM provider") },
    legitimateInterests: { sale: inAll("to finance the shop") },
    automatedDecisions: "none",
  },
  release: { rules: [], recipients: { "ad-partner": { region: "US", transferMechanism: "standardContractualClauses" } } },
};

/** The same for a brand that passes nothing on. */
const WITHOUT_PARTNERS: Configuration = { controller: CONTROLLER, information: { recipients: {}, automatedDecisions: "none" } };

const completeFor = (purposes: Purposes): Configuration => (purposes.some(({ key }) => key === "sale") ? COMPLETE : WITHOUT_PARTNERS);

function render(request: Partial<InformationRequest> & { purposes?: Purposes; configuration?: Configuration } = {}): InformationNotice {
  const { purposes = PURPOSES, configuration = {}, ...rest } = request;
  return openShop({ purposes, configuration: { ...completeFor(purposes), ...configuration } }).governance.notice({ locale: "en", ...rest });
}

const gapsOf = (notice: InformationNotice): string[] => notice.gaps.map(({ provision, item, missing }) => `${provision} ${item} ${missing}`);

describe("an information notice", () => {
  it.each(NOTICE_LANGUAGES.map((language) => [language]))("in %s says every item of article 13 that concerns the brand", (locale) => {
    const notice = render({ locale });
    expect(notice.gaps).toEqual([]);
    expect(notice.laws).toEqual(["GDPR"]);
    expect(notice.sections.map(({ item }) => item)).toEqual([
      "controllerIdentity", "dataProtectionOfficer", "purposesAndBases", "legitimateInterests", "recipients", "transfers", "retention",
      "rights", "withdrawal", "complaint", "obligation", "automatedDecisions",
    ]);
    const text = JSON.stringify(notice.sections);
    for (const said of ["Maison Exemple", "dpo@example.com", "CNIL", `to finance the shop ${locale}`, `Ads Ltd ${locale}`, `News ${locale}`]) expect(text).toContain(said);
    expect(text).not.toMatch(/\{\w+\}/);
    expect(text).not.toContain("undefined");
  });

  it.each<[string, Parameters<typeof render>[0], string[]]>([
    ["an officer of whom nobody says anything", { configuration: { controller: { ...CONTROLLER, dataProtectionOfficer: undefined } } }, ["art13-1-b dataProtectionOfficer controller.dataProtectionOfficer"]],
    ["no officer where none is needed", { configuration: { controller: { ...CONTROLLER, dataProtectionOfficer: "none" } } }, []],
    ["the representative of a controller elsewhere", { country: "FR", configuration: { controller: { ...CONTROLLER, country: "US" } } }, ["art13-1-a representative controller.representative"]],
    ["a purpose without words in the language", { purposes: [{ ...loyalty, label: { fr: "Fidélité" } }] }, ["art13-1-c purposesAndBases purposes.loyalty.label.en"]],
    ["an interest that nobody tells", { configuration: { information: { ...COMPLETE.information, legitimateInterests: {} } } }, ["art13-1-d legitimateInterests information.legitimateInterests.sale.en"]],
    ["a recipient without words", { configuration: { information: { ...COMPLETE.information, recipients: {} } } }, ["art13-1-e recipients information.recipients.ad-partner.en"]],
    ["recipients of whom nobody says whether there are any", { purposes: [loyalty], configuration: { information: { automatedDecisions: "none" } } }, ["art13-1-e recipients information.recipients"]],
    ["a recipient nobody knows where", { configuration: { release: { rules: [] } } }, ["art13-1-f transfers release.recipients.ad-partner"]],
    ["a transfer without its mechanism", { configuration: { release: { rules: [], recipients: { "ad-partner": { region: "US" } } } } }, ["art13-1-f transfers release.recipients.ad-partner.transferMechanism"]],
    ["a mechanism without words", { configuration: { release: { rules: [], recipients: { "ad-partner": { region: "US", transferMechanism: "handshake" } } } } }, ["art13-1-f transfers information.transferMechanisms.handshake.en"]],
    ["an end that nobody names", { purposes: [{ ...loyalty, retention: undefined }] }, ["art13-2-a retention purposes.loyalty.retention"]],
    ["decisions by machine of which nobody says anything", { configuration: { information: { ...COMPLETE.information, automatedDecisions: undefined } } }, ["art13-2-f automatedDecisions information.automatedDecisions"]],
    ["decisions by machine that are not told in the language", { configuration: { information: { ...COMPLETE.information, automatedDecisions: { fr: "…" } } } }, ["art13-2-f automatedDecisions information.automatedDecisions.en"]],
  ])("names as its gap: %s", (_name, request, expected) => {
    expect(gapsOf(render(request))).toEqual(expected);
  });

  it("is not guessed in a language that nobody wrote", () => {
    const notice = render({ locale: "pl" });
    expect(notice.sections).toEqual([]);
    expect(notice.gaps).toHaveLength(13);
    expect(new Set(notice.gaps.map(({ missing }) => missing))).toEqual(new Set(["phrases"]));
  });

  it("takes the words of the exact locale before those of its language", () => {
    const purposes = [{ ...loyalty, label: { fr: "Fidélité", "fr-CH": "Fidélité suisse" } }];
    expect(JSON.stringify(render({ locale: "fr-CH", purposes }).sections)).toContain("Fidélité suisse");
    expect(JSON.stringify(render({ locale: "fr-BE", purposes }).sections)).toContain("Fidélité.");
  });

  it("says in the first layer who, what for and where to read more", () => {
    const notice = render({ layer: "first", locale: "fr" });
    expect(notice.sections.map(({ item }) => item)).toEqual(["controllerIdentity", "purposesAndBases", "rights", "withdrawal"]);
    expect(notice.sections.at(-1)?.closing.at(-1)).toContain("https://example.com/privacy");
  });

  it("says how long: in the country's period, and the proof of a yes to calls in Germany", () => {
    const retention = (country: string): readonly string[] =>
      render({ country, locale: "en", purposes: [{ ...loyalty, retentionIn: { DE: "P2Y" } }, news] }).sections.find(({ item }) => item === "retention")?.list ?? [];
    expect(retention("FR")).toEqual(["Loyalty en: 3 years after your latest contact with us for it", "News en: until you withdraw your consent, and for 2 years after you gave it at most"]);
    expect(retention("DE")[0]).toContain("2 years");
    expect(retention("DE")[2]).toContain("the proof of your consent for 5 years");
  });

  it("is that of the place: what China and California ask", () => {
    expect(render({ country: "CN" }).laws).toEqual(["PIPL"]);
    const california = render({ country: "US-CA" });
    expect(california.laws).toEqual(["CCPA/CPRA"]);
    expect(california.sections.find(({ item }) => item === "optOutOfSale")?.introduction[0]).toContain("Sale en");
    expect(gapsOf(render({ country: "US-CA", purposes: [{ ...sale, kind: undefined }] }))).toEqual(["ccpa-100-a-1 optOutOfSale purposes.sale.kind"]);
    expect(render({ country: "IR" }).laws).toEqual(["GDPR"]);
  });

  it("opens nothing as Markdown with what the configuration says", () => {
    const text = noticeAsMarkdown(render({ purposes: [{ ...loyalty, label: { en: "a\n# b <script> [x](y)" } }] }));
    expect(text).toContain("- a \\# b \\<script\\> \\[x\\]\\(y\\)");
    expect(text.match(/^# /gm)).toHaveLength(1);
  });

  it("is refused for what is no locale or no country", () => {
    expect(() => render({ locale: "<p>" })).toThrow(expect.objectContaining({ code: "invalidInput", fieldNames: ["locale"] }));
    expect(() => render({ country: "France" })).toThrow(expect.objectContaining({ fieldNames: ["country"] }));
  });

  it("is the same notice by digest whatever is told of the controller beside it", () => {
    const shaOf = (configuration: Configuration): unknown => openShop({ purposes: PURPOSES, configuration }).volenti.catalogue.notices.map(({ sha256 }) => sha256);
    expect(shaOf(COMPLETE)).toEqual(shaOf({}));
  });
});

function findings(request: { purposes?: Purposes; configuration?: Configuration; countries?: readonly string[] } = {}): readonly RegimeFinding[] {
  const { purposes = PURPOSES, configuration = {}, countries = ["FR"] } = request;
  const { volenti } = openShop({ purposes, routes: [{ countries, to: ["ledger", "crm"] }], configuration: { ...completeFor(purposes), ...configuration } });
  return findRegimeFindings(volenti);
}

const told = (list: readonly RegimeFinding[]): string[] => list.map(({ code, subject, detail, law, places }) => [code, subject, detail, law, places.join("+")].filter(Boolean).join(" "));
const aged = { demands: { "*": { guardianBelow: 18, doubleOptIn: true } } };
const bundled: Configuration["notices"] = [{ id: "signup", version: "3", locale: "fr-FR", purposes: ["news"], firstLayer: "F", text: "T", policyUrl: "https://example.com" }];

describe("what the regimes find missing", () => {
  it.each<[string, Parameters<typeof findings>[0], string[]]>([
    ["is nothing where everything is there", { purposes: [loyalty, { ...news, ...aged }] }, []],
    ["is a yes where the law wants one", { purposes: [{ ...news, basis: "legitimateInterests", mechanism: "optOut", retention: "P1Y" }], configuration: { information: { recipients: {}, automatedDecisions: "none", legitimateInterests: { news: inAll("x") } } } }, ["mechanismTooWeak purposes.news optIn ePrivacy Directive EU"]],
    ["is the possibility of a no where a purpose only informs", { purposes: [{ ...loyalty, kind: "profiling" }] }, ["mechanismTooWeak purposes.loyalty optOut GDPR EU"]],
    ["is a double opt-in in Germany", { purposes: [{ ...news, demands: { "*": { guardianBelow: 18 } } }], countries: ["DE"] }, ["demandNotMade purposes.news doubleOptIn UWG DE"]],
    ["is a guardian by each age", { purposes: [news], countries: ["FR", "GR", "ES"] }, ["demandNotMade purposes.news guardianBelow 14 GDPR ES", "demandNotMade purposes.news guardianBelow 15 GDPR FR+GR"]],
    ["is nothing that the purpose demands of the whole area, or of each country", { purposes: [{ ...news, demands: { EU: { guardianBelow: 15 }, DE: { doubleOptIn: true, guardianBelow: 16 } } }], countries: ["FR", "DE"], configuration: { residency: { rules: residencyRules } } }, []],
    ["is what one country of several lacks", { purposes: [{ ...news, demands: { FR: { guardianBelow: 15 } } }], countries: ["FR", "GR"] }, ["demandNotMade purposes.news guardianBelow 15 GDPR GR"]],
    ["is a basis that China does not know", { purposes: [{ ...sale, mechanism: "optIn" }], countries: ["CN"] }, ["demandNotMade purposes.sale explicit PIPL CN", "demandNotMade purposes.sale separate PIPL CN", "basisUnknown purposes.sale legitimateInterests PIPL CN", "demandNotMade purposes.sale guardianBelow 14 PIPL CN", "noticeItemMissing destinations.ledger.transferMechanism pipl39 transfers PIPL CN", "noticeItemMissing destinations.crm.transferMechanism pipl39 transfers PIPL CN"]],
    ["is what a purpose is for", { purposes: [{ ...loyalty, kind: undefined }] }, ["purposeKindUnknown purposes.loyalty.kind"]],
    ["is a notice about a purpose", { purposes: [loyalty, { ...news, ...aged }], configuration: { notices: [{ ...bundled[0]!, standalone: true }] } }, ["purposeWithoutNotice purposes.loyalty"]],
    ["is a notice apart from other matters", { purposes: [{ ...news, ...aged }], configuration: { notices: bundled } }, ["noticeNotStandalone notices.signup@3 (fr-FR) standalone GDPR EU"]],
    ["is an item of the law", { purposes: [loyalty], configuration: { controller: { ...CONTROLLER, dataProtectionOfficer: undefined } } }, ["noticeItemMissing controller.dataProtectionOfficer art13-1-b dataProtectionOfficer GDPR EU"]],
    ["is nothing of a law of a place that no route serves", { purposes: [loyalty], countries: ["IR"] }, []],
  ])("%s", (_name, request, expected) => {
    expect(told(findings(request))).toEqual(expected);
  });

  it("is no demand that the configuration's regimes make by themselves, and no row that the brand reads otherwise", () => {
    const regimes = { rules: regimeRules, overrides: [{ row: "gdpr-objection", reason: "counsel", applies: false as const }] };
    expect(told(findings({ purposes: [{ ...loyalty, kind: "profiling" }, news], configuration: { regimes } }))).toEqual([]);
  });

  it("carries the source, the date and the weight of its row", () => {
    const [finding] = findings({ purposes: [{ ...loyalty, kind: "profiling" }] });
    expect(finding?.row).toMatchObject({ id: "gdpr-objection", source: "GDPR art. 21(1)-(3)", checkedAt: "2026-11", certainty: "B" });
  });
});
