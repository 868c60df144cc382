// What AWS would say of buckets, databases, file systems, zones, registries and user pools: formats as AWS has them, values made of name and inputs.
const { createHash } = require('node:crypto');

const REGION = 'eu-central-1';
const ACCOUNT = '123456789012';

/** Digits that depend on a name only. */
function digits(name, length, alphabet = '0123456789abcdef') {
  const bytes = createHash('sha512').update(name).digest();
  return Array.from({ length }, (_, index) => alphabet[bytes[index] % alphabet.length]).join('');
}

const upper = (name, length) => digits(name, length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');
const letters = (name, length) => digits(name, length, 'abcdefghijklmnopqrstuvwxyz0123456789');
const autoName = (name) => `${name}-${digits(name, 7)}`;
const arn = (service, resource, region = REGION) => `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
const secretArn = (title) => arn('secretsmanager', `secret:${title}-${letters(title, 6)}`);
const managedSecrets = (name, key) => [{ secretArn: secretArn(`rds!${digits(name, 8)}`), secretStatus: 'active', kmsKeyId: key }];

function database(kind, name, { masterUserSecretKmsKeyId, manageMasterUserPassword, port }) {
  const id = autoName(name);
  const host = `${id}.${kind === 'cluster' ? 'cluster-' : ''}c${letters(name, 11)}.${REGION}.rds.amazonaws.com`;
  return { id, host, arn: arn('rds', `${kind === 'cluster' ? 'cluster' : 'db'}:${id}`), port, masterUserSecrets: manageMasterUserPassword ? managedSecrets(name, masterUserSecretKmsKeyId) : [] };
}

function fileSystem({ name }) {
  const id = `fs-${digits(name, 17)}`;
  return { id, arn: arn('elasticfilesystem', `file-system/${id}`), dnsName: `${id}.efs.${REGION}.amazonaws.com` };
}

function zone({ name }) {
  const id = `Z${upper(name, 20)}`;
  return { id, zoneId: id, arn: `arn:aws:route53:::hostedzone/${id}`, nameServers: [1, 2, 3, 4].map((index) => `ns-${index * 512 - 100}.awsdns-0${index}.example`) };
}

/** ACM proves a domain and its wildcard by one record. */
function validation(domainName) {
  const base = domainName.replace(/^\*\./, '');
  return { domainName, resourceRecordName: `_${digits(base, 32)}.${base}.`, resourceRecordType: 'CNAME', resourceRecordValue: `_${digits(`${base}.`, 32)}.acm-validations.aws.` };
}

/** An error as it comes from the engine: gRPC keeps what was said in `details`. */
function refusal(token, said) {
  const details = `invocation of ${token} returned an error: invoking ${token}: 1 error occurred:\n\t* ${said}\n\n`;
  return Object.assign(new Error(details), { details });
}

module.exports = {
  resources: {
    'aws:s3/bucket:Bucket': ({ name, inputs }) => {
      // A bucket's id is its name; the harness of the mocks takes resources to have ids like this one.
      const bucket = inputs.bucket ?? `${name}-id`;
      return { id: bucket, bucket, arn: `arn:aws:s3:::${bucket}`, bucketRegionalDomainName: `${bucket}.s3.${REGION}.amazonaws.com` };
    },
    'aws:rds/subnetGroup:SubnetGroup': ({ name }) => ({ id: autoName(name), name: autoName(name) }),
    'aws:rds/parameterGroup:ParameterGroup': ({ name }) => ({ id: autoName(name), name: autoName(name) }),
    'aws:rds/clusterParameterGroup:ClusterParameterGroup': ({ name }) => ({ id: autoName(name), name: autoName(name) }),
    'aws:rds/cluster:Cluster': ({ name, inputs }) => {
      const { id, host, ...rest } = database('cluster', name, inputs);
      return { id, clusterIdentifier: id, endpoint: host, readerEndpoint: host.replace('.cluster-', '.cluster-ro-'), ...rest };
    },
    'aws:rds/clusterInstance:ClusterInstance': ({ name }) => ({ id: autoName(name), identifier: autoName(name) }),
    'aws:rds/instance:Instance': ({ name, inputs }) => {
      const { id, host, ...rest } = database('instance', name, inputs);
      return { id, identifier: id, address: host, endpoint: `${host}:${inputs.port}`, ...rest };
    },
    'aws:secretsmanager/secret:Secret': ({ name }) => {
      const id = secretArn(autoName(name));
      return { id, arn: id };
    },
    'aws:secretsmanager/secretVersion:SecretVersion': ({ name, inputs }) => {
      const versionId = digits(name, 32);
      return { id: `${inputs.secretId}|${versionId}`, arn: inputs.secretId, versionId };
    },
    'random:index/randomPassword:RandomPassword': ({ name, inputs }) => ({ id: 'none', result: letters(name, inputs.length) }),
    'random:index/randomId:RandomId': ({ name, inputs }) => ({ id: digits(name, inputs.byteLength * 2), hex: digits(name, inputs.byteLength * 2) }),
    'aws:efs/fileSystem:FileSystem': fileSystem,
    'aws:efs/mountTarget:MountTarget': ({ name }) => ({ id: `fsmt-${digits(name, 17)}` }),
    'aws:route53/zone:Zone': zone,
    'aws:route53/record:Record': ({ inputs }) => ({ id: `${inputs.zoneId}_${inputs.name}_${inputs.type}`, fqdn: inputs.name.replace(/\.$/, '') }),
    'aws:acm/certificate:Certificate': ({ name, inputs }) => {
      const id = arn('acm', `certificate/${digits(name, 8)}-${digits(name, 4)}-4${digits(name, 3)}-8${digits(name, 3)}-${digits(name, 12)}`);
      return { id, arn: id, domainValidationOptions: [inputs.domainName, ...(inputs.subjectAlternativeNames ?? [])].map(validation) };
    },
    'aws:acm/certificateValidation:CertificateValidation': ({ inputs }) => ({ id: inputs.certificateArn }),
    'aws:ecr/repository:Repository': ({ inputs }) => ({
      id: inputs.name,
      arn: arn('ecr', `repository/${inputs.name}`),
      registryId: ACCOUNT,
      repositoryUrl: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${inputs.name}`,
    }),
    'aws:ecr/pullThroughCacheRule:PullThroughCacheRule': ({ inputs }) => ({ id: inputs.ecrRepositoryPrefix, registryId: ACCOUNT }),
    'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate': ({ inputs }) => ({ id: inputs.prefix, registryId: ACCOUNT }),
    'aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration': () => ({ id: ACCOUNT, registryId: ACCOUNT }),
    'aws:ecr/registryPolicy:RegistryPolicy': () => ({ id: ACCOUNT, registryId: ACCOUNT }),
    'aws:cognito/userPool:UserPool': ({ name }) => {
      const id = `${REGION}_${digits(name, 9, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')}`;
      return { id, arn: arn('cognito-idp', `userpool/${id}`), endpoint: `cognito-idp.${REGION}.amazonaws.com/${id}` };
    },
    'aws:cognito/userPoolClient:UserPoolClient': ({ name }) => ({ id: letters(name, 26), clientSecret: letters(`${name} secret`, 51) }),
    'aws:cognito/userPoolDomain:UserPoolDomain': ({ inputs }) => ({ id: inputs.domain, cloudfrontDistribution: `d${letters(inputs.domain, 13)}.cloudfront.net` }),
    'aws:cognito/user:User': ({ inputs }) => ({ id: `${inputs.userPoolId}/${inputs.username}`, sub: digits(inputs.username, 32) }),
  },
  functions: {
    // The account has the zone of example.com, and no other; what is below .invalid it may not be asked about.
    'aws:route53/getZone:getZone': ({ name }) => {
      if (name.endsWith('invalid')) throw refusal('aws:route53/getZone:getZone', 'AccessDenied: not authorized to perform: route53:ListHostedZones');
      if (name !== 'example.com') throw refusal('aws:route53/getZone:getZone', 'no matching Route 53 Hosted Zone found');
      const { id, zoneId, arn: zoneArn, nameServers } = zone({ name });
      return { id, zoneId, arn: zoneArn, name, nameServers, privateZone: false };
    },
  },
};
