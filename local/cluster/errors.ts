/** How a program of a cluster ended up. */
export interface ProgramFailure {
  /** Its log file. */
  readonly log: string;
  /** The end of that log. */
  readonly lastLines: string;
  /** It ended by itself; otherwise it was too slow. */
  readonly ended: boolean;
}

/** An embedded cluster could not be brought up. Its logs are kept; nothing of it keeps running. */
export class ClusterStartError extends Error {
  override readonly name = 'ClusterStartError';

  /** @param program which one failed */
  constructor(readonly cluster: string, readonly program: string, problem: string, readonly failure: ProgramFailure) {
    super(`cluster "${cluster}": ${program} ${problem}. ${hint(failure)}Log: ${failure.log}\n${failure.lastLines}`.trimEnd());
  }

  /** The port chosen for the API server was taken between choosing and listening. */
  get portTaken(): boolean {
    return this.program === 'kube-apiserver' && /address already in use/i.test(this.failure.lastLines);
  }

  /** A program that reads the stored data gave up, and not for want of space: the data may be at fault. */
  get dataSuspect(): boolean {
    return this.failure.ended && ['etcd', 'kube-apiserver'].includes(this.program) && !DISK_FULL.test(this.failure.lastLines);
  }
}

const DISK_FULL = /no space left on device|disk quota exceeded/i;

function hint({ lastLines, ended }: ProgramFailure): string {
  if (DISK_FULL.test(lastLines)) return 'The disk is full: free some space and start again. ';
  return ended ? '' : 'Start again if the machine was busy; if that does not help, remove the cluster. ';
}

/** The system cannot run the programs (Windows without WSL). */
export class UnsupportedPlatformError extends Error {
  override readonly name = 'UnsupportedPlatformError';

  constructor(platform: string) {
    super(`an embedded cluster needs Linux or macOS, this is ${platform}: on Windows run it in WSL 2, or use \`up -s onprem\` with a cluster of your own`);
  }
}
