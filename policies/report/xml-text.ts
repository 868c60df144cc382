/** What XML 1.0 has no form for, not even escaped; half a character among them. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text that may stand anywhere in an XML document. */
export function xmlText(text: string): string {
  // The library closes a section of characters safely once, not twice.
  return text.replace(NOT_XML, '').replaceAll(']]>', ']] >');
}
