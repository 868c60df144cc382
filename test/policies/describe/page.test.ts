import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { POLICIES, WAIVER_RULES } from '../../../policies';
import { GENERATED, policyPage, policyPages } from '../../../policies/describe';
import { codeBlock, prose } from '../../../policies/describe/markdown-text';
import { OBJECT_POLICY, RESOURCE_POLICY } from './policies';

const FOLDER = path.resolve(__dirname, '..', '..', '..', 'docs', 'policies');

describe('the page of a policy', () => {
  const page = policyPage(OBJECT_POLICY);

  it('says the same as the explanation, in markdown', () => {
    expect(page.startsWith(`${GENERATED}

# Containers \\*do not\\* run as root

| policy | severity | enforcement |
|---|---|---|
| \`no-roots\` | high | mandatory |

Packs: \`cis-kubernetes\`, \`cis-eks\`, \`pss-restricted\`

Root in a container is root on the node, if anything goes wrong. Roles with \\* in \\<rules\\> matter \\| too. `)).toBe(true);
    expect(page).toContain('| CIS Kubernetes | 2.0.1, 1.12 | 5.2.9 |\n| CIS Kubernetes | 1.11 | 5.2.9, 5.2.10 |\n| CIS EKS | 1.8 | 4.2.1 |\n| Pod Security Standards |  | restricted |\n');
    expect(page).toMatch(/## What fails\n\n```yaml\napiVersion: v1\n[^`]*runAsUser: 0\n```\n\n## What passes\n\n```yaml\n[^`]*runAsNonRoot: true\n---\n[^`]*```\n/);
    expect(page).toMatch(/## How to waive it\n\nOn the object:\n\n```yaml\n[^`]*waiver\.kubeflow-cdk\.dev\/no-roots: why it is needed\n```\n/);
  });

  it('names the types of resources', () => {
    expect(policyPage(RESOURCE_POLICY)).toContain('Resources: `aws:s3/bucketV2:BucketV2`, `aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock`');
  });
});

describe('the index', () => {
  it('lists policies by pack, and those in none', () => {
    const index = policyPages([OBJECT_POLICY, RESOURCE_POLICY, { ...OBJECT_POLICY, id: 'homeless', controls: ['house-rules:7'] }]).get('index.md') ?? '';
    expect(index).toContain('3 policies.');
    expect(index).toMatch(/`--pack cis-eks`\n\n\| policy [^\n]*\n[^\n]*\n\| \[no-roots\]\(no-roots\.md\) \| high \| mandatory \| 4\.2\.1 \| Containers \\\*do not\\\* run as root \|\n\n/);
    expect(index).toMatch(/`--pack cis-aws`\n\n[^#]*\| 2\.1\.4 \| Buckets are not public \|\n/);
    expect(index).toMatch(/## In no pack\n\n[^#]*\[homeless\]\(homeless\.md\) \| high \| mandatory \| house-rules:7 \|/);
    expect(index).not.toContain('cis-gke');
    expect(index).toMatch(/## About waivers\n[^#]*waiver-unused\.md/);
  });
});

describe('markdown text', () => {
  it('keeps what words are made of', () => {
    expect(prose('NET_BIND_SERVICE _x_ [y](z) `c` a\\b')).toBe('NET_BIND_SERVICE \\_x\\_ \\[y\\](z) \\`c\\` a\\\\b');
  });

  it('fences code that has fences', () => {
    expect(codeBlock('a\n```\nb', 'yaml')).toBe('````yaml\na\n```\nb\n````');
  });
});

describe('docs/policies', () => {
  const pages = policyPages(POLICIES);
  const onDisk = readdirSync(FOLDER).filter((name) => name.endsWith('.md') && readFileSync(path.join(FOLDER, name), 'utf8').startsWith(GENERATED));

  it('has a page a policy and no others; if not, run scripts/generate-policy-docs.mjs', () => {
    expect([...pages.keys()]).toHaveLength(POLICIES.length + WAIVER_RULES.length + 1);
    expect(onDisk.sort()).toEqual([...pages.keys()].sort());
  });

  it('says what the policies say; if not, run scripts/generate-policy-docs.mjs', () => {
    const stale = [...pages].filter(([name, text]) => !onDisk.includes(name) || readFileSync(path.join(FOLDER, name), 'utf8') !== text).map(([name]) => name);
    expect(stale).toEqual([]);
  });
});
