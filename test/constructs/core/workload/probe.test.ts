import { execProbe, httpProbe, tcpProbe } from '../../../../constructs/core';
import { App, Chart, Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';

/** A probe as it is written into a manifest. */
function written(probe: k8s.Probe) {
  const chart = new Chart(new App(), 'chart');
  new k8s.KubePod(chart, 'pod', { metadata: { name: 'pod' }, spec: { containers: [{ name: 'c', livenessProbe: probe }] } });
  return Testing.synth(chart)[0].spec.containers[0].livenessProbe;
}

test('by HTTP, on a number or a named port', () => {
  expect(written(httpProbe('/healthz', 8080))).toEqual({ httpGet: { path: '/healthz', port: 8080 } });
  expect(written(httpProbe('/healthz', 'health', { scheme: 'HTTPS', periodSeconds: 5, failureThreshold: 1 }))).toEqual({
    httpGet: { path: '/healthz', port: 'health', scheme: 'HTTPS' }, periodSeconds: 5, failureThreshold: 1,
  });
});

test('by TCP', () => {
  expect(written(tcpProbe(3306, { initialDelaySeconds: 2 }))).toEqual({ tcpSocket: { port: 3306 }, initialDelaySeconds: 2 });
});

test('by a command', () => {
  expect(written(execProbe(['pg_isready', '-q'], { timeoutSeconds: 3 }))).toEqual({ exec: { command: ['pg_isready', '-q'] }, timeoutSeconds: 3 });
});
