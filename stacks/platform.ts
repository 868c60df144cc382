import type { Construct } from 'constructs';
import { KubeflowBase } from '../constructs/base';
import { CertManager } from '../constructs/cert-manager';
import { rewriteImages } from '../constructs/core';
import { Istio } from '../constructs/istio';
import { JobSet } from '../constructs/jobset';
import { KServe } from '../constructs/kserve';
import { Trainer } from '../constructs/trainer';
import type { PlatformConfig } from './config';

/** The platform, as a bill of materials. */
export function platform(scope: Construct, config: PlatformConfig): void {
  if (config.imageRegistry) rewriteImages(scope, { registry: config.imageRegistry });

  const base = new KubeflowBase(scope, 'base');
  const { priorityClassName } = base;
  const certificates = new CertManager(scope, 'cert-manager', { priorityClassName });
  const mesh = new Istio(scope, 'istio', { priorityClassName, ingress: { serviceType: config.ingressServiceType } });
  const jobSets = new JobSet(scope, 'jobset', { namespace: base.system, certificates, priorityClassName });
  new Trainer(scope, 'trainer', { namespace: base.system, certificates, jobSets, priorityClassName });
  new KServe(scope, 'kserve', { certificates, mesh, domain: config.domain, priorityClassName });
}
