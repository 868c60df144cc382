import * as pulumi from '@pulumi/pulumi';
import type { PolicyStatement } from './contracts';

/** An IAM policy of statements that allow. */
export function allowing(statements: readonly PolicyStatement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: '2012-10-17',
    Statement: statements.map(({ actions, resources, conditions }) => ({ Effect: 'Allow', Action: actions, Resource: resources, ...(conditions && { Condition: conditions }) })),
  });
}

/** A trust policy for a service of AWS. @param conditions by operator, by key */
export function trusting(service: string, conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...(conditions && { Condition: conditions }) }],
  });
}
