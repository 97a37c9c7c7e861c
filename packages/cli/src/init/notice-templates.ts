/** The notices that the written configuration names, by their path. */
export const NOTICE_TEMPLATES: Readonly<Record<string, string>> = {
  "notices/signup-1-en.md": `# Your details at Example Brand

Example Brand uses your name, e-mail address and language to run your loyalty account.

If you agree, we also send you news by e-mail. You can change your mind at any time: each message has a link, and
privacy@example.com answers.
`,
  "notices/signup-1-ru.md": `# Ваши данные в Example Brand

Example Brand использует ваше имя, адрес электронной почты и язык, чтобы вести вашу карту лояльности.

С вашего согласия мы также присылаем новости по электронной почте. Согласие можно отозвать в любое время: по ссылке в
каждом письме или по адресу privacy@example.com.
`,
};
