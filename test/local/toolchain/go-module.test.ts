import { goModuleFile, linkerFlags, stagingModules } from '../../../local/toolchain/go-module';

/** The shape of Kubernetes' own go.mod, cut down. */
const UPSTREAM = `module k8s.io/kubernetes

go 1.26.0

require (
	k8s.io/api v0.0.0
	k8s.io/klog/v2 v2.140.0
	k8s.io/cri-api v0.0.0
)

replace (
	k8s.io/cri-api => ./staging/src/k8s.io/cri-api
	k8s.io/api => ./staging/src/k8s.io/api
	example.com/fork => example.com/other v1.2.3
)
`;

describe('stagingModules', () => {
  it('finds exactly what is replaced by a staging directory', () => expect(stagingModules(UPSTREAM)).toEqual(['k8s.io/api', 'k8s.io/cri-api']));
  it('understands a replace line of its own', () => {
    expect(stagingModules('replace k8s.io/api v0.0.0 => ./staging/src/k8s.io/api\n')).toEqual(['k8s.io/api']);
  });
});

describe('goModuleFile', () => {
  it('replaces Kubernetes staging modules by the released ones', () => {
    const file = goModuleFile('kubernetes', UPSTREAM);
    expect(file).toContain('\nrequire k8s.io/kubernetes v1.36.3\n');
    expect(file.match(/=>.*/g)).toEqual(['=> k8s.io/api v0.36.3', '=> k8s.io/cri-api v0.36.3']);
  });

  it('needs nothing of modules that replace nothing', () => {
    expect(goModuleFile('kwok')).toBe('module kubeflow-cdk.local/kwok\n\ngo 1.26.0\n\nrequire sigs.k8s.io/kwok v0.8.0\n');
  });

  it('refuses a Kubernetes go.mod it does not understand, rather than building something else', () => {
    expect(() => goModuleFile('kubernetes', 'module k8s.io/kubernetes\n')).toThrow(/k8s\.io\/kubernetes@v1\.36\.3 replaces no staging modules/);
  });
});

describe('linkerFlags', () => {
  it('stamps each variable', () => expect(linkerFlags({ 'a.B': 'v1', 'a.C': '2' })).toBe('-s -w -X a.B=v1 -X a.C=2'));
});
