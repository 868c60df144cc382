import type { Position } from '../source';

/** Turns offsets of a text into lines and columns. Where lines begin is found out once, when first asked. */
export class Lines {
  private starts: number[] | undefined;

  /** @param before lines in the file before this text */
  constructor(
    private readonly text: string,
    private readonly before = 0,
  ) {}

  at(offset: number): Position {
    this.starts ??= lineStarts(this.text);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: this.before + low + 1, column: offset - (this.starts[low] ?? 0) + 1 };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** How many lines end in a part of a text. */
export function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let end = text.indexOf('\n', from); end >= 0 && end < to; end = text.indexOf('\n', end + 1)) count++;
  return count;
}
