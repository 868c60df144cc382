import { progressView } from '../output/progress';
import { summaryText } from '../output/summary';
import type { Session } from '../session';
import { down, preview, up, type DeployOptions, type DeployResult } from './deploy';

/** Arguments of the commands that run the engine. */
export interface DeployArguments {
  readonly stack: string;
  readonly config?: readonly string[];
  readonly cluster: string;
  readonly policies: boolean;
  readonly audit?: boolean;
  readonly json: boolean;
}

type Print = <T>(json: boolean, result: T, text: (result: T) => string) => void;

/** `kubeflow-cdk up` */
export async function runUp(args: DeployArguments, print: Print): Promise<void> {
  print(args.json, await withProgress(args, up), (result) => summaryText('up', result));
}

/** `kubeflow-cdk preview` */
export async function runPreview(args: DeployArguments, print: Print): Promise<void> {
  print(args.json, await withProgress(args, preview), (result) => summaryText('preview', result));
}

/** `kubeflow-cdk down` */
export async function runDown(args: DeployArguments & { readonly keepCluster: boolean }, print: Print): Promise<void> {
  const result = await withProgress(args, (options) => down({ ...options, keepCluster: args.keepCluster }));
  print(args.json, result, (each) => summaryText('down', each));
}

async function withProgress(args: DeployArguments, command: (options: DeployOptions) => Promise<DeployResult>): Promise<DeployResult> {
  const view = progressView({ quiet: args.json, terminal: process.stderr.isTTY === true });
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await command({
      ...args,
      signal: interrupted.signal,
      onToolchain: (progress) => view.toolchain(progress),
      onCluster: (progress) => view.cluster(progress),
      onPhase: (phase, session) => {
        if (phase === 'deployment') view.components(stepsByComponent(session));
      },
      onProgress: (progress) => view.component(progress),
    });
  } finally {
    view.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** Steps the engine will report: one an object, and one for all the CRDs of a component. */
function stepsByComponent({ objects }: Session): ReadonlyMap<string, number> {
  const steps = new Map<string, number>();
  const withCrds = new Set<string>();
  for (const { component, manifest } of objects) {
    if (manifest.kind === 'CustomResourceDefinition') {
      if (withCrds.has(component)) continue;
      withCrds.add(component);
    }
    steps.set(component, (steps.get(component) ?? 0) + 1);
  }
  return steps;
}
