import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { ClusterProgress } from '../../local/cluster';
import type { ComponentProgress } from '../../local/engine';
import type { ToolchainProgress } from '../../local/toolchain';

/** Shows how far a run is: bars on a terminal, lines elsewhere, nothing when asked for JSON. */
export interface ProgressView {
  toolchain(progress: ToolchainProgress): void;
  cluster(progress: ClusterProgress): void;
  /** The components of the run with their numbers of steps; called once, before {@link component}. */
  components(totals: ReadonlyMap<string, number>): void;
  component(progress: ComponentProgress): void;
  stop(): void;
}

/** The view that fits where the output goes. */
export function progressView(options: { readonly quiet: boolean; readonly terminal: boolean }): ProgressView {
  if (options.quiet) return { toolchain: ignore, cluster: ignore, components: ignore, component: ignore, stop: ignore };
  return options.terminal ? new Bars() : new Lines();
}

function ignore(): void {}

class Lines implements ProgressView {
  private totals: ReadonlyMap<string, number> = new Map();
  private lastBuild = '';

  toolchain({ program, phase, total }: ToolchainProgress): void {
    const line = phase === 'building' ? `building ${program} (once; about ${minutes(total.expectedSeconds)} for all)` : `${phase} ${program}`;
    if (phase !== 'found' && line !== this.lastBuild) say(line);
    this.lastBuild = line;
  }

  cluster({ phase, seconds }: ClusterProgress): void {
    say(`cluster: ${phase} (${seconds.toFixed(1)} s)`);
  }

  components(totals: ReadonlyMap<string, number>): void {
    this.totals = totals;
  }

  component({ component, done, failed }: ComponentProgress): void {
    const total = this.totals.get(component) ?? done;
    if (failed > 0) say(`${component}: failed`);
    else if (done === total) say(`${component}: ${done} of ${total}`);
  }

  stop(): void {}
}

class Bars implements ProgressView {
  private readonly bars = new Map<string, SingleBar>();
  private readonly view = new MultiBar(
    { format: '{name} {bar} {value}/{total} {note}', hideCursor: true, clearOnComplete: false, barsize: 30, linewrap: false, stream: process.stderr },
    Presets.shades_classic,
  );

  toolchain({ program, phase, total }: ToolchainProgress): void {
    if (phase === 'found') return;
    const bar = this.bar('toolchain', Math.max(1, Math.round(total.expectedSeconds)));
    bar.update(Math.min(bar.getTotal(), Math.round(total.seconds)), { note: `s  ${phase} ${program}` });
  }

  cluster({ phase, seconds }: ClusterProgress): void {
    this.bar('cluster', 1).update(phase === 'ready' ? 1 : 0, { note: `${phase} ${seconds.toFixed(1)} s` });
  }

  components(totals: ReadonlyMap<string, number>): void {
    for (const [component, total] of totals) this.bar(component, total);
  }

  component({ component, done, failed }: ComponentProgress): void {
    this.bars.get(component)?.update(done, { note: failed > 0 ? `${failed} failed` : '' });
  }

  stop(): void {
    this.view.stop();
  }

  private bar(name: string, total: number): SingleBar {
    const bar = this.bars.get(name) ?? this.view.create(total, 0, { name: name.padEnd(14), note: '' });
    this.bars.set(name, bar);
    return bar;
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function minutes(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
