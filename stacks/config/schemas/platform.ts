import { z } from 'zod';
import { dnsName, flag, label, oneOf, quantity, text } from './values';

/** Configuration every stack has. */
export const platformConfig = z.strictObject({
  domain: dnsName.default('example.com').describe('Domain under which inference services and the dashboard are reached'),
  ingressServiceType: oneOf('ClusterIP', 'LoadBalancer', 'NodePort').default('ClusterIP').describe('Type of the ingress gateway\'s Service'),
  imageRegistry: z
    .string()
    .regex(/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._/-]+)?$/, 'a registry host with an optional path, without scheme')
    .optional()
    .describe('Registry that mirrors every image; for clusters without access to public ones'),
  acmeEmail: text('an e-mail address').optional().describe('Who is told about certificates that are about to expire'),
  acmeStaging: flag.default(false).describe('Certificates for trying out: no browser trusts them, and there may be many'),
  teams: z.array(label, { error: 'a list of names' }).default([]).describe('Namespaces in which people train and serve, each with its data'),
  teamQuota: z
    .strictObject({
      cpu: quantity.default('32').describe('CPUs'),
      memory: quantity.default('128Gi').describe('Memory'),
      sharedFiles: quantity.default('100Gi').describe('Size of the volume that its people share'),
    })
    .prefault({})
    .describe('What all pods of one team may ask for, and the size of its shared volume'),
});

export type PlatformConfig = z.infer<typeof platformConfig>;
