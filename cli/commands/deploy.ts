import type { PulumiFn } from '@pulumi/pulumi/automation';
import { objectIdentity } from '../../constructs/core';
import { removeCluster } from '../../local/cluster';
import { Engine, hasRecord, type ComponentProgress, type RunSummary } from '../../local/engine';
import { exitCodeOf } from '../exit-codes';
import { removeLeftovers } from '../leftovers';
import { pluginPath, POLICY_PACK } from '../plugins';
import { checkPolicies, type PolicyResult } from '../policy-check';
import { openSession, type Session, type StackOptions } from '../session';
import { type Capacity, capacityOf, requireRoom } from '../../stacks/capacity';
import type { ReachedCluster, ReachOptions } from '../../local/target';
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
  /** Of a cluster that was there before. */
  readonly kubeconfig?: string;
  readonly context?: string;
  /** What the policies said of the objects before anything was applied. */
  readonly policies: PolicyResult;
  /** What the platform asks for, against what the nodes of its cluster have; of a stack that makes its cluster. */
  readonly capacity?: Capacity;
  /** Objects of killed runs that were removed. */
  readonly leftoversRemoved: number;
}

/** Brings a stack up. */
export async function up(options: DeployOptions): Promise<DeployResult> {
  return deploy(options, async (engine, target, session) => {
    const leftovers = engine.leftovers();
    const summary = await engine.up();
    const leftoversRemoved = target.cluster ? await removeLeftovers(target.cluster, leftovers, identities(session)) : 0;
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
    const { cluster } = target;
    const leftoversRemoved = cluster ? await removeLeftovers(cluster, engine.leftovers(), new Set()) : 0;
    engine.finish();
    if (cluster?.embedded && !options.keepCluster) await removeCluster(cluster.embedded.name);
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
  const capacity = session.provisioned && requireRoom(capacityOf(session.objects, session.provisioned.nodePools));
  options.onPhase('cluster', session);
  const target = await timed('cluster', () => openTarget(session.stack, options));
  options.onPhase('deployment', session);
  const { engine, refusal } = engineFor(session, target, options);
  const { summary, leftoversRemoved } = await timed('deployment', () => run(engine, target, session)).catch((error: unknown) => {
    // The program found fault with its input: that says more than that the engine failed.
    throw refusal() ?? error;
  });
  const { cluster } = target;
  return {
    ...summary,
    stack: session.stack.name,
    objects: session.objects.length,
    components: new Set(session.objects.map(({ component }) => component)).size,
    seconds,
    ...(cluster && { kubeconfig: cluster.kubeconfig, context: cluster.context }),
    ...(capacity && { capacity }),
    leftoversRemoved,
    policies,
  };
}

function engineFor(session: Session, target: ReadyTarget, options: DeployOptions): { readonly engine: Engine; refusal(): unknown } {
  const { cluster } = target;
  const program = cluster?.embedded ? embeddedProgram(session, cluster) : stackProgram(session, cluster);
  let refused: unknown;
  const engine = new Engine({
    workspace: target.workspace,
    objects: session.graph.order().map(({ object }) => object),
    program: async () => {
      try {
        return await program();
      } catch (error) {
        refused = error instanceof Error && exitCodeOf(error.cause) !== undefined ? error.cause : undefined;
        throw error;
      }
    },
    policyPacks: options.policies === false ? [] : [POLICY_PACK],
    pluginPath: pluginPath(cluster),
    onProgress: options.onProgress,
    ...(options.signal && { signal: options.signal }),
  });
  return { engine, refusal: () => refused };
}

function embeddedProgram({ app }: Session, { kubeconfig, context }: ReachedCluster): PulumiFn {
  // Loading it takes as long as the engine's own start; both at once.
  const components = import('../../components/index.js');
  return async () => {
    const { ClusterTarget, PlatformDeployment } = await components;
    // Nothing runs on simulated nodes, so nobody puts CAs into webhooks there.
    new PlatformDeployment('platform', app, { cluster: new ClusterTarget('cluster', { kubeconfig, context }), awaitInjectedCa: false });
  };
}

/** The stack is declared anew in the engine, where secrets are decrypted and outputs become known. */
function stackProgram({ stack, values }: Session, cluster: ReachedCluster | undefined): PulumiFn {
  const programs = import('../../stacks/program.js');
  return async () => ({ ...(await (await programs).deployStack(stack.name, values, cluster)) });
}

function identities({ objects }: Session): ReadonlySet<string> {
  return new Set(objects.map(({ manifest }) => objectIdentity(manifest)));
}
