import type { DescribedCommand } from "../list-commands.ts";
import type { Rule } from "../rule.ts";
import type { Violation } from "../violation.ts";

const PAGE = "docs/guides/command-line.md";
/** Described once on the page, for every command that takes them. */
const EVERYWHERE = /^--(?:json|config)$/;
const FLAG = /--[a-z][a-zA-Z-]*|--KIND/g;
const PERSON = /^--(into-|from-)?(?:email|phone|loyalty-id|token|external-id|KIND)$/;

interface Section {
  /** Of its heading, from 1. */
  readonly line: number;
  readonly heading: string;
  /** The heading's own first. */
  readonly lines: readonly string[];
}

/** The page of the command line has every command and every option of the program, and none that the program lacks. */
export function commandPage(request: { listCommands: () => readonly DescribedCommand[] }): Rule {
  return {
    name: "command-page",
    check(repository) {
      if (!repository.files.includes(PAGE)) return [{ path: PAGE, message: "the page of the command line is not there" }];
      const commands = request.listCommands();
      const sections = listSections(repository.read(PAGE)).filter(({ heading }) => heading.startsWith("volenti "));
      const described = sections.flatMap((section) => namesIn(section.heading));
      const missing = commands
        .filter(({ name }) => !described.includes(name))
        .map(({ name }) => ({ path: PAGE, message: `no heading "## volenti ${name}"` }));
      return [...missing, ...sections.flatMap((section) => checkSection({ section, commands }))];
    },
  };
}

function checkSection(request: { section: Section; commands: readonly DescribedCommand[] }): readonly Violation[] {
  const { section, commands } = request;
  const names = namesIn(section.heading);
  const own = commands.filter(({ name }) => names.includes(name));
  const at = (line: number, message: string): Violation => ({ path: PAGE, line, message });
  const unknown = names.filter((name) => !commands.some((command) => command.name === name));
  const told = new Set(section.lines.join("\n").match(FLAG));
  const untold = own.flatMap(({ name, options }) =>
    options.filter((option) => !told.has(option) && !EVERYWHERE.test(option) && !isPerson({ option, section })).map((option) => `${name} ${option}`),
  );
  return [
    ...unknown.map((name) => at(section.line, `the program has no command ${name}`)),
    ...untold.map((text) => at(section.line, `${text} is not described`)),
    ...section.lines.flatMap((text, index) =>
      listUses({ text, own, commands }).map((use) => at(section.line + index, `${use} is no option of that command`)),
    ),
  ];
}

/** The options in a line's code that their command lacks: the one that `volenti` names before them, else one of the section's. */
function listUses(request: { text: string; own: readonly DescribedCommand[]; commands: readonly DescribedCommand[] }): readonly string[] {
  const { text, own, commands } = request;
  const spans = text.includes("`") ? [...text.matchAll(/`([^`]*)`/g)].map(([, span = ""]) => span) : [text];
  return spans.flatMap((span) => span.split(/\|\|?|;|&&/)).filter((span) => !isOtherProgram(span)).flatMap((span) => {
    const named = /\bvolenti ([a-z]+)/.exec(span)?.[1];
    const [first] = span.split(" ");
    const allowed = commands.filter(({ name }) => (named === undefined ? name === first : name === named));
    const options = new Set([...allowed, ...(named === undefined ? own : [])].flatMap((command) => command.options));
    return (span.match(FLAG) ?? []).filter((flag) => !options.has(flag) && PERSON.exec(flag)?.[0].endsWith("KIND") !== true);
  });
}

/** A line of a shell block that starts something else. */
function isOtherProgram(span: string): boolean {
  return /^\s*(?:npm|npx vitest|psql|pg_dump|sf|node) /.test(span);
}

/** `--KIND` in a section stands for the options that name a person, `--into-KIND` for those that name one of two. */
function isPerson(request: { option: string; section: Section }): boolean {
  const person = PERSON.exec(request.option);
  return person !== null && request.section.lines.some((line) => line.includes(`--${person[1] ?? ""}KIND`));
}

/** `volenti rectify, restrict --KIND` names both; `volenti erase --test, volenti erase --replay` names one. */
function namesIn(heading: string): readonly string[] {
  const names = heading.split(/,\s*/).flatMap((part) => /^(?:volenti )?([a-z]+)/.exec(part)?.[1] ?? []);
  return [...new Set(names)];
}

function listSections(text: string): readonly Section[] {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, index) => (line.startsWith("## ") ? [index] : []));
  return starts.map((start, index) => ({
    line: start + 1,
    heading: (lines[start] ?? "").slice(3),
    lines: lines.slice(start, starts[index + 1] ?? lines.length),
  }));
}
