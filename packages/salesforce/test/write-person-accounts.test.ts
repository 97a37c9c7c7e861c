import { expect, test } from "vitest";
import { NEWS, openBrand, submissionOf } from "./support/open-brand.ts";

const email = "ines@example.com";

test.each([true, false])("a refusal of somebody without a person account makes none, and flags the one that comes later (record type named: %s)", async (isNamed) => {
  const profileObject = "PersonAccount";
  const brand = await openBrand({ org: { personAccounts: true }, options: { profileObject } });
  const recordTypeId = String(brand.rows("RecordType").find((row) => row["IsPersonType"] === true)?.["Id"]);
  const volenti = isNamed ? brand.open({ profileObject, recordTypeId }) : brand.volenti;
  const refusal = await volenti.collect(submissionOf({ email, profile: null, decisions: [{ ...NEWS, status: "refused" }] }));
  expect(refusal.destinations).toMatchObject([{ outcome: "applied" }]);
  expect(brand.rows("Account")).toEqual([]);
  const profile = await volenti.collect(submissionOf({ email, at: -50_000 }));
  expect(profile.destinations).toMatchObject([{ outcome: "applied" }]);
  expect(brand.rows("Account")).toMatchObject([{ PersonEmail: email, PersonHasOptedOutOfEmail: true }]);
});
