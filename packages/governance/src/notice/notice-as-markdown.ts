import { escapeMarkdown } from "../records/escape-markdown.ts";
import type { InformationNotice, NoticeGap, NoticeSection } from "./information-notice.ts";

/** A notice as CommonMark: what the configuration says is shown as it is, and opens nothing. Its gaps are listed at the end. */
export function noticeAsMarkdown({ title, sections, gaps }: InformationNotice): string {
  return [`# ${escapeMarkdown(title)}`, ...sections.map(toSection), ...(gaps.length > 0 ? [gaps.map(toGapLine).join("\n")] : [])].join("\n\n");
}

function toSection({ title, introduction, list, closing }: NoticeSection): string {
  const items = list.map((text) => `- ${escapeMarkdown(text)}`).join("\n");
  return [`## ${escapeMarkdown(title)}`, ...introduction.map(escapeMarkdown), ...(items === "" ? [] : [items]), ...closing.map(escapeMarkdown)].join("\n\n");
}

/** `[gap: art13-1-b dataProtectionOfficer: controller.dataProtectionOfficer]` */
export function toGapLine({ provision, item, missing }: NoticeGap): string {
  return `- \\[gap: ${provision} ${item}: ${escapeMarkdown(missing)}\\]`;
}
