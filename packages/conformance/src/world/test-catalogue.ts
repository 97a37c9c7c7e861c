import {
  canonicalise,
  toHexadecimal,
  toUtf8,
  type Catalogue,
  type CryptoPort,
  type Notice,
  type Purpose,
} from "@volenti/core/adapter";

const PURPOSES: readonly Purpose[] = [
  toPurpose({ key: "loyalty", basis: "contract", mechanism: "noticeOnly", channels: [] }),
  toPurpose({ key: "marketing.email", basis: "consent", mechanism: "optIn", channels: ["email"] }),
  toPurpose({ key: "marketing.every", basis: "consent", mechanism: "optIn", channels: ["email", "post", "sms"] }),
  toPurpose({ key: "marketing.sms", basis: "consent", mechanism: "optIn", channels: ["sms"] }),
  toPurpose({ key: "profiling", basis: "consent", mechanism: "optIn", channels: [] }),
];

export const TEST_NOTICE: Notice = {
  id: "signup",
  version: "3",
  locale: "fr-FR",
  firstLayer: "Nous écrivons seulement à qui le veut.",
  text: "Un texte d’essai : 同意, согласие, موافقة.",
  policyUrl: "https://example.com/privacy",
  purposes: PURPOSES.map(({ key }) => key),
  standalone: true,
};

/** The purposes and notices that the kit's decisions name. Connectors are attached with them, and may provision them. */
export async function createTestCatalogue(crypto: CryptoPort): Promise<Catalogue> {
  const digests = await crypto.sha256([...PURPOSES, TEST_NOTICE].map((entry) => toUtf8(canonicalise(entry))));
  const texts = digests.map(toHexadecimal);
  return {
    purposes: PURPOSES.map((purpose, index) => ({ ...purpose, sha256: texts[index] ?? "", current: true })),
    notices: [{ ...TEST_NOTICE, sha256: texts.at(-1) ?? "" }],
  };
}

function toPurpose(request: Pick<Purpose, "key" | "basis" | "mechanism" | "channels">): Purpose {
  return {
    ...request,
    version: "1",
    label: { en: `The purpose ${request.key}` },
    attributes: ["*"],
    recipients: ["ad-partner", "analytics-partner"],
    covers: [],
    demands: {},
  };
}
