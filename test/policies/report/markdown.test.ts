import { type CheckResult, reporterFor } from '../../../policies';
import { COVERAGE, EMPTY, FINDINGS, FULL, manyFindings, ODD } from './result';

const LIMIT = 65_000;
const render = (result: CheckResult): string => reporterFor('markdown')?.render(result) ?? '';
const one = (...findings: CheckResult['findings']): string => render({ findings, coverage: EMPTY.coverage });
/** Lines outside of fenced code. */
const lines = (text: string): string[] => text.replaceAll(/^(`{3,})[a-z]*\n[\s\S]*?\n\1$/gm, '').split('\n');
/** Cells of a row, as GitHub splits it. */
const cells = (row: string): string[] => row.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim());
/** Rows of findings on the page. */
const rowsOf = (text: string): string[] => lines(text).filter((line) => /^\| (?:critical|high|medium|low)/.test(line));
/** What a browser shows of a text without elements. */
const shown = (html: string): string => html.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

describe('the markdown report', () => {
  it('starts with a mark to find it by, and the verdict', () => {
    expect(render(FULL)).toMatch(/^<!-- kubeflow-cdk check -->\n### :warning: kubeflow-cdk check: 4 blocking findings, 1 advisory, 1 waived, 1 in the baseline\n/);
    expect(one(FINDINGS.blocking)).toContain('### :x: kubeflow-cdk check: 1 finding\n');
    expect(one(FINDINGS.advisory)).toContain('### :white_check_mark: kubeflow-cdk check: 0 blocking findings, 1 advisory\n');
  });

  it('is short when nothing is wrong', () => {
    expect(render(EMPTY)).toBe(
      '<!-- kubeflow-cdk check -->\n### :white_check_mark: kubeflow-cdk check: 0 findings\n\n' +
        '**Coverage:** 60 policies on 1 object (0 pod templates, 0 containers); from 1 document in 1 file; 0 not evaluated',
    );
  });

  it('has a table an object, the worst first, and the fix behind a line that opens it', () => {
    const text = one(FINDINGS.advisory, FINDINGS.second, FINDINGS.blocking);
    expect(text).toContain('#### <code>Deployment/team-a/web</code> in <code>deploy&#92;sub dir/web:1.yaml</code>\n\n| severity | problem | field | found | control |\n');
    expect(rowsOf(text).map(cells)).toEqual([
      ['critical', "container 'main' is privileged<br><code>privileged</code>", '<code>spec.template.spec.containers[0].securityContext.privileged</code><br>line 18', '<code>true</code>', 'cis-kubernetes-2.0.1:5.2.2 (+2)'],
      ['low', "container 'main' can write to its root file system<br><code>read-only-root-filesystem</code>", '<code>spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem</code><br>line 16', '<code>(not set)</code>', 'hardening:read-only-root-filesystem'],
      ['low, advisory', "container 'main' runs an image without a digest<br><code>image-digest</code>", '<code>spec.template.spec.containers[0].image</code><br>line 15', '<code>"nginx:1.27"</code>', 'cis-kubernetes-2.0.1:5.5.1'],
    ]);
    expect(text).toContain(`<details><summary>How to fix it</summary>

\`\`\`yaml
spec:
  template:
    spec:
      containers:
        - name: main
          securityContext:
            privileged: false
            readOnlyRootFilesystem: true
\`\`\`

- <code>image-digest</code>: Add the digest to the image.

</details>`);
  });

  it('has one row for one value that violates several policies, with each policy and its control, and the advice of each', () => {
    const first = { ...FINDINGS.advisory, enforcement: 'mandatory', policy: 'tag', severity: 'high', message: 'the image has no tag', remediation: 'Name a tag.' } as const;
    const second = { ...first, policy: 'registry', severity: 'medium', message: 'the image comes from anywhere', controls: ['cis:7', 'cis:6'], remediation: 'Name a registry.' } as const;
    const third = { ...first, policy: 'none', message: 'the image is old', controls: [] };
    const text = one(FINDINGS.advisory, second, first, third);
    expect(rowsOf(text).map(cells).map((row) => [row[0], row[1], row[4]])).toEqual([
      ['high', 'the image has no tag<br><code>tag</code><br>and is old<br><code>none</code><br>and comes from anywhere (medium)<br><code>registry</code> cis:7 (+1)', 'cis-kubernetes-2.0.1:5.5.1'],
      ['low, advisory', "container 'main' runs an image without a digest<br><code>image-digest</code>", 'cis-kubernetes-2.0.1:5.5.1'],
    ]);
    expect(text).toContain('- <code>tag</code>: Name a tag.\n- <code>none</code>: Name a tag.\n- <code>registry</code>: Name a registry.\n- <code>image-digest</code>: Add');
    expect(text).toContain('check: 3 blocking findings, 1 advisory\n');
  });

  it('counts findings, not rows, that have no room', () => {
    const alike = manyFindings(3000).findings.flatMap((finding) => [finding, { ...finding, policy: 'second-policy' }]);
    const text = render({ findings: alike, coverage: EMPTY.coverage });
    expect(text).toContain(`\n\n${6000 - 2 * rowsOf(text).length} more findings; this comment has no room for them.\n\n`);
    const single = render({ findings: Array.from({ length: 3000 }, (_, index) => ['a', 'b'].map((policy) => ({ ...FINDINGS.blocking, policy, path: `spec[${index}]` }))).flat(), coverage: EMPTY.coverage });
    expect(single).toContain(`\n\n${6000 - 2 * rowsOf(single).length} more findings; this comment has no room for them.\n\n`);
  });

  it('shows the worst however long it is and however much is in one place', () => {
    const long = Array.from({ length: 50 }, (_, index) => ({ ...FINDINGS.blocking, policy: `policy-${index}`, message: `${index} ${'|'.repeat(1000)}` }));
    const text = one(...long);
    expect(text.length).toBeLessThanOrEqual(LIMIT);
    expect(rowsOf(text).length).toBeGreaterThan(0);
    expect(text).toContain('<code>policy-0</code>');
  });

  it('puts objects with the worst findings first', () => {
    const titles = lines(render(FULL)).filter((line) => line.startsWith('####'));
    expect(titles.map((title) => title.replace(/^#### <code>(\w+).*$/, '$1'))).toEqual(['Deployment', 'Pod', 'DaemonSet']);
  });

  it('shows exceptions with their reasons, and what was not evaluated', () => {
    const text = render(FULL);
    expect(text).toContain("<details><summary>1 waived</summary>\n\n| object | problem | exception |\n| - | - | - |\n| <code>Deployment/team-a/web</code> | the pod shares the node's network<br><code>host-network</code> | serves webhooks, net-team, until 2030-01-31 |\n\n</details>");
    expect(text).toContain('**Not evaluated**, so that the answer is incomplete:\n\n- <code>broken.yaml:3:5</code>: duplicate key\n- <code>Job/team-a/j</code>: spec.template.spec.containers is missing\n');
    expect(text).toMatch(/\n\n\*\*Coverage:\*\* 60 policies on 3 objects .*; 3 checks undecided: comes from the ServingRuntime \(2\), .*1 of the baseline no longer found; 1 ignored: no manifest[^\n]*$/);
  });

  it('has no row for what the baseline has', () => {
    expect(rowsOf(one(FINDINGS.known))).toEqual([]);
  });

  it('lets nothing in a manifest become a sign', () => {
    const text = one(FINDINGS.odd, { ...FINDINGS.odd, waived: { reason: ODD, declared: ODD } });
    const [row = ''] = rowsOf(text);
    const [waived = ''] = lines(text).filter((line) => line.includes('message') && line !== row);
    const [title = ''] = lines(text).filter((line) => line.startsWith('#### '));
    expect(cells(row)).toHaveLength(5);
    expect(cells(waived)).toHaveLength(3);
    for (const content of [...cells(row), ...cells(waived), title.slice('#### '.length)]) {
      expect(content.replaceAll(/<\/?code>|<br>/g, '')).not.toMatch(/[<>*`|\u0000\u001b\u202e]|\]\(|@s|(?<!&)#/);
    }
    expect(shown(cells(row)[1] ?? '')).toContain('message a|b`c`<b>d</b>&*e*_f_[x](http://evil)]]>"\' #g @\u2060someone \\u0000\\u001b[31m\\u202e');
  });

  it('keeps fences around fixes that hold fences', () => {
    const text = one({ ...FINDINGS.blocking, patch: { data: { readme: '```yaml\n````\n</details>' } } });
    expect(text).toContain('\n`````yaml\n');
    expect(lines(text).filter((line) => line.includes('</details>'))).toEqual(['</details>']);
  });

  it.each([
    ['many objects', manyFindings(3000)],
    ['one object with many findings', { findings: Array.from({ length: 3000 }, (_, index) => ({ ...FINDINGS.blocking, path: `spec.template.spec.containers[${index}]` })), coverage: EMPTY.coverage }],
  ])('counts what has no room: %s', (_name, result) => {
    const text = render(result);
    expect(text.length).toBeLessThanOrEqual(LIMIT);
    expect(text.length).toBeGreaterThan(LIMIT * 0.9);
    const rows = rowsOf(text).length;
    expect(text).toContain(`\n\n${3000 - rows} more findings; this comment has no room for them.\n\n`);
    expect(text.split('\n').at(-1)).toMatch(/^\*\*Coverage:\*\* /);
  });

  it('has room for the worst, whatever else there is', () => {
    const { findings, coverage } = manyFindings(3000);
    const low = findings.map((finding): (typeof findings)[number] => ({ ...finding, severity: 'low' }));
    expect(rowsOf(render({ findings: [...low, FINDINGS.blocking], coverage }))[0]).toMatch(/^\| critical /);
  });

  it('stays short with very much of everything', () => {
    const unevaluated = Array.from({ length: 5000 }, (_, index) => ({ file: `f${index}.yaml`, reason: `reason ${index} ${ODD.repeat(50)}` }));
    const waived = Array.from({ length: 5000 }, () => FINDINGS.waived);
    const text = render({ findings: [...waived, ...manyFindings(3000).findings], coverage: { ...COVERAGE, unevaluated } });
    expect(text.length).toBeLessThanOrEqual(LIMIT);
    const listed = lines(text).filter((line) => line.startsWith('- <code>f')).length;
    expect(listed).toBeGreaterThan(5);
    expect(text).toContain(`${5000 - listed} more were not evaluated; this comment has no room for them.`);
    expect(text).toMatch(/\n\n\d+ more waived; this comment has no room for them\.\n/);
  });
});
