import { cut, printable } from './text';

/** What markdown or HTML could take for a sign of its own. */
const SIGNS = /[&<>|`*~\\#$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|\](?=[([])/g;
/** What GitHub would make a mention of someone. */
const MENTION = /(?<![A-Za-z0-9])@(?=[A-Za-z0-9])/g;
const WORD_JOINER = '\u2060';

/** Text from manifests as text in markdown, on one line: nothing in it becomes a sign. */
export function plain(text: string, length = 400): string {
  const line = printable(cut(text, length).replaceAll(/\s+/g, ' '));
  return line.replaceAll(SIGNS, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll(MENTION, `@${WORD_JOINER}`);
}

/** The same as code; in a table, backticks could not hold every text. */
export function code(text: string, length?: number): string {
  return `<code>${plain(text, length)}</code>`;
}
