/** Exit codes of the command; documented in `--help` and docs/cli.md. */
export const EXIT = {
  /** Done; for `check`: nothing found. */
  ok: 0,
  /** Policies found something that is not waived. */
  findings: 1,
  /** Wrong input: usage, configuration, constructs, or files that could not be evaluated. Nothing was changed. */
  input: 2,
  /** The deployment did not succeed. Running the command again resumes it. */
  deployment: 3,
  /** Something on this machine is missing: Go, a program, a cluster that answers. Nothing was changed. */
  environment: 4,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A failure with its exit code, where the error's own class does not tell. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    readonly exitCode: ExitCode,
  ) {
    super(message);
  }
}

const BY_NAME: Readonly<Record<string, ExitCode>> = {
  PolicyError: EXIT.findings,
  InvalidInputError: EXIT.input,
  ConfigError: EXIT.input,
  PolicyConfigError: EXIT.input,
  WaiverFileError: EXIT.input,
  UnknownStackError: EXIT.input,
  UnknownObjectError: EXIT.input,
  DuplicateObjectError: EXIT.input,
  ReleaseCycleError: EXIT.input,
  UnknownComponentError: EXIT.input,
  CapacityError: EXIT.input,
  DeploymentError: EXIT.deployment,
  GoUnavailableError: EXIT.environment,
  ToolchainBuildError: EXIT.environment,
  ClusterStartError: EXIT.environment,
  UnsupportedPlatformError: EXIT.environment,
  UnreachableClusterError: EXIT.environment,
  AwsSignInError: EXIT.environment,
  GcpSignInError: EXIT.environment,
  AzureSignInError: EXIT.environment,
};

/** The exit code of a failure. Errors are told by name: a command loads only the modules it needs. */
export function exitCodeOf(error: unknown): ExitCode | undefined {
  if (error instanceof CommandError) return error.exitCode;
  return error instanceof Error ? BY_NAME[error.name] : undefined;
}
