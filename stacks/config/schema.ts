import { z } from 'zod';

const dnsName = z.string().regex(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]{2,}$/, 'a DNS name such as kubeflow.example.com');
const count = (min: number, max: number) => z.coerce.number({ error: 'a whole number' }).int('a whole number').min(min, `at least ${min}`).max(max, `at most ${max}`);

/** Configuration every stack has. */
export const platformConfig = z.strictObject({
  domain: dnsName.default('example.com').describe('Domain under which inference services and the dashboard are reached'),
  ingressServiceType: z
    .enum(['ClusterIP', 'LoadBalancer', 'NodePort'], { error: 'one of ClusterIP, LoadBalancer, NodePort' })
    .default('ClusterIP')
    .describe('Type of the ingress gateway\'s Service'),
  imageRegistry: z
    .string()
    .regex(/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._/-]+)?$/, 'a registry host with an optional path, without scheme')
    .optional()
    .describe('Registry that mirrors every image; for clusters without access to public ones'),
});

/** Configuration of the `local` stack. */
export const localConfig = platformConfig.extend({
  nodes: count(1, 100).default(6).describe('Simulated CPU nodes'),
  gpuNodes: count(0, 100).default(4).describe('Simulated GPU nodes, eight GPUs each'),
});

/** Configuration of the `onprem` stack. */
export const onpremConfig = platformConfig.extend({
  kubeconfig: z.string().min(1, 'a path').default('~/.kube/config').describe('Path of the kubeconfig'),
  context: z
    .string({ error: 'the name of a context of the kubeconfig; no other cluster is ever touched' })
    .min(1, 'the name of a context of the kubeconfig')
    .describe('Context of the kubeconfig to deploy to'),
  ingressServiceType: platformConfig.shape.ingressServiceType.unwrap().default('LoadBalancer').describe('Type of the ingress gateway\'s Service'),
});

export type PlatformConfig = z.infer<typeof platformConfig>;
export type LocalConfig = z.infer<typeof localConfig>;
export type OnpremConfig = z.infer<typeof onpremConfig>;
