import * as z from "zod";
import type { ConfigurationProblem } from "../error/configuration-error.ts";
import type { Catalogue } from "../model/catalogue.ts";
import { parseShape } from "../support/parse-shape.ts";
import { toProblems } from "../support/to-problems.ts";
import { locale } from "./configuration-schema.ts";
import type { VolentiConfiguration } from "./volenti-configuration.ts";

const localised = z.record(locale, z.string().min(1));
const byName = z.record(z.string(), localised);

const informationSchema = z.strictObject({
  recipients: byName.optional(),
  legitimateInterests: byName.optional(),
  attributes: byName.optional(),
  transferMechanisms: byName.optional(),
  automatedDecisions: z.union([z.literal("none"), localised]).optional(),
});

/** A text under a name that nothing has would never be shown, and nobody would notice. */
export function checkInformation(request: {
  configuration: Pick<VolentiConfiguration, "attributes" | "information">;
  catalogue: Catalogue;
}): readonly ConfigurationProblem[] {
  const { configuration: { attributes = {}, information }, catalogue } = request;
  if (information === undefined) return [];
  const parsed = parseShape({ schema: informationSchema, value: information });
  if (!parsed.success) return toProblems({ issues: parsed.error.issues, prefix: "information" });
  const keys = new Set(catalogue.purposes.map(({ key }) => key));
  const isKnownPurpose = Object.keys(parsed.data.legitimateInterests ?? {}).every((key) => keys.has(key));
  const isKnownAttribute = Object.keys(parsed.data.attributes ?? {}).every((name) => name in attributes);
  return [
    ...(isKnownPurpose ? [] : [{ path: "information.legitimateInterests", code: "unknownPurpose" }]),
    ...(isKnownAttribute ? [] : [{ path: "information.attributes", code: "unknownAttribute" }]),
  ];
}
