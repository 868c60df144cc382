import type { App } from 'cdk8s';
import { MetricsServer } from '../../constructs/metrics-server';
import type { OnpremConfig } from '../config';
import { core, platform } from '../platform';
import { gatewayCertificate } from './certificates';
import { block, database, identityProvider, objectStore, pullSecret, sharedFiles } from './data';
import { loadBalancer } from './network';

/** The platform on a cluster that exists, as a bill of materials. */
export function program(app: App, config: OnpremConfig): void {
  const platformConfig = { ...config, acmeStaging: false };
  const base = core(app, platformConfig);
  const { install, ...kubelets } = config.metricsServer;
  if (install) new MetricsServer(app, 'metrics-server', { certificates: base.certificates, ...kubelets });
  const tls = gatewayCertificate(base.certificates, config);
  platform(app, platformConfig, base, {
    block: block(config),
    shared: sharedFiles(app, config),
    objectStore: objectStore(config),
    database: database(config),
    identityProvider: identityProvider(config),
    loadBalancer: loadBalancer(app, config, base.certificates),
    ...(tls && { tls }),
    cni: config.cni,
  });
  pullSecret(app, config);
}
