import { objectIdentity } from '../../constructs/core';
import { removeCluster } from '../../local/cluster';
import { Engine, hasRecord, type ComponentProgress, type RunSummary } from '../../local/engine';
import { removeLeftovers } from '../leftovers';
import { pluginPath, POLICY_PACK } from '../plugins';
import { checkPolicies, type PolicyResult } from '../policy-check';
import { openSession, type Session, type StackOptions } from '../session';
import type { ReachOptions } from '../../local/target';
import { openTarget, type ReadyTarget } from '../target';

/** Options of the commands that run the engine. */
export interface DeployOptions extends StackOptions, ReachOptions {
  readonly onProgress: (progress: ComponentProgress) => void;
  /** Called when a phase begins. */
  readonly onPhase: (phase: string, session: Session) => void;
  /** Run the policy packs in the engine. @default true */
  readonly policies?: boolean;
}

/** What a run came to. */
export interface DeployResult extends RunSummary {
  readonly stack: string;
  readonly objects: number;
  readonly components: number;
  /** Seconds by phase. */
  readonly seconds: Readonly<Record<string, number>>;
  readonly kubeconfig: string;
  readonly context: string;
  /** What the policies said of the objects before anything was applied. */
  readonly policies: PolicyResult;
  /** Objects of killed runs that were removed. */
  readonly leftoversRemoved: number;
}

/** Brings a stack up. */
export async function up(options: DeployOptions): Promise<DeployResult> {
  return deploy(options, async (engine, target, session) => {
    const leftovers = engine.leftovers();
    const summary = await engine.up();
    const leftoversRemoved = await removeLeftovers(target, leftovers, identities(session));
    engine.finish();
    return { summary, leftoversRemoved };
  });
}

/** Shows what {@link up} would change. */
export async function preview(options: DeployOptions): Promise<DeployResult> {
  return deploy(options, async (engine) => ({ summary: await engine.preview(), leftoversRemoved: 0 }));
}

/** Takes a stack down, custom resources before the controllers that clear them; the embedded cluster goes too. */
export async function down(options: DeployOptions & { readonly keepCluster?: boolean }): Promise<DeployResult> {
  return deploy({ ...options, policies: false }, async (engine, target) => {
    const summary = hasRecord(target.workspace) ? await engine.destroy() : { changes: {}, policyViolations: [], errors: [] };
    const leftoversRemoved = await removeLeftovers(target, engine.leftovers(), new Set());
    engine.finish();
    if (target.embedded && !options.keepCluster) await removeCluster(target.embedded.name);
    return { summary, leftoversRemoved };
  });
}

type Run = (engine: Engine, target: ReadyTarget, session: Session) => Promise<{ readonly summary: RunSummary; readonly leftoversRemoved: number }>;

async function deploy(options: DeployOptions, run: Run): Promise<DeployResult> {
  const seconds: Record<string, number> = {};
  const timed = async <T>(phase: string, work: () => Promise<T> | T): Promise<T> => {
    const began = performance.now();
    try {
      return await work();
    } finally {
      seconds[phase] = (performance.now() - began) / 1000;
    }
  };
  const session = await timed('synthesis', () => openSession(options));
  const policies = await timed('policies', () => checkPolicies(session, options.policies !== false));
  options.onPhase('cluster', session);
  const target = await timed('cluster', () => openTarget(session.stack, options));
  options.onPhase('deployment', session);
  const { summary, leftoversRemoved } = await timed('deployment', () => run(engineFor(session, target, options), target, session));
  const { kubeconfig, context } = target;
  return {
    ...summary,
    stack: session.stack.name,
    objects: session.objects.length,
    components: new Set(session.objects.map(({ component }) => component)).size,
    seconds,
    kubeconfig,
    context,
    leftoversRemoved,
    policies,
  };
}

function engineFor(session: Session, target: ReadyTarget, options: DeployOptions): Engine {
  // Loading it takes as long as the engine's own start; both at once.
  const components = import('../../components/index.js');
  return new Engine({
    workspace: target.workspace,
    objects: session.graph.order().map(({ object }) => object),
    program: async () => {
      const { ClusterTarget, PlatformDeployment } = await components;
      const cluster = new ClusterTarget('cluster', { kubeconfig: target.kubeconfig, context: target.context });
      // Nothing runs on simulated nodes, so nobody puts CAs into webhooks there.
      new PlatformDeployment('platform', session.app, { cluster, awaitInjectedCa: !target.embedded });
    },
    policyPacks: options.policies === false ? [] : [POLICY_PACK],
    pluginPath: pluginPath(target),
    onProgress: options.onProgress,
    ...(options.signal && { signal: options.signal }),
  });
}

function identities({ objects }: Session): ReadonlySet<string> {
  return new Set(objects.map(({ manifest }) => objectIdentity(manifest)));
}
