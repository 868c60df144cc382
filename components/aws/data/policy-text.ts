import * as pulumi from '@pulumi/pulumi';

/** A statement of a policy of a resource, as AWS writes it. */
export interface ResourceStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: pulumi.Input<string> | Readonly<Record<string, pulumi.Input<string> | pulumi.Input<string[]>>>;
  readonly Action: string | readonly string[];
  readonly Resource?: readonly pulumi.Input<string>[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;
}

/** A policy document as text. */
export function policyText(statements: readonly (ResourceStatement | Omit<ResourceStatement, 'Principal'>)[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: '2012-10-17', Statement: statements });
}

/** Refuses everyone what does not come over TLS. */
export function denyWithoutTls(action: string, resources: readonly pulumi.Input<string>[]): ResourceStatement {
  return { Sid: 'RefusePlainText', Effect: 'Deny', Principal: '*', Action: action, Resource: resources, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
}
