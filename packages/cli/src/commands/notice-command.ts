import { resolve } from "node:path";
import { ConnectorError, type Volenti } from "@volenti/core";
import { createGovernance, NOTICE_LANGUAGES, noticeAsMarkdown, type InformationNotice, type InformationRequest } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { ensureFree, writePrivateFile } from "../person/private-file.ts";
import { UsageError } from "../usage-error.ts";

export interface NoticeOptions extends InformationRequest {
  readonly format: "markdown" | "json";
  readonly out: string | undefined;
  /** Whether a file that is there is replaced. */
  readonly force: boolean;
  /** Whether a gap is a failure. */
  readonly strict: boolean;
}

/** `volenti notice --locale L`: contacts no destination. `--json` is `--format json`. */
export function noticeCommand(request: { context: CommandContext; options: NoticeOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal } = context;
  return withVolenti({ context }, async ({ volenti }) => {
    const notice = render({ volenti, options });
    const isJson = context.json || options.format === "json";
    const text = isJson ? JSON.stringify(notice) : noticeAsMarkdown(notice);
    if (options.out === undefined) await terminal.output.writeLine(text);
    else {
      const target = { path: resolve(context.folder, options.out), mayReplace: options.force };
      await ensureFree(target);
      await writePrivateFile({ ...target, text: `${text}\n` });
    }
    if (notice.gaps.some(({ missing }) => missing === "phrases")) {
      terminal.tell(`No phrases in this language, and none is guessed; there are: ${NOTICE_LANGUAGES.join(", ")}`);
    }
    return options.strict && notice.gaps.length > 0 ? EXIT_CODE.rejected : EXIT_CODE.delivered;
  });
}

function render(request: { volenti: Volenti; options: NoticeOptions }): InformationNotice {
  const { volenti, options: { locale, layer, country } } = request;
  try {
    return createGovernance(volenti).notice({ locale, layer, country });
  } catch (error) {
    if (!ConnectorError.isInstance(error) || error.code !== "invalidInput") throw error;
    throw error.fieldNames?.includes("locale") === true
      ? new UsageError({ code: "invalidLocale", sentence: "--locale takes a language or a locale, such as fr or fr-CH" })
      : new UsageError({ code: "unknownCountry", sentence: "--country takes a code such as FR or US-CA" });
  }
}
