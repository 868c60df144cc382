/** One cause of a refused request, from `details.causes` of a Kubernetes Status. */
export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  /** Path of the field, e.g. `.spec.replicas`. */
  readonly field?: string;
}

/** The API server answered a request with something else than success. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** HTTP status code. */
    readonly code: number,
    /** Machine-readable reason of the Kubernetes Status, e.g. `NotFound`, `Conflict`, `Invalid`. */
    readonly reason: string,
    message: string,
    readonly causes: readonly StatusCause[] = [],
    /** Seconds the server asks to wait before another attempt. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }

  /** Reads a Kubernetes Status, or whatever else a proxy in between answered. */
  static fromResponse(code: number, body: string, request: string, retryAfter?: string): ApiError {
    const seconds = retryAfter !== undefined && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
    try {
      const status: unknown = JSON.parse(body);
      if (isStatus(status)) {
        return new ApiError(code, status.reason ?? 'Unknown', status.message ?? `${request}: HTTP ${code}`, status.details?.causes ?? [], seconds);
      }
    } catch {
      // Not JSON: a proxy or load balancer answered, its text is all there is.
    }
    return new ApiError(code, 'Unknown', `${request}: HTTP ${code} ${body.slice(0, 300).trim()}`.trim(), [], seconds);
  }
}

/** The API server could not be reached, or the connection broke, in every attempt that was allowed. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';

  constructor(
    readonly server: string,
    request: string,
    override readonly cause: Error & { readonly code?: string },
  ) {
    super(`${request}: cannot reach the API server ${server}: ${cause.message || cause.code || cause.name}`);
  }
}

/** No API of the cluster serves this kind. */
export class UnknownKindError extends Error {
  override readonly name = 'UnknownKindError';

  constructor(
    readonly apiVersion: string,
    readonly kind: string,
    server: string,
  ) {
    super(`The API server ${server} serves no kind ${kind} in ${apiVersion}: its CustomResourceDefinition is missing, not established, or does not serve this version`);
  }
}

/** Whether an error says that an object does not exist. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 404;
}

interface Status {
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly causes?: readonly StatusCause[] };
}

function isStatus(value: unknown): value is Status {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Status';
}
