import type { Duration } from 'cdk8s';

/** A duration as Go writes it: whole hours where it can (`2160h`), minutes otherwise (`90m`). */
export function goDuration(duration: Duration): string {
  const minutes = duration.toMinutes();
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}
