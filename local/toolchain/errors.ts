import { MINIMUM_GO } from './versions';

/** What still works where the toolchain can be neither found nor built. */
const WITHOUT_IT =
  'Without it these still work: `synth`, `check`, `images` and `why` (they need Node only), ' +
  'and `up -s onprem` against a cluster of your own with a `pulumi` CLI on PATH.';

/** The embedded control plane has to be built, and no usable Go compiler is there. */
export class GoUnavailableError extends Error {
  override readonly name = 'GoUnavailableError';

  /**
   * @param tools programs that are neither cached nor on PATH at a fitting version
   * @param found what `go` answered; undefined when there is no `go` on PATH
   */
  constructor(readonly tools: readonly string[], readonly found?: string) {
    super(
      `${found === undefined ? 'Go is not on PATH' : `Go on PATH is not usable (${found})`}, ` +
        `and ${tools.join(', ')} must be built. ` +
        `Install Go ${MINIMUM_GO} or newer from https://go.dev/dl/ (or your system's packages), ` +
        `or put ${tools.length === 1 ? 'that program' : 'those programs'} on PATH at a version that fits. ` +
        WITHOUT_IT,
    );
  }
}

/** A build or module download failed. Running again resumes where it stopped. */
export class ToolchainBuildError extends Error {
  override readonly name = 'ToolchainBuildError';

  /** @param output what the Go command printed, last lines */
  constructor(readonly tool: string, readonly command: string, readonly output: string) {
    super(`building ${tool} failed: ${command}\n${output}\n${advice(output)}What was compiled so far is kept: run again to resume. ${WITHOUT_IT}`);
  }
}

function advice(output: string): string {
  if (/no space left on device|disk quota exceeded/i.test(output)) {
    return 'The disk is full: a build needs about 6 GB in the Go caches (`go env GOCACHE GOMODCACHE`), and the programs take 0.6 GB. ';
  }
  if (/dial tcp|no such host|i\/o timeout|TLS handshake|connection refused|proxyconnect/i.test(output)) {
    return 'The Go module proxy could not be reached: check the network and `go env GOPROXY GOSUMDB`. ';
  }
  if (/checksum mismatch|SECURITY ERROR/i.test(output)) {
    return 'A module differs from what the Go checksum database has on record: it was not used. ';
  }
  return '';
}
