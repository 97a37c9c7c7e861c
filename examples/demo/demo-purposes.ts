import type { PurposeConfiguration } from "@volenti/core";

/** What the demonstration's brand asks people for. */
export const demoPurposes: readonly PurposeConfiguration[] = [
  {
    key: "loyalty",
    version: "1",
    basis: "contract",
    mechanism: "noticeOnly",
    attributes: ["givenName", "familyName", "email", "locale"],
    label: { en: "Run your loyalty account", fr: "Gérer votre compte fidélité" },
    retention: "P3Y",
  },
  {
    key: "marketing.email",
    version: "1",
    basis: "consent",
    mechanism: "optIn",
    channels: ["email"],
    attributes: ["email", "givenName"],
    label: { en: "News by e-mail", fr: "Nos actualités par e-mail" },
    retention: "P3Y",
    validity: "P2Y",
  },
  {
    key: "marketing.sms",
    version: "1",
    basis: "consent",
    mechanism: "optIn",
    channels: ["sms"],
    attributes: ["phoneNumber"],
    label: { en: "News by SMS", fr: "Nos actualités par SMS" },
  },
  {
    key: "sale",
    version: "1",
    basis: "legitimateInterests",
    mechanism: "optOut",
    attributes: ["email"],
    recipients: ["ad-partner"],
    label: { en: "Sale or sharing (do not sell my personal information)" },
  },
  {
    key: "profiling",
    version: "1",
    basis: "consent",
    mechanism: "optIn",
    attributes: ["birthdate", "address.*"],
    recipients: ["analytics-partner"],
    label: { en: "Personal offers", fr: "Offres personnelles" },
  },
];
