import { z } from 'zod';

/** A name of the DNS. */
export const dnsName = z.string({ error: 'a DNS name such as kubeflow.example.com' }).regex(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]{2,}$/, 'a DNS name such as kubeflow.example.com');

/** A name of one label, as namespaces have. */
export const label = z.string({ error: 'a name' }).regex(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, 'lower-case letters, digits and hyphens, at most 63, beginning with a letter');

/** A whole number. */
export const count = (min: number, max: number) => z.coerce.number({ error: 'a whole number' }).int('a whole number').min(min, `at least ${min}`).max(max, `at most ${max}`);

/** Yes or no; Pulumi hands booleans over as text. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')], { error: 'true or false' });

/** A text that is not empty. */
export const text = (what: string) => z.string({ error: what }).min(1, what);

/** A list of texts that are not empty. */
export const texts = (what: string) => z.array(text(what), { error: `a list, each ${what}` });

/** One of several words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(...words: Words) => z.enum(words, { error: `one of ${words.join(', ')}` });

/** An amount as Kubernetes writes it. */
export const quantity = z.coerce.string({ error: "an amount such as '500m', '32' or '128Gi'" }).regex(/^\d+(\.\d+)?(m|Ki|Mi|Gi|Ti|k|M|G|T)?$/, "an amount such as '500m', '32' or '128Gi'");

/**
 * A text that nobody may read: `pulumi config set --secret --path <key>`. In the file it is `secure: …`, which only the engine can
 * decrypt; it is then plain text here.
 */
export const secret = z.union([z.string().min(1), z.strictObject({ secure: z.string() })], { error: 'a secret, set with pulumi config set --secret --path' });

/**
 * A section for something that is made, or with `existing` taken as it is: then nothing else may be said of it.
 *
 * @param made what can be said of what is made; everything has a default
 * @param existing how to find what exists
 */
export function madeOrExisting<Made extends z.ZodRawShape, Existing extends z.ZodObject>(made: Made, existing: Existing) {
  return z.strictObject({ ...made, existing: existing.optional().describe('What exists, taken as it is: nothing is said beside it') }).superRefine((section, context) => {
    if (!('existing' in section) || section.existing === undefined) return;
    for (const key of Object.keys(section)) {
      if (key === 'existing' || !(key in made) || Reflect.get(section, key) === undefined) continue;
      context.addIssue({ code: 'custom', path: [key], message: 'nothing beside existing: what exists is taken as it is' });
    }
  });
}
