import { listCommandTexts, type CommandText } from "../list-command-texts.ts";
import type { DescribedCommand } from "../list-commands.ts";
import type { Rule } from "../rule.ts";
import type { Violation } from "../violation.ts";

const PAGE = "docs/guides/command-line.md";
/** Described once on the page, for every command that takes them. */
const EVERYWHERE = /^--(?:json|config)$/;
const FLAG = /--[a-z][a-zA-Z-]*|--KIND/g;
const PERSON = /^--(into-|from-)?(?:email|phone|loyalty-id|token|external-id|KIND)$/;

type Found = Required<Pick<Violation, "line" | "message">>;

interface Section {
  /** Of its heading, from 1. */
  readonly line: number;
  readonly heading: string;
  /** The heading's own first. */
  readonly lines: readonly string[];
}

/** The page of the command line has every command and every option of the program; no page has one that the program lacks. */
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
      const others = repository.files.filter((path) => path.endsWith(".md") && path !== PAGE && !/(?:^|\/)CHANGELOG\.md$/.test(path));
      return [
        ...missing,
        ...sections.flatMap((section) => checkSection({ section, commands })),
        ...others.flatMap((path) => checkOtherPage({ path, text: repository.read(path), commands })),
      ];
    },
  };
}

function checkSection(request: { section: Section; commands: readonly DescribedCommand[] }): readonly Violation[] {
  const { section, commands } = request;
  const names = namesIn(section.heading);
  const own = commands.filter(({ name }) => names.includes(name));
  const at = (line: number, message: string): Violation => ({ path: PAGE, line, message });
  const unknown = names.filter((name) => !commands.some((command) => command.name === name));
  // A heading is typed as it stands, and may name several commands.
  const texts = [{ line: 1, text: section.heading.replaceAll("volenti ", "") }, ...listCommandTexts(section.lines.join("\n"))];
  const told = new Set(section.lines.join("\n").match(FLAG));
  const untold = own.flatMap(({ name, options }) =>
    options.filter((option) => !told.has(option) && !EVERYWHERE.test(option) && !isPerson({ option, section })).map((option) => `${name} ${option}`),
  );
  return [
    ...unknown.map((name) => at(section.line, `the program has no command ${name}`)),
    ...untold.map((text) => at(section.line, `${text} is not described`)),
    ...checkTexts({ texts, own, commands }).map(({ line, message }) => at(section.line - 1 + line, message)),
  ];
}

/**
 * What is wrong with the options and the command of each text that is printed as typed. The command is the one that
 * `volenti` names; where none is named, the options are those of `own`, or of the command that the text begins with.
 */
function checkTexts(request: { texts: readonly CommandText[]; own: readonly DescribedCommand[]; commands: readonly DescribedCommand[] }): readonly Found[] {
  const { texts, own, commands } = request;
  return texts.flatMap(({ line, text }) => {
    const named = /\bvolenti ([a-z]+)/.exec(text)?.[1];
    const [first] = text.split(" ");
    const meant = commands.filter(({ name }) => (named === undefined ? name === first : name === named));
    if (named !== undefined && meant.length === 0) return [{ line, message: `the program has no command ${named}` }];
    const options = new Set([...meant, ...(named === undefined ? own : [])].flatMap((command) => command.options));
    const strange = (text.match(FLAG) ?? []).filter((flag) => !options.has(flag) && PERSON.exec(flag)?.[0].endsWith("KIND") !== true);
    return strange.map((flag) => ({ line, message: `${flag} is no option of that command` }));
  });
}

/** Pages beside that of the command line: commands that `volenti` names, with their options. */
function checkOtherPage(request: { path: string; text: string; commands: readonly DescribedCommand[] }): readonly Violation[] {
  const { path, text, commands } = request;
  const texts = listCommandTexts(text).filter((typed) => /\bvolenti [a-z]/.test(typed.text));
  return checkTexts({ texts, own: [], commands }).map((found) => ({ path, ...found }));
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
