import { k8s } from 'cdk8s-plus-27';
import * as pulumi from '@pulumi/pulumi';
import { Construct } from 'constructs';
import { InvalidInputError, type ObjectStore } from '../../constructs/core';
import { asString } from '../bridge';
import { egressTo } from './egress';

/** Args of {@link existingS3Endpoint}. */
export interface ExistingS3EndpointArgs {
  /** Where it answers, e.g. `https://s3.example.com` or `http://minio.storage.svc:9000`. */
  readonly endpoint: string;
  readonly bucket: string;
  /** @default 'us-east-1', which servers take that know no regions */
  readonly region?: string;
  readonly accessKeyId: pulumi.Input<string>;
  readonly secretAccessKey: pulumi.Input<string>;
}

const KEYS = { accessKeyIdKey: 'AWS_ACCESS_KEY_ID', secretAccessKeyKey: 'AWS_SECRET_ACCESS_KEY' } as const;

/**
 * An object store that speaks S3 and knows no workload identity. Each namespace that asks gets a Secret with the one key: what the key may
 * do is for whoever runs the store to bound, so the prefix of a grant is where to work, not a fence.
 *
 * @param where configuration key, for errors
 * @throws InvalidInputError for an endpoint that is no URL, or a bucket that cannot be
 */
export function existingS3Endpoint(args: ExistingS3EndpointArgs, where = 'existingS3Endpoint'): ObjectStore {
  const { bucket, region = 'us-east-1' } = args;
  const url = URL.canParse(args.endpoint) ? new URL(args.endpoint) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.href !== `${url.origin}/`) {
    throw new InvalidInputError({ property: 'endpoint', value: args.endpoint, expected: "a URL without a path or a user, such as 'https://s3.example.com'", where });
  }
  if (!/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new InvalidInputError({ property: 'bucket', value: bucket, expected: '3 to 63 lower-case letters, digits, hyphens and single dots, a letter or digit at either end', where });
  }
  const port = url.port === '' ? { 'http:': 80, 'https:': 443 }[url.protocol] ?? 443 : Number(url.port);
  // One token each for every Secret: a token stands for one Output.
  const stringData = {
    [KEYS.accessKeyIdKey]: asString(pulumi.secret(args.accessKeyId), `the access key of bucket '${bucket}'`),
    [KEYS.secretAccessKeyKey]: asString(pulumi.secret(args.secretAccessKey), `the secret key of bucket '${bucket}'`),
  };
  return {
    protocol: 's3',
    bucket,
    region,
    endpoint: url.host,
    uri: `s3://${bucket}/`,
    grant(scope, id, { serviceAccount: { namespace, name }, prefix = '' }) {
      const secretName = `${name}-${id}-key`;
      new k8s.KubeSecret(new Construct(scope, id), 'key', {
        metadata: {
          name: secretName,
          namespace,
          // By these, KServe's storage initializer finds the store.
          annotations: {
            'serving.kserve.io/s3-endpoint': url.host,
            'serving.kserve.io/s3-usehttps': url.protocol === 'https:' ? '1' : '0',
            'serving.kserve.io/s3-region': region,
          },
        },
        type: 'Opaque',
        stringData,
      });
      return {
        uri: `s3://${bucket}/${prefix}`,
        identity: { serviceAccountAnnotations: {}, podLabels: {}, egress: [egressTo(url.hostname.replace(/^\[|\]$/g, ''), port)] },
        environment: { AWS_REGION: region, AWS_ENDPOINT_URL: url.origin },
        credentials: { secretName, ...KEYS },
      };
    },
  };
}
