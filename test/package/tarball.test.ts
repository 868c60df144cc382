import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..', '..');
const MINUTES = 60_000;

/** An empty project with the packed package, cdk8s and AWS CDK in it, as a user has. */
let project: string;

function run(program: string, args: readonly string[], cwd = project): string {
  return execFileSync(program, [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function program(file: string, lines: readonly string[]): string {
  writeFileSync(path.join(project, file), lines.join('\n'));
  return run(process.execPath, [file]);
}

beforeAll(() => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'package-'));
  run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', scratch], ROOT);
  const [tarball] = readdirSync(scratch);
  project = mkdtempSync(path.join(tmpdir(), 'project-'));
  writeFileSync(path.join(project, 'package.json'), JSON.stringify({ name: 'project', version: '1.0.0', private: true }));
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', path.join(scratch, tarball ?? ''), 'aws-cdk-lib@2.276.0', 'typescript@5.9']);
}, 6 * MINUTES);

describe('the packed package, installed in an empty project', () => {
  it('gives constructs to plain cdk8s', () => {
    const out = program('plain.js', [
      "const { App, Testing } = require('cdk8s');",
      "const { CertManager, JobSet, Trainer } = require('kubeflow-cdk/constructs');",
      'const app = new App();',
      "const certificates = new CertManager(app, 'cert-manager');",
      "const jobSets = new JobSet(app, 'jobset', { certificates });",
      "const trainer = new Trainer(app, 'trainer', { certificates, jobSets });",
      "console.log(JSON.stringify(Testing.synth(trainer).map((object) => object.kind)));",
    ]);
    expect(JSON.parse(out)).toEqual(expect.arrayContaining(['CustomResourceDefinition', 'Deployment', 'ClusterTrainingRuntime']));
  });

  it('gives constructs to an EKS cluster of AWS CDK', () => {
    const out = program('aws.js', [
      "const { App, Stack, aws_eks: eks, aws_lambda: lambda } = require('aws-cdk-lib');",
      "const cdk8s = require('cdk8s');",
      "const { CertManager } = require('kubeflow-cdk/constructs');",
      'const app = new App();',
      "const stack = new Stack(app, 'stack');",
      "const kubectlLayer = lambda.LayerVersion.fromLayerVersionArn(stack, 'kubectl', 'arn:aws:lambda:eu-west-1:123456789012:layer:kubectl:1');",
      "const cluster = new eks.Cluster(stack, 'cluster', { version: eks.KubernetesVersion.V1_32, kubectlLayer });",
      "cluster.addCdk8sChart('cert-manager', new CertManager(new cdk8s.App(), 'cert-manager'));",
      "const resources = Object.values(app.synth().getStackByName('stack').template.Resources);",
      "const manifests = resources.filter(({ Type }) => Type === 'Custom::AWSCDK-EKS-KubernetesResource').map(({ Properties }) => JSON.stringify(Properties.Manifest));",
      "console.log(manifests.some((manifest) => manifest.includes('cert-manager-webhook')));",
    ]);
    expect(out.trim()).toBe('true');
  });

  it('has types for each of its entries', () => {
    writeFileSync(
      path.join(project, 'types.ts'),
      [
        "import { App } from 'cdk8s';",
        "import { CertManager, KServe, TrainJob, existingRuntime } from 'kubeflow-cdk/constructs';",
        "import { PlatformDeployment, asString } from 'kubeflow-cdk/components';",
        "import { evaluate, type Finding } from 'kubeflow-cdk/policies';",
        'const findings: readonly Finding[] = evaluate([]).findings;',
        "const certificates = new CertManager(new App(), 'cert-manager');",
        "// @ts-expect-error a KServe without certificates cannot work",
        "new KServe(new App(), 'kserve', {});",
        'export { PlatformDeployment, TrainJob, asString, certificates, existingRuntime, findings };',
      ].join('\n'),
    );
    expect(run('npx', ['tsc', '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022', 'types.ts'])).toBe('');
  });

  it('hides what is not an entry', () => {
    expect(() => program('inside.js', ["require('kubeflow-cdk/dist/cli/main.js');"])).toThrow(/ERR_PACKAGE_PATH_NOT_EXPORTED|not defined by "exports"/);
  });

  it('brings the command', () => {
    writeFileSync(path.join(project, 'pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: a}\nspec: {hostPID: true, containers: [{name: c, image: i}]}\n');
    expect(() => run('npx', ['kubeflow-cdk', 'check', 'pod.yaml'])).toThrow(/Command failed/);
    expect(run('npx', ['kubeflow-cdk', 'images']).split('\n').length).toBeGreaterThan(20);
  });
});
