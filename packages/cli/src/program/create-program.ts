import { Command } from "commander";
import manifest from "../../package.json" with { type: "json" };
import { createCommandDefiner, type ProgramRequest } from "./command-definer.ts";
import { defineCollect } from "./define-collect.ts";
import { defineCustody } from "./define-custody.ts";
import { defineEmulate } from "./define-emulate.ts";
import { defineNotices } from "./define-notices.ts";
import { definePerson } from "./define-person.ts";
import { definePopulation } from "./define-population.ts";
import { defineRights } from "./define-rights.ts";
import { definePolicy } from "./define-policy.ts";
import { defineProof } from "./define-proof.ts";
import { defineSetUp } from "./define-set-up.ts";
import { defineView } from "./define-view.ts";

/** Every command with its options; running one answers its exit code through `finish`. */
export function createProgram(request: ProgramRequest): Command {
  const program = new Command("volenti")
    .description("What customers gave on purpose, written directly into your own systems.")
    .version(manifest.version)
    // A command may have a --version of its own: the program's stands before its name.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void request.terminal.output.writeLine(text.trimEnd()).catch(() => undefined),
      // What the library says of an error repeats what was typed; see report-failure.ts.
      outputError: () => undefined,
      writeErr: (text) => request.terminal.tell(text.trimEnd()),
    })
    .showSuggestionAfterError();
  const define = createCommandDefiner({ program, request });
  defineSetUp(define);
  defineCollect(define);
  defineCustody(define);
  defineProof(define);
  definePerson(define);
  defineRights(define);
  definePopulation(define);
  defineNotices(define);
  defineView(define);
  definePolicy(define);
  defineEmulate(define);
  return program;
}
