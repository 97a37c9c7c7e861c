import { canonicalise } from "../evidence/canonicalise.ts";
import { sha256 } from "../evidence/sha256.ts";
import type { ConfigurationProblem } from "../error/configuration-error.ts";
import type { Catalogue, CataloguedNotice, CataloguedPurpose } from "../model/catalogue.ts";
import { toHexadecimal, toUtf8 } from "../support/bytes.ts";
import { parseShape } from "../support/parse-shape.ts";
import { toProblems } from "../support/to-problems.ts";
import { noticeSchema, purposeSchema } from "./configuration-schema.ts";
import type { VolentiConfiguration } from "./volenti-configuration.ts";

/** Checks the purposes and notices of a configuration, and gives each version its digest. */
export function resolveCatalogue(
  configuration: Pick<VolentiConfiguration, "purposes" | "notices">,
): { catalogue: Catalogue; problems: readonly ConfigurationProblem[] } {
  const problems: ConfigurationProblem[] = [];
  const purposes = resolvePurposes({ configuration, problems });
  const notices = resolveNotices({ configuration, problems });
  return { catalogue: { purposes, notices }, problems };
}

function resolvePurposes(request: {
  configuration: Pick<VolentiConfiguration, "purposes">;
  problems: ConfigurationProblem[];
}): CataloguedPurpose[] {
  const { configuration, problems } = request;
  const seen = new Set<string>();
  const versions: Omit<CataloguedPurpose, "current">[] = [];
  for (const [index, candidate] of configuration.purposes.entries()) {
    const path = `purposes[${index}]`;
    const parsed = parseShape({ schema: purposeSchema, value: candidate });
    if (!parsed.success) {
      problems.push(...toProblems({ issues: parsed.error.issues, prefix: path }));
      continue;
    }
    const purpose = parsed.data;
    const name = `${purpose.key}@${purpose.version}`;
    if (seen.has(name)) problems.push({ path, code: "duplicateVersion" });
    if (purpose.basis === "consent" && purpose.mechanism !== "optIn") {
      problems.push({ path: `${path}.mechanism`, code: "consentRequiresOptIn" });
    }
    seen.add(name);
    const { kind: _, ...meaning } = purpose;
    versions.push({ ...purpose, sha256: digest(meaning) });
  }
  const last = new Map(versions.map((purpose) => [purpose.key, purpose]));
  return versions.map((purpose) => ({ ...purpose, current: last.get(purpose.key) === purpose }));
}

function resolveNotices(request: {
  configuration: Pick<VolentiConfiguration, "purposes" | "notices">;
  problems: ConfigurationProblem[];
}): CataloguedNotice[] {
  const { configuration, problems } = request;
  // A purpose that is wrong itself is named once, not again by every notice.
  const known = new Set(configuration.purposes.flatMap(namesOf));
  const seen = new Set<string>();
  const notices: CataloguedNotice[] = [];
  for (const [index, candidate] of configuration.notices.entries()) {
    const path = `notices[${index}]`;
    const parsed = parseShape({ schema: noticeSchema, value: candidate });
    if (!parsed.success) {
      problems.push(...toProblems({ issues: parsed.error.issues, prefix: path }));
      continue;
    }
    const { file, text, ...rest } = parsed.data;
    if (text === undefined) {
      problems.push({ path: `${path}.text`, code: file === undefined ? "required" : "noticeFileNotRead" });
      continue;
    }
    const name = `${rest.id}@${rest.version}@${rest.locale}`;
    if (seen.has(name)) problems.push({ path, code: "duplicateVersion" });
    seen.add(name);
    for (const [position, purpose] of rest.purposes.entries()) {
      if (!known.has(purpose)) problems.push({ path: `${path}.purposes[${position}]`, code: "unknownPurpose" });
    }
    const notice = { ...rest, text };
    notices.push({ ...notice, sha256: digest(notice) });
  }
  return notices;
}

/** Of what is called a purpose, whatever it is. */
function namesOf(candidate: unknown): readonly string[] {
  const { key, version } = Object(candidate) as { key?: unknown; version?: unknown };
  if (typeof key !== "string") return [];
  return typeof version === "string" ? [key, `${key}@${version}`] : [key];
}

function digest(value: object): string {
  // Optional members that are absent may stand as undefined, which RFC 8785 does not know.
  const plain = Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
  return toHexadecimal(sha256(toUtf8(canonicalise(plain))));
}
