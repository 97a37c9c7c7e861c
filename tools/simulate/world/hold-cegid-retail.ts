import type { CegidRetailEmulator, DataRecord } from "@volenti/emulators";
import type { HeldSystem } from "./held-system.ts";

/** The user-defined text that holds each consent, and the one that holds the ref. */
export const CONSENT_TEXTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "marketing.email": { "*": 2, email: 3 },
  "marketing.sms": { "*": 4, sms: 5, whatsapp: 6 },
  profiling: { "*": 7 },
  sale: { "*": 8 },
};
export const REF_TEXT = 9;

/** The letters by which the texts name statuses (ARCHITECTURE.md, Cegid Retail), those that a run draws. */
const STATUSES: Readonly<Record<string, string>> = { g: "given", n: "renewed", c: "confirmed", r: "refused", w: "withdrawn", o: "objected", v: "revoked", t: "optedOut" };
const NO_NAME = "-";

/** The customers of a folder, as staff sees them. It keeps what stands last, and dates no attribute. */
export function holdCegidRetail(request: { id: string; emulator: CegidRetailEmulator }): HeldSystem {
  const { id, emulator } = request;
  const list = (): readonly DataRecord[] => emulator.customers.list().filter((record) => record["Closed"] !== true);
  return {
    id,
    keepsDecisions: false,
    profileOrder: "none",
    listDecisions: () => [],
    listStates: () =>
      list().flatMap((record) =>
        Object.entries(CONSENT_TEXTS).flatMap(([purpose, byChannel]) =>
          Object.entries(byChannel).flatMap(([channel, field]) => {
            const text = textOf({ record, field });
            return text === "" ? [] : [{ subjectRef: textOf({ record, field: REF_TEXT }), purpose, channel, ...readText(text) }];
          }),
        ),
      ),
    listPeople: () =>
      list().map((record) => ({
        subjectRef: textOf({ record, field: REF_TEXT }),
        attributes: {
          email: (record["EmailData"] as DataRecord | undefined)?.["Email"],
          givenName: record["FirstName"],
          ...(record["LastName"] === NO_NAME ? {} : { familyName: record["LastName"] }),
        },
      })),
  };
}

function textOf(request: { record: DataRecord; field: number }): string {
  const fields = (request.record["UserFields"] ?? []) as readonly DataRecord[];
  const text = fields.find((candidate) => candidate["Id"] === request.field)?.["TextValue"];
  return typeof text === "string" ? text : "";
}

function readText(text: string): { decisionId: string; status: string; effectiveAt: number } {
  const [instant = "", id = ""] = text.slice(1).split(".");
  const digits = Buffer.from(id, "base64url").toString("hex");
  const decisionId = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
  return { decisionId, status: STATUSES[text.charAt(0)] ?? text.charAt(0), effectiveAt: Number.parseInt(instant, 36) };
}
