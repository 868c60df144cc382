import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { resourcePath, type ApiResource } from './discovery';
import { ApiError } from './errors';
import type { LiveObject } from './objects';

/** What a watch needs of the client. */
export interface WatchSource {
  stream(path: string, signal: AbortSignal): Promise<IncomingMessage>;
  get(name: string, namespace: string | undefined): Promise<LiveObject | undefined>;
  /** The resource version of now. */
  currentVersion(): Promise<string>;
}

/** Looks at each state of an object (nothing: it is gone); a result other than `undefined` ends the wait. */
export type Observer<T> = (object: LiveObject | undefined) => T | undefined;

interface Subscriber {
  readonly name: string;
  readonly namespace: string | undefined;
  see(object: LiveObject | undefined): void;
  fail(error: unknown): void;
}

/** A watch stays open this long after its last subscriber left: the next one is usually on its way. */
const LINGER_MS = 2_000;

/**
 * One watch of a resource type, shared by everyone who waits for an object of it. It starts at the version the first
 * object was written at, so nothing has to be listed, and nothing between write and watch is missed.
 */
export class ResourceWatch {
  private readonly subscribers = new Map<string, Set<Subscriber>>();
  /** States seen since the watch started: a later subscriber may have missed them. */
  private readonly seen = new Map<string, LiveObject | undefined>();
  private startVersion = '';
  private abort: AbortController | undefined;
  private linger: NodeJS.Timeout | undefined;

  constructor(
    private readonly resource: ApiResource,
    private readonly source: WatchSource,
  ) {}

  /**
   * Waits until an observer answers.
   * @param from the object as last seen (its resource version is where the wait begins)
   */
  async until<T>(from: LiveObject, observe: Observer<T>, signal: AbortSignal): Promise<T> {
    const first = observe(from);
    if (first !== undefined) return first;
    signal.throwIfAborted();
    return new Promise<T>((resolve, reject) => {
      const { name, namespace } = from.metadata;
      const key = `${namespace ?? ''}/${name}`;
      const leave = (): void => {
        signal.removeEventListener('abort', aborted);
        this.remove(key, subscriber);
      };
      const aborted = (): void => subscriber.fail(signal.reason);
      const subscriber: Subscriber = {
        name,
        namespace,
        see: (object) => {
          try {
            const answer = observe(object);
            if (answer === undefined) return;
            leave();
            resolve(answer);
          } catch (error) {
            subscriber.fail(error);
          }
        },
        fail: (error) => {
          leave();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      // One signal ends the waits of hundreds of objects.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', aborted);
      this.add(key, subscriber, from);
    });
  }

  /** Ends the watch; whoever still waits gets an error. */
  close(): void {
    for (const set of this.subscribers.values()) for (const subscriber of set) subscriber.fail(new Error('The connection to the API server was closed'));
    this.stop();
  }

  private add(key: string, subscriber: Subscriber, from: LiveObject): void {
    clearTimeout(this.linger);
    const set = this.subscribers.get(key) ?? new Set();
    this.subscribers.set(key, set.add(subscriber));
    const version = from.metadata.resourceVersion ?? '';
    if (!this.abort) {
      this.abort = new AbortController();
      this.startVersion = version;
      void this.run(this.abort.signal, version);
    } else if (this.seen.has(key)) {
      const latest = this.seen.get(key);
      if (!latest || newer(latest.metadata.resourceVersion, version)) subscriber.see(latest);
    } else if (!newer(version, this.startVersion)) {
      // The watch began after this object was written: what happened in between is read once.
      this.source.get(subscriber.name, subscriber.namespace).then((object) => subscriber.see(object), (error: unknown) => subscriber.fail(error));
    }
  }

  private remove(key: string, subscriber: Subscriber): void {
    const set = this.subscribers.get(key);
    set?.delete(subscriber);
    if (set?.size === 0) this.subscribers.delete(key);
    if (this.subscribers.size > 0) return;
    this.linger = setTimeout(() => this.stop(), LINGER_MS);
    this.linger.unref();
  }

  private stop(): void {
    clearTimeout(this.linger);
    this.abort?.abort();
    this.abort = undefined;
    this.seen.clear();
  }

  private async run(signal: AbortSignal, from: string): Promise<void> {
    let version = from;
    for (let failures = 0; !signal.aborted; ) {
      try {
        version = await this.follow(signal, version, () => { failures = 0; });
        // Servers end a watch after some minutes; a pause keeps one that ends at once from being hammered.
        await sleep(50, undefined, { ref: false });
      } catch (error) {
        if (signal.aborted) return;
        if (isExpired(error)) {
          version = await this.restart().catch(() => version);
        } else if (error instanceof ApiError && error.code === 403) {
          await this.poll(signal);
        } else if (++failures > 10) {
          this.failAll(error);
          return;
        } else {
          await sleep(Math.min(100 * 2 ** failures, 5_000), undefined, { ref: false });
        }
      }
    }
  }

  private async follow(signal: AbortSignal, from: string, alive: () => void): Promise<string> {
    let version = from;
    const response = await this.source.stream(`${resourcePath(this.resource)}?watch=1&allowWatchBookmarks=true&resourceVersion=${version}`, signal);
    for await (const line of createInterface({ input: response, crlfDelay: Infinity })) {
      if (signal.aborted) break;
      const event: { readonly type: string; readonly object: LiveObject } = JSON.parse(line);
      if (event.type === 'ERROR') throw eventError(event.object);
      alive();
      version = event.object.metadata.resourceVersion ?? version;
      if (event.type !== 'BOOKMARK') this.dispatch(event.object, event.type === 'DELETED');
    }
    return version;
  }

  private dispatch(object: LiveObject, gone: boolean): void {
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    const state = gone ? undefined : object;
    this.seen.set(key, state);
    for (const subscriber of this.subscribers.get(key) ?? []) subscriber.see(state);
  }

  /** The server no longer has the history since our version: read what is waited for, and begin again from now. */
  private async restart(): Promise<string> {
    const version = await this.source.currentVersion();
    this.seen.clear();
    this.startVersion = version;
    for (const set of this.subscribers.values()) {
      for (const subscriber of set) subscriber.see(await this.source.get(subscriber.name, subscriber.namespace));
    }
    return version;
  }

  /** Who may not watch a whole type may still read what they wrote. */
  private async poll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const set of this.subscribers.values()) {
        for (const subscriber of set) {
          await this.source.get(subscriber.name, subscriber.namespace).then((object) => subscriber.see(object), (error: unknown) => subscriber.fail(error));
        }
      }
      await sleep(1_000, undefined, { ref: false });
    }
  }

  private failAll(error: unknown): void {
    for (const set of this.subscribers.values()) for (const subscriber of set) subscriber.fail(error);
    this.stop();
  }
}

/** Resource versions of one type compare as integers. Unknown is never newer. */
function newer(a: string | undefined, b: string | undefined): boolean {
  if (!a || !b || !/^\d+$/.test(a) || !/^\d+$/.test(b)) return false;
  return BigInt(a) > BigInt(b);
}

function isExpired(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 410 || error.reason === 'Expired' || error.reason === 'Gone');
}

function eventError(status: LiveObject): ApiError {
  const code = typeof status['code'] === 'number' ? status['code'] : 500;
  return new ApiError(code, String(status['reason'] ?? 'Unknown'), String(status['message'] ?? 'the watch ended with an error'));
}
