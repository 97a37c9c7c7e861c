import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapRowError } from "../src/error/map-row-error.ts";
import { ruleMarkerOf } from "../src/error/rule-marker-of.ts";

const OPERATION = "intake.write";

describe("a refused row", () => {
  it.each([
    ["UNABLE_TO_LOCK_ROW", "unavailable"],
    ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "unavailable"],
    ["PROCESSING_HALTED", "unavailable"],
    ["DUPLICATE_VALUE", "unavailable"],
    ["REQUEST_LIMIT_EXCEEDED", "rateLimited"],
    ["DUPLICATES_DETECTED", "conflict"],
    ["DUPLICATE_EXTERNAL_ID", "conflict"],
    ["INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "forbidden"],
    ["INVALID_FIELD_FOR_INSERT_UPDATE", "invalidConfiguration"],
    ["STORAGE_LIMIT_EXCEEDED", "invalidConfiguration"],
    ["STRING_TOO_LONG", "rejectedByProvider"],
    ["FIELD_CUSTOM_VALIDATION_EXCEPTION", "rejectedByProvider"],
    ["INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "rejectedByProvider"],
    ["SOMETHING_NEW", "rejectedByProvider"],
  ])("with %s is %s, under either name of the code", (code, expected) => {
    for (const error of [{ statusCode: code }, { errorCode: code }]) {
      expect(mapRowError({ errors: [{ ...error, message: "x", fields: ["Email"] }], operation: OPERATION })).toMatchObject({
        code: expected,
        providerCode: code,
        operation: OPERATION,
        fieldNames: ["Email"],
      });
    }
  });

  it.each(["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "CANNOT_EXECUTE_FLOW_TRIGGER"])("whose %s hides a lock may come again", (statusCode) => {
    const hidden = { statusCode, message: "Consent: execution of AfterInsert caused by: System.DmlException: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access" };
    expect(mapRowError({ errors: [hidden], operation: OPERATION })).toMatchObject({ code: "unavailable", providerCode: "UNABLE_TO_LOCK_ROW" });
    expect(mapRowError({ errors: [{ statusCode, message: "a rule of the org's" }], operation: OPERATION }).retry).toEqual({ kind: "never" });
  });

  it("with several complaints is told by the one that another try does not mend", () => {
    const errors = [{ statusCode: "UNABLE_TO_LOCK_ROW" }, { statusCode: "STRING_TOO_LONG", fields: ["FirstName"] }];
    expect(mapRowError({ errors, operation: OPERATION })).toMatchObject({ code: "rejectedByProvider", providerCode: "STRING_TOO_LONG" });
  });

  it("without any complaint is refused all the same", () => {
    expect(mapRowError({ errors: [], operation: OPERATION })).toMatchObject({ code: "rejectedByProvider" });
  });

  it("never carries a text of Salesforce's, whatever it is", () => {
    const secret = fc.string({ minLength: 6, maxLength: 40 }).map((text) => `§${text}§`);
    fc.assert(
      fc.property(secret, secret, secret, (code, message, field) => {
        const error = mapRowError({ errors: [{ statusCode: code, message, fields: [field] }], operation: OPERATION });
        const told = [JSON.stringify(error), error.message, String(error.stack), JSON.stringify(error.cause ?? null)].join(" ");
        expect(told).not.toContain("§");
      }),
    );
  });
});

describe("the rule that refused a row", () => {
  const refusal = (message: string, statusCode = "FIELD_CUSTOM_VALIDATION_EXCEPTION") => [{ statusCode, message, fields: ["VolentiEffectiveAt__c"] }];

  it("is told by the beginning of its message", () => {
    expect(ruleMarkerOf(refusal("VOLENTI_SUPERSEDED: something newer stands."))).toBe("superseded");
    expect(ruleMarkerOf(refusal("VOLENTI_IMMUTABLE"))).toBe("immutable");
    expect(ruleMarkerOf(refusal("VOLENTI_REAL_PERSON a real person"))).toBe("realPerson");
  });

  it("is none of ours where the mark stands elsewhere, is another word, or another code carries it", () => {
    expect(ruleMarkerOf(refusal("see VOLENTI_SUPERSEDED"))).toBeNull();
    expect(ruleMarkerOf(refusal("VOLENTI_SUPERSEDED_TOO"))).toBeNull();
    expect(ruleMarkerOf(refusal("VOLENTI_SUPERSEDED", "STRING_TOO_LONG"))).toBeNull();
    expect(ruleMarkerOf([])).toBeNull();
  });
});
