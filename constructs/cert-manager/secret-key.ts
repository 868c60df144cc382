/** A key of a Secret. */
export interface SecretKey {
  readonly name: string;
  readonly key: string;
}
