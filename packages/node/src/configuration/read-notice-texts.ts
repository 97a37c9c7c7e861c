import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ConfigurationError, type ConfigurationProblem, type NoticeConfiguration, type VolentiConfiguration } from "@volenti/core";

const CODES: Readonly<Record<string, string>> = { ENOENT: "noticeFileMissing", ENOTDIR: "noticeFileMissing" };

/**
 * Puts the text of each notice that names a file in the file's place. The text is the same on every machine: line
 * ends become LF and a byte order mark goes, since a checkout may change both and the notice's digest must not follow.
 * A notice with a text, or with both, is left as it is. Lists every file that cannot be read.
 */
export async function readNoticeTexts(request: {
  configuration: VolentiConfiguration;
  directory: string;
}): Promise<VolentiConfiguration> {
  const { configuration, directory } = request;
  // The shape is checked later, with all else; here a wrong one is only passed on.
  if (!Array.isArray(configuration.notices)) return configuration;
  const problems: ConfigurationProblem[] = [];
  const notices: NoticeConfiguration[] = [];
  for (const [index, notice] of configuration.notices.entries()) {
    const read = await readNotice({ notice, directory });
    if ("code" in read) problems.push({ path: `notices[${index}].file`, code: read.code });
    else notices.push(read.notice);
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { ...configuration, notices };
}

async function readNotice(request: {
  notice: NoticeConfiguration;
  directory: string;
}): Promise<{ readonly notice: NoticeConfiguration } | { readonly code: string }> {
  const { notice, directory } = request;
  if (typeof notice?.file !== "string" || notice.text !== undefined) return { notice };
  const { file, ...rest } = notice;
  let bytes: Uint8Array;
  try {
    bytes = await readFile(resolve(directory, file));
  } catch (error) {
    return { code: CODES[String((error as NodeJS.ErrnoException).code)] ?? "noticeFileUnreadable" };
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { notice: { ...rest, text: text.replaceAll("\r\n", "\n") } };
  } catch {
    return { code: "noticeFileNotUtf8" };
  }
}
