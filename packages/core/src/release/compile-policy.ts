import { canonicalise } from "../evidence/canonicalise.ts";
import { sha256 } from "../evidence/sha256.ts";
import { toHexadecimal, toUtf8 } from "../support/bytes.ts";
import { findRefusingGround } from "./check-grounds.ts";
import { compileRule, type CompiledRule } from "./compile-rule.ts";
import { findMismatch, matchesAttribute } from "./match-rule.ts";
import { matchesRecipient, readRecipientPattern, toRecipientText, type Recipient } from "./recipient.ts";
import type { PolicySource, ReleasePolicy, RuleTrace } from "./release-policy.ts";
import type { ReleaseRule } from "./release-rule.ts";
import { listPartners, type ReleaseWorld } from "./release-world.ts";
import { FALSE, TRUE, UNKNOWN } from "./tri-state.ts";
import { weighRules, type RuleCell, type RuleOutcomes } from "./weigh-rules.ts";

/** Cells that are kept: a till's name may be anything, and must not fill the memory. */
const MOST_CELLS = 20_000;

interface Compiled {
  readonly source: ReleaseRule;
  readonly rule: CompiledRule;
  readonly outcomes: RuleOutcomes;
}

/** Compiles a policy that was checked; see `checkPolicy`. */
export function compilePolicy(request: { source: PolicySource; world: ReleaseWorld }): ReleasePolicy {
  const { source, world } = request;
  const hash = toHexadecimal(sha256(toUtf8(canonicalise(source))));
  const compiled = source.rules.map((rule): Compiled => ({ source: rule, rule: compileRule({ rule, world }), outcomes: describeOutcomes(rule) }));
  const cellOf = rememberCells({ compiled, world });
  const judge: ReleasePolicy["judge"] = ({ purpose, attribute, recipient, facts }) =>
    weighRules({ cell: cellOf({ purpose, attribute, recipient }), facts, purpose });
  return {
    hash,
    source,
    world,
    judge,
    answer: (question) => {
      const verdict = judge(question);
      const ground = findRefusingGround({ ...question, world, declarations: source.recipients });
      if (ground === null) return { ...verdict, policyHash: hash };
      return { effect: "deny", mask: null, reasons: [ground], ruleIds: [], policyHash: hash, trace: verdict.trace };
    },
    concernsDestination: (id) => {
      const recipient: Recipient = { kind: "destination", id };
      return source.rules.some((rule) => (rule.effect !== "release" ? reaches({ rule, recipient }) : names({ rule, recipient })));
    },
    knows: (recipient) => knows({ recipient, source, world }),
  };
}

function describeOutcomes({ id: ruleId, effect }: ReleaseRule): RuleOutcomes {
  return {
    matched: { ruleId, effect, outcome: "matched", by: null },
    notMatched: { ruleId, effect, outcome: "notMatched", by: "person" },
    unknown: { ruleId, effect, outcome: "unknown", by: "person" },
  };
}

type CellQuestion = { readonly purpose: string; readonly attribute: string; readonly recipient: Recipient };

function rememberCells(request: { compiled: readonly Compiled[]; world: ReleaseWorld }): (question: CellQuestion) => RuleCell {
  const cells = new Map<string, RuleCell>();
  return (question) => {
    const { purpose, attribute, recipient } = question;
    const key = `${purpose}\u0000${attribute}\u0000${recipient.kind}\u0000${recipient.id}`;
    const known = cells.get(key);
    if (known !== undefined) return known;
    const cell = makeCell({ ...request, question });
    if (cells.size >= MOST_CELLS) cells.clear();
    cells.set(key, cell);
    return cell;
  };
}

function makeCell(request: { compiled: readonly Compiled[]; world: ReleaseWorld; question: CellQuestion }): RuleCell {
  const { compiled, world, question } = request;
  const trace: RuleTrace[] = [];
  const candidates: RuleCell["candidates"][number][] = [];
  for (const [position, { source, rule, outcomes }] of compiled.entries()) {
    const by = findMismatch({ rule: source, ...question, world });
    trace.push(by === null ? outcomes.matched : { ...outcomes.notMatched, by });
    if (by !== null) continue;
    const isCertain = matchesAttribute({ rule: source, attribute: question.attribute, world }) === TRUE;
    candidates.push({ position, rule: isCertain ? rule : toUncertain(rule), outcomes });
  }
  const { recipient } = question;
  const isOpen = recipient.kind === "destination" && !compiled.some(({ source }) => source.effect === "release" && names({ rule: source, recipient }));
  return { trace, candidates, isOpen };
}

/** A rule of which nobody knows whether it means the attribute: it gives nothing, and takes away. */
function toUncertain(rule: CompiledRule): CompiledRule {
  const { permits, caps } = rule;
  return {
    ...rule,
    permits: (person) => (permits(person) === FALSE ? FALSE : UNKNOWN),
    caps: (person) => (caps(person) === FALSE ? FALSE : UNKNOWN),
  };
}

/** Whether the rule may bear on the recipient. */
function reaches(request: { rule: ReleaseRule; recipient: Recipient }): boolean {
  const patterns = request.rule.match?.recipients;
  return patterns === undefined || matchesRecipient({ patterns, recipient: request.recipient });
}

/**
 * Whether the rule names the recipient or its kind. A destination that a release rule names is given nothing but what
 * rules release; any other keeps what minimisation leaves, less what rules take away.
 */
function names({ rule, recipient }: { rule: ReleaseRule; recipient: Recipient }): boolean {
  const patterns = rule.match?.recipients;
  return patterns !== undefined && matchesRecipient({ patterns, recipient });
}

function knows(request: { recipient: Recipient; source: PolicySource; world: ReleaseWorld }): boolean {
  const { recipient, source, world } = request;
  if (recipient.kind === "destination") return world.destinations.has(recipient.id);
  if (recipient.kind === "partner") return listPartners(world).includes(recipient.id);
  const named = source.rules.flatMap((rule) => rule.match?.recipients ?? []);
  return [...named, ...Object.keys(source.recipients)].some((text) => {
    const pattern = readRecipientPattern(text);
    return pattern?.kind === "till" && (pattern.id === null || text === toRecipientText(recipient));
  });
}
