import { k8s } from 'cdk8s-plus-27';

/** An empty directory, on disk or in memory. */
export function emptyDirectory(name: string, memoryLimit?: string): k8s.Volume {
  return { name, emptyDir: memoryLimit === undefined ? {} : { medium: 'Memory', sizeLimit: k8s.Quantity.fromString(memoryLimit) } };
}
