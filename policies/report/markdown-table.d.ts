/** The library has no types of its own. */
declare module 'markdown-table' {
  function markdownTable(rows: readonly (readonly string[])[], options?: { readonly alignDelimiters?: boolean }): string;
  export = markdownTable;
}
