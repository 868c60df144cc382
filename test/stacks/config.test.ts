import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InvalidInputError } from '../../constructs/core';
import { configFault, eksConfig, localConfig, onpremConfig, parseConfig, readStackFile, suggestion, withOverrides } from '../../stacks/config';

describe('parseConfig', () => {
  it('fills in the defaults', () => {
    expect(parseConfig('local', localConfig, {})).toMatchObject({ domain: 'example.com', ingressServiceType: 'ClusterIP', nodes: 6, gpuNodes: 4, teams: [], teamQuota: { cpu: '32', memory: '128Gi' } });
  });

  it('reads numbers that come as text, as the Pulumi CLI gives them', () => {
    expect(parseConfig('local', localConfig, { nodes: '3' }).nodes).toBe(3);
  });

  it('names an unknown key, what was probably meant, and what there is', () => {
    expect(() => parseConfig('local', localConfig, { gpunodes: 2 })).toThrow(
      "configuration of stack 'local':\n  kubeflow-cdk:gpunodes is not known; did you mean 'gpuNodes'?; known keys: domain, ingressServiceType, imageRegistry, acmeEmail, acmeStaging, teams, teamQuota, nodes, gpuNodes",
    );
  });

  it.each([
    [{ nodes: 0 }, 'kubeflow-cdk:nodes is 0; expected at least 1'],
    [{ nodes: 'many' }, 'kubeflow-cdk:nodes is "many"; expected a whole number'],
    [{ nodes: 1.5 }, 'kubeflow-cdk:nodes is 1.5; expected a whole number'],
    [{ domain: 'Not a domain' }, 'kubeflow-cdk:domain is "Not a domain"; expected a DNS name such as kubeflow.example.com'],
    [{ ingressServiceType: 'loadbalancer' }, 'kubeflow-cdk:ingressServiceType is "loadbalancer"; expected one of ClusterIP, LoadBalancer, NodePort'],
    [{ imageRegistry: 'https://mirror.example.com' }, 'kubeflow-cdk:imageRegistry is "https://mirror.example.com"; expected a registry host with an optional path, without scheme'],
  ])('refuses %j', (values, message) => {
    expect(() => parseConfig('local', localConfig, values)).toThrow(message);
  });

  it('reports every fault at once', () => {
    expect(() => parseConfig('local', localConfig, { nodes: 0, gpuNodes: -1 })).toThrow(/nodes is 0[^]*gpuNodes is -1/);
  });

  it('requires the context of an existing cluster', () => {
    expect(() => parseConfig('onprem', onpremConfig, {})).toThrow('kubeflow-cdk:context is missing; expected the name of a context of the kubeconfig; no other cluster is ever touched');
  });
});

describe('sections', () => {
  const eks = (values: object) => parseConfig('eks', eksConfig, { region: 'eu-central-1', ...values });

  it('have defaults of their own, and take what is given over them', () => {
    expect(eks({}).nodes).toMatchObject({ system: { min: 2 }, cpu: { min: 1, max: 10 } });
    expect(eks({}).nodes.gpu).toBeUndefined();
    expect(eks({ nodes: { cpu: { max: 20 }, gpu: {} } }).nodes).toMatchObject({ cpu: { min: 1, max: 20 }, gpu: { min: 0 } });
  });

  it('come as JSON, as Pulumi hands mappings and lists over', () => {
    expect(eks({ network: '{"cidr":"10.1.0.0/16"}', teams: '["a","b"]' })).toMatchObject({ network: { cidr: '10.1.0.0/16' }, teams: ['a', 'b'] });
  });

  it.each([
    [{ nodes: { cpu: { max: 0 } } }, 'kubeflow-cdk:nodes.cpu.max is 0; expected at least 1'],
    [{ nodes: { cpu: { maxx: 3 } } }, "kubeflow-cdk:nodes.cpu.maxx is not known; did you mean 'max'?; known keys: instanceTypes, min, max, diskGib, purchase, zones, efa"],
    [{ nodes: { gpu: { instanceTypes: 'p5.48xlarge' } } }, "kubeflow-cdk:nodes.gpu.instanceTypes is \"p5.48xlarge\"; expected a list, each an instance type such as 'm7i.xlarge'"],
    [{ teams: ['Team A'] }, 'kubeflow-cdk:teams[0] is "Team A"; expected lower-case letters, digits and hyphens, at most 63, beginning with a letter'],
    [{ development: 'yes' }, 'kubeflow-cdk:development is "yes"; expected true or false'],
    [{ nodes: { gpu: { purchase: { kind: 'reservation' } } } }, "kubeflow-cdk:nodes.gpu.purchase.capacityReservationId is missing; expected an id such as 'cr-0123456789abcdef0'"],
    [{ network: { cidr: '10.0.0.0/16', existing: { vpcId: 'vpc-1', privateSubnetIds: [] } } }, 'kubeflow-cdk:network.cidr is "10.0.0.0/16"; expected nothing beside existing: what exists is taken as it is'],
    [{ database: { existing: { engine: 'mysql' } } }, 'kubeflow-cdk:database.existing.host is missing; expected the name of the server'],
  ])('refuse %j', (values, message) => {
    expect(() => eks(values)).toThrow(message);
  });

  it('take a secret as Pulumi keeps it', () => {
    const existing = { issuer: 'https://login.example.com', clientId: 'kubeflow', clientSecret: { secure: 'v1:abc' } };
    expect(eks({ signIn: { existing } }).signIn.existing?.clientSecret).toEqual({ secure: 'v1:abc' });
  });
});

describe('withOverrides', () => {
  it('reaches into mappings, and leaves what it was given alone', () => {
    const values = { nodes: { cpu: { min: 1 } } };
    expect(withOverrides(values, ['nodes.cpu.max=12', 'nodes.gpu.instanceTypes=["p5.48xlarge"]', 'domain=ml.example.com'])).toEqual({
      nodes: { cpu: { min: 1, max: '12' }, gpu: { instanceTypes: ['p5.48xlarge'] } },
      domain: 'ml.example.com',
    });
    expect(values).toEqual({ nodes: { cpu: { min: 1 } } });
  });
});

describe('configFault', () => {
  const fault = (where: string, property: string) => configFault('eks', eksConfig, new InvalidInputError({ property, value: 'x', expected: 'y', where })).message;

  it.each([
    ['network', 'cidr', 'network.cidr'],
    ['object-store', 'bucketName', 'objectStore.bucketName'],
    ['nodes-gpu', 'instanceTypes', 'nodes.gpu.instanceTypes'],
    ['cluster.existing', 'name', 'cluster.existing.name'],
    ['aws', 'region', 'region'],
  ])('says what is wrong in %s by its configuration key', (where, property, key) => {
    expect(fault(where, property)).toBe(`configuration of stack 'eks':\n  kubeflow-cdk:${key} is "x"; expected y`);
  });

  it('leaves what is about something else as it is', () => {
    expect(fault('istio/gateway', 'hosts')).toBe("istio/gateway: hosts is 'x'; expected y");
  });
});

describe('readStackFile', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'stack-file-'));
  const write = (stack: string, content: string) => writeFileSync(path.join(directory, `Pulumi.${stack}.yaml`), content);

  it('strips the prefix and leaves out what is not ours', () => {
    write('ours', 'encryptionsalt: x\nconfig:\n  kubeflow-cdk:nodes: 3\n  pulumi:disable-default-providers: ["*"]\n');
    expect(readStackFile(directory, 'ours')).toEqual({ nodes: 3 });
  });

  it('has no values for a stack without a file or with an empty one', () => {
    write('empty', '');
    expect(readStackFile(directory, 'none')).toEqual({});
    expect(readStackFile(directory, 'empty')).toEqual({});
  });

  it('refuses keys without the prefix', () => {
    write('bare', 'config:\n  nodes: 3\n');
    expect(() => readStackFile(directory, 'bare')).toThrow(/nodes is not known in .*Pulumi\.bare\.yaml; keys are written kubeflow-cdk:<key>/);
  });

  it('refuses what is not YAML', () => {
    write('broken', 'config: [');
    expect(() => readStackFile(directory, 'broken')).toThrow(/Pulumi\.broken\.yaml is not YAML/);
  });
});

describe('suggestion', () => {
  it('is made only when something is near', () => {
    expect(suggestion('onpremm', ['local', 'onprem'])).toBe("; did you mean 'onprem'?");
    expect(suggestion('something-else', ['local', 'onprem'])).toBe('');
  });
});
