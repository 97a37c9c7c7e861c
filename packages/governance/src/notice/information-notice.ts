import type { NoticeItem } from "@volenti/core";

/** In which language a notice is written, for whom, and how much of it. */
export interface InformationRequest {
  /** BCP 47: its language decides on the phrases. */
  readonly locale: string;
  /** `first`: who, what for, and where to read more. Default `full`. */
  readonly layer?: "first" | "full" | undefined;
  /** Whom it is for, ISO 3166-1 alpha-2 or 3166-2. Default: the controller's country. */
  readonly country?: string | undefined;
}

/** What people are told about the use of their data, out of the configuration, with every item of the law or a named gap. */
export interface InformationNotice {
  readonly schema: "volenti-information-notice-1";
  /** Of the words that it is written in, BCP 47. */
  readonly locale: string;
  /** `first`: what is shown beside the form; `full`: every item. */
  readonly layer: "first" | "full";
  /** ISO 3166-1 alpha-2: of the people whom it informs. */
  readonly country: string;
  /** Whose items it has; of a place for which no law is known here, those of the GDPR. */
  readonly laws: readonly string[];
  /** In the locale. */
  readonly title: string;
  /** In the order of reading. */
  readonly sections: readonly NoticeSection[];
  /** What the law wants said and the configuration does not say. */
  readonly gaps: readonly NoticeGap[];
}

/** One heading of a notice with its paragraphs. */
export interface NoticeSection {
  readonly item: NoticeItem;
  /** In the locale. */
  readonly title: string;
  /** Before the list. */
  readonly introduction: readonly string[];
  /** One item a line; empty where the section is prose. */
  readonly list: readonly string[];
  /** Behind the list. */
  readonly closing: readonly string[];
}

/** What a regime asks of a notice, and the configuration does not say. */
export interface NoticeGap {
  /** As the row of the regime names it. */
  readonly law: string;
  /** `art13-1-b` */
  readonly provision: string;
  readonly item: NoticeItem;
  /** The member of the configuration that would fill it; `phrases`: nobody wrote this language. */
  readonly missing: string;
}
