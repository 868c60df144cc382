import { deployment, withContainer } from '../../objects';
import { check, findings, inPreview, MAIN, POD, UNKNOWN } from './verdicts';

const ID = 'secrets-in-environment';
const fromSecret = (name: unknown = 'db') => ({ valueFrom: { secretKeyRef: { name, key: 'password' } } });

it.each<[object, string[]]>([
  [{ env: [{ name: 'A', value: 'x' }, { name: 'PASSWORD', ...fromSecret() }] }, [
    `${MAIN}.env[1].valueFrom.secretKeyRef | {"name":"db","key":"password"} | container 'main' takes variable 'PASSWORD' from secret 'db'`,
  ]],
  [{ env: [{ ...fromSecret(null) }] }, [`${MAIN}.env[0].valueFrom.secretKeyRef | {"name":null,"key":"password"} | container 'main' takes variable (no name) from secret (no name)`]],
  [{ envFrom: [{ configMapRef: { name: 'a' } }, { secretRef: { name: 'db' } }] }, [`${MAIN}.envFrom[1].secretRef | {"name":"db"} | container 'main' takes variables from secret 'db'`]],
  [{ envFrom: [{ secretRef: {} }] }, [`${MAIN}.envFrom[0].secretRef | {} | container 'main' takes variables from secret (no name)`]],
  [{ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } }, { name: 'B', valueFrom: { secretKeyRef: null } }, null] }, []],
  [{ env: null, envFrom: [{ secretRef: null }, null] }, []],
  [{ env: 'A=1', envFrom: {} }, []],
  [{}, []],
])('of %j: %j', (container, expected) => {
  expect(check(ID, withContainer({ ...container }))).toEqual(expected);
});

it('looks into containers of every role', () => {
  const bad = { name: 'x', image: 'x', env: [{ name: 'A', ...fromSecret() }] };
  const object = deployment({ containers: [bad], initContainers: [bad], ephemeralContainers: [bad] });
  expect(findings(ID, object).map(({ path }) => path).toSorted()).toEqual(
    ['containers', 'ephemeralContainers', 'initContainers'].map((list) => `${POD}.${list}[0].env[0].valueFrom.secretKeyRef`),
  );
});

it('has a control in every benchmark', () => {
  expect(findings(ID, withContainer({ env: [fromSecret()] }))[0]?.controls).toEqual(
    expect.arrayContaining(['cis-kubernetes-2.0.1:5.4.1', 'cis-kubernetes-1.8:5.4.1', 'cis-eks-1.8:4.4.1', 'cis-gke-1.9:4.4.1', 'cis-aks-1.8:4.5.1']),
  );
});

it('does not need to know which secret', () => {
  expect(inPreview(ID, withContainer({ env: [{ name: UNKNOWN, ...fromSecret(UNKNOWN) }] }))).toEqual({ undecided: [], findings: [`main ${MAIN}.env[0].valueFrom.secretKeyRef`] });
  expect(inPreview(ID, withContainer({ env: [{ name: 'A', valueFrom: UNKNOWN }] }))).toEqual({ undecided: [`main ${MAIN}.env[0].valueFrom.secretKeyRef`], findings: [] });
});
