import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Toolchain } from '../toolchain';
import { isReady } from './api';
import { contextOf, serverOf } from './cluster';
import { auditPolicy, egressSelector, kubeconfig, type Access } from './config';
import { ClusterStartError } from './errors';
import { lastLines, removeOthers, replaceFile, writeConfig } from './files';
import type { ClusterLayout } from './layout';
import { ensureStorageClass, reconcileNodes, takesPods } from './nodes';
import { freePort, isFree } from './port';
import { commandOf, endProcesses, instancesOf, runningProcesses, startProcess, type ProgramSpec, type StartedProcess } from './processes';
import { etcd, ETCD_SOCKETS, kubeApiserver, kubeControllerManager, kubeScheduler, kwok, type ClusterTool } from './programs';
import { kwokStages } from './stages';
import { writeState, type ClusterState, type User } from './state';

const POLL_MS = 40;
/** For a program started by us, on a busy machine. */
const START_MS = 90_000;
/** For a program found running: then it has nothing to do but answer. */
const ANSWER_MS = 15_000;
const RENEW_CERTIFICATE_MS = 30 * 24 * 3_600_000;

/** Steps of a start, as reported. */
export type ClusterPhase = 'etcd' | 'api-server' | 'controllers' | 'nodes' | 'ready';

/**
 * Makes what runs equal what should run: programs that run as they should are kept, others are started
 * (anew), and what depends on a restarted one is restarted too.
 */
export class BringUp {
  /** What was not as it should be. */
  readonly reasons: string[] = [];
  /** Programs left running. */
  kept = 0;
  private readonly started = new Map<string, StartedProcess>();

  constructor(
    private readonly layout: ClusterLayout,
    private state: ClusterState,
    private readonly toolchain: Pick<Toolchain, ClusterTool>,
    private readonly report: (phase: ClusterPhase) => void,
  ) {}

  /** @throws ClusterStartError */
  async run(): Promise<ClusterState> {
    this.report('etcd');
    const storage = etcd(this.layout, this.toolchain);
    const etcdStarted = await this.ensure(storage, false, async () => {
      for (const socket of ETCD_SOCKETS) await rm(join(this.layout.dir, socket), { force: true });
    });
    // The API server would back off for a second if its first connection failed.
    await this.until(storage.program, 'did not open its socket', START_MS, async () => existsSync(join(this.layout.dir, ETCD_SOCKETS[0])));

    this.report('api-server');
    const configs = [await writeConfig(this.layout.config, 'egress', egressSelector(join(this.layout.dir, 'no-egress.sock')))];
    const apiStarted = await this.apiServer(configs, etcdStarted);

    this.report('controllers');
    await Promise.all((await this.controllers(configs)).map((spec) => this.ensure(spec, apiStarted)));

    this.report('nodes');
    const access = await this.access('admin');
    this.reasons.push(...(await reconcileNodes(access, this.state.nodes, this.state.gpuNodes)));
    await ensureStorageClass(access);
    await this.until('kwok', 'did not make the nodes ready', START_MS, () => takesPods(access, this.state.nodes + this.state.gpuNodes));

    await replaceFile(this.layout.kubeconfig, kubeconfig(contextOf(this.layout.name), access));
    await removeOthers(this.layout.config, configs);
    this.state = { ...this.state, complete: true };
    await writeState(this.layout, this.state);
    this.report('ready');
    return this.state;
  }

  /** Has the API server running and ready; returns whether it was started. */
  private async apiServer(configs: string[], force: boolean): Promise<boolean> {
    const auditPolicyFile = this.state.audit ? await writeConfig(this.layout.config, 'audit', auditPolicy()) : undefined;
    if (auditPolicyFile !== undefined) configs.push(auditPolicyFile);
    const spec = (): ProgramSpec => kubeApiserver(this.layout, this.toolchain, {
      port: this.state.port, egressConfig: configs[0] ?? '', auditPolicy: auditPolicyFile,
    });
    const prepare = async (): Promise<ProgramSpec> => {
      await this.renewCertificate();
      if (!(await isFree(this.state.port))) {
        this.state = { ...this.state, port: await freePort() };
        await writeState(this.layout, this.state);
      }
      return spec();
    };
    const ready = async (): Promise<boolean> => existsSync(this.certificate) && isReady(await this.access('admin'));

    if (!(await this.ensure(spec(), force, prepare))) {
      if (await within(ANSWER_MS, ready)) return false;
      this.reasons.push('kube-apiserver did not answer');
      await this.ensure(spec(), true, prepare);
    }
    await this.until('kube-apiserver', 'did not become ready', START_MS, ready);
    return true;
  }

  private async controllers(configs: string[]): Promise<ProgramSpec[]> {
    const write = async (user: User): Promise<string> => {
      const path = await writeConfig(this.layout.config, user, kubeconfig(user, await this.access(user)));
      configs.push(path);
      return path;
    };
    const stages = await writeConfig(this.layout.config, 'stages', kwokStages());
    configs.push(stages);
    return [
      kubeControllerManager(this.layout, this.toolchain, await write('controller-manager')),
      kubeScheduler(this.layout, this.toolchain, await write('scheduler')),
      kwok(this.layout, this.toolchain, await write('kwok'), stages),
    ];
  }

  /**
   * Has one process of the program running, with exactly these arguments; returns whether it was started.
   * @param prepare runs when nothing of it runs any more; may answer with changed arguments
   */
  private async ensure(spec: ProgramSpec, force: boolean, prepare?: () => Promise<ProgramSpec | void>): Promise<boolean> {
    const instances = instancesOf(spec, runningProcesses());
    const asItShouldBe = instances.length === 1 && instances[0]?.command === commandOf(spec);
    if (asItShouldBe && !force) {
      this.kept += 1;
      return false;
    }
    if (instances.length === 0) this.reasons.push(`${spec.program} was not running`);
    else if (!asItShouldBe && !force) this.reasons.push(`${spec.program} ran with other settings`);
    await endProcesses(instances, spec.program === 'etcd');
    const final = (await prepare?.()) ?? spec;
    this.started.set(spec.program, startProcess(final, this.layout.dir, this.logOf(spec.program)));
    return true;
  }

  private async until(program: string, problem: string, timeout: number, done: () => Promise<boolean>): Promise<void> {
    const until = Date.now() + timeout;
    while (!(await done())) {
      for (const [name, process] of this.started) {
        const ended = process.exited();
        if (ended !== undefined) throw await this.failure(name, ended, true);
      }
      if (Date.now() > until) throw await this.failure(program, `${problem} in ${timeout / 1000} s`, false);
      await sleep(POLL_MS);
    }
  }

  private async failure(program: string, problem: string, ended: boolean): Promise<ClusterStartError> {
    const log = this.logOf(program);
    return new ClusterStartError(this.layout.name, program, problem, { log, lastLines: await lastLines(log), ended });
  }

  private logOf(program: string): string {
    return join(this.layout.logs, `${program}.log`);
  }

  private get certificate(): string {
    return join(this.layout.pki, 'apiserver.crt');
  }

  private async access(user: User): Promise<Access> {
    return { server: serverOf(this.state), ca: await readFile(this.certificate, 'utf8'), token: this.state.tokens[user] };
  }

  /** The API server makes its certificate itself if there is none; it is valid for a year. */
  private async renewCertificate(): Promise<void> {
    try {
      const { validTo } = new X509Certificate(await readFile(this.certificate));
      if (Date.parse(validTo) - Date.now() > RENEW_CERTIFICATE_MS) return;
    } catch {
      // Missing, or not a certificate.
    }
    for (const file of ['apiserver.crt', 'apiserver.key']) await rm(join(this.layout.pki, file), { force: true });
  }
}

async function within(timeout: number, done: () => Promise<boolean>): Promise<boolean> {
  const until = Date.now() + timeout;
  for (;;) {
    if (await done()) return true;
    if (Date.now() > until) return false;
    await sleep(POLL_MS);
  }
}
