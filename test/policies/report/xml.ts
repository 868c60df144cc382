/** An element of a parsed document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const ILLEGAL = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const TOKEN = /<\?xml[^?]*\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Parses the part of XML that a report may use, and refuses anything else. */
export function parseXml(document: string): XmlElement {
  if (ILLEGAL.test(document)) throw new Error('a character that XML cannot hold');
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < document.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(document);
    const parent = open.at(-1);
    if (!match || !parent) throw new Error(`not well formed at ${at}: ${document.slice(at, at + 40)}`);
    const [, cdata, end, start, attributes = '', closed, text] = match;
    if (cdata !== undefined) parent.text += cdata;
    else if (text !== undefined) parent.text += decode(text);
    else if (end !== undefined) {
      if (parent.name !== end) throw new Error(`</${end}> closes <${parent.name}>`);
      open.pop();
    } else if (start !== undefined) {
      const element: XmlElement = { name: start, attributes: attributesOf(attributes), children: [], text: '' };
      parent.children.push(element);
      if (closed === '') open.push(element);
    }
  }
  const [root, ...others] = top.children;
  if (!root || others.length > 0 || open.length !== 1) throw new Error('not one closed element');
  return root;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']): [string, string] => [name, decode(value)]);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error(`an attribute twice: ${text}`);
  return Object.fromEntries(pairs);
}

function decode(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> outside of CDATA');
  return text.replaceAll(/&(?:#x([0-9A-Fa-f]+)|#(\d+)|(\w+))?;?/g, (all, hex?: string, decimal?: string, name?: string) => {
    if (!all.endsWith(';')) throw new Error(`a bare ampersand: ${text}`);
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    const sign = ENTITIES[name ?? ''];
    if (sign === undefined) throw new Error(`an unknown entity: ${all}`);
    return sign;
  });
}
