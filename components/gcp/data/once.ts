/** What has been made already is not made again: two resources that say the same of one thing would undo each other. */
export class Once<T> {
  private readonly made = new Map<string, T>();

  get(key: string, make: () => T): T {
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const fresh = make();
    this.made.set(key, fresh);
    return fresh;
  }
}
