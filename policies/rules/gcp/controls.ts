import { foundations } from '../cis';

/** Numbers of a control in the versions of the CIS Google Cloud benchmark. */
interface Numbers {
  /** Version 5.0.0, if it differs from the earlier ones. */
  readonly v5?: string;
  /** Version 2.0.0, if it differs from 3.0.0 and 4.0.0. */
  readonly v2?: string | readonly string[];
}

/** References of a control whose number is the same in 3.0.0 and 4.0.0 of the CIS Google Cloud benchmark. */
export function google(id: string, { v5 = id, v2 = id }: Numbers = {}): readonly string[] {
  return foundations('gcp', { '5.0.0': v5, '4.0.0': id, '3.0.0': id, '2.0.0': v2 });
}
