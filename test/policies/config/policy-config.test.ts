import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { POLICIES } from '../../../policies';
import { checkConfig, packsFrom, PolicyConfigError } from '../../../policies/config/policy-config';
import { readPolicyConfig } from '../../../policies/config/read-config';

describe('the configuration of the policies', () => {
  it('means every policy at its own level if it says nothing', () => {
    const { policies, enforcement, notWaivable, parameters, packs } = checkConfig(undefined, 'x');
    expect(policies).toEqual(POLICIES);
    expect([...(enforcement ?? [])]).toEqual([]);
    expect([notWaivable, parameters, packs]).toEqual([[], undefined, undefined]);
  });

  it.each(['off', false])('switches policies off, which YAML may read as false, and sets the level of others: %j', (off) => {
    const { policies, enforcement } = checkConfig({ policies: { 'cpu-limits': off, 'host-port': 'advisory' } }, 'x');
    expect(policies?.map(({ id }) => id)).toEqual(POLICIES.map(({ id }) => id).filter((id) => id !== 'cpu-limits'));
    expect(enforcement).toEqual(new Map([['host-port', 'advisory']]));
  });

  it('keeps only the parameters that were set, so that defaults hold for the others', () => {
    const parameters = { allowedRegistries: ['registry.example.com'], maxLimitRequestRatio: { memory: 2 } };
    expect(checkConfig({ parameters }, 'x').parameters).toEqual(parameters);
  });

  it('knows packs', () => {
    expect(checkConfig({ packs: ['cis-eks', 'resource-limits'] }, 'x').packs?.map(({ name }) => name)).toEqual(['cis-eks', 'resource-limits']);
    expect(packsFrom(['cis-eks, cis-aws', 'hardening'], '--pack').map(({ name }) => name)).toEqual(['cis-eks', 'cis-aws', 'hardening']);
  });

  it.each<[unknown, RegExp]>([
    [{ polices: {} }, /^x: polices is no field of it; did you mean 'policies'\?$/],
    [{ parameters: { allowedRegistry: ['a'] } }, /^x: parameters\.allowedRegistry is no field of it; did you mean 'allowedRegistries'\?$/],
    [{ parameters: { maxLimitRequestRatio: { memory: 0.5 } } }, /^x: parameters\.maxLimitRequestRatio\.memory is 0\.5; expected at least 1/],
    [{ parameters: { maxLimitRequestRatio: { mem: 2 } } }, /^x: parameters\.maxLimitRequestRatio\.mem is no field of it; expected cpu, memory$/],
    [{ parameters: { podSecurityVersion: 1.34 } }, /^x: parameters\.podSecurityVersion is 1\.34; expected 'latest', or a release in quotes such as '1\.34'$/],
    [{ parameters: { allowedRegistries: [] } }, /^x: parameters\.allowedRegistries is \[\]; expected at least one$/],
    [{ policies: { privilegd: false } }, /^x: policies: there is no policy 'privilegd'; did you mean 'privileged'\?$/],
    [{ parameters: { podSecurityVersion: 'v1.30' } }, /^x: parameters\.podSecurityVersion is "v1\.30"; expected 'latest', or a release in quotes such as '1\.34'$/],
    [{ parameters: { requiredLimits: ['gpu'] } }, /^x: parameters\.requiredLimits\.0 is "gpu"; expected cpu or memory$/],
    [{ policies: { 'host-prot': 'off' } }, /^x: policies: there is no policy 'host-prot'; did you mean 'host-port'\?$/],
    [{ policies: { 'host-port': 'warn' } }, /^x: policies\.host-port is "warn"; expected mandatory, advisory or off$/],
    [{ notWaivable: ['privilegd'] }, /^x: notWaivable\[0\]: there is no policy 'privilegd'; did you mean 'privileged'\?$/],
    [{ packs: ['cis-esk'] }, /^x: packs\[0\]: there is no pack 'cis-esk'; did you mean 'cis-eks'\?$/],
    [[], /^x: the whole is \[\]; /],
    ['text', /^x: the whole is "text"; /],
  ])('refuses %j', (value, message) => {
    expect(() => checkConfig(value, 'x')).toThrow(PolicyConfigError);
    expect(() => checkConfig(value, 'x')).toThrow(message);
  });
});

describe('its file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'policy-config-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };

  it('brings the waivers it names, from its own folder', () => {
    file('waivers.yaml', 'waivers:\n- policy: host-path\n  object: {kind: DaemonSet, name: cni}\n  reason: network plugin\n');
    const options = readPolicyConfig(file('policies.yaml', 'waiverFiles: [waivers.yaml]\nnotWaivable: [privileged]\n'));
    expect(options.waivers).toMatchObject([{ policy: 'host-path', object: { kind: 'DaemonSet', name: 'cni' } }]);
    expect(options.notWaivable).toEqual(['privileged']);
  });

  it('is refused with its place if it is broken', () => {
    const broken = file('policies.yaml', 'packs: [cis-eks\nparameters: {}\n');
    expect(() => readPolicyConfig(broken)).toThrow(new RegExp(`^${broken}:\\d+:\\d+: not valid YAML`));
    expect(() => readPolicyConfig(path.join(folder, 'absent.yaml'))).toThrow(/absent\.yaml cannot be read: /);
  });
});
