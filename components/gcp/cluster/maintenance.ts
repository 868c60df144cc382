import { InvalidInputError } from '../../../constructs/core';

/** Day of the week, as in RFC 5545. */
export type Weekday = 'MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU';

/** When Google may upgrade and repair. */
export interface MaintenanceWindow {
  /** Days on which it begins. @default Saturday and Sunday */
  readonly days?: readonly Weekday[];
  /** Time at which it begins, UTC. @default '02:00' */
  readonly start?: string;
  /** Hours that it lasts, 4 to 24. @default 8 */
  readonly hours?: number;
}

/** What GKE takes for one. */
interface RecurringWindow {
  readonly startTime: string;
  readonly endTime: string;
  readonly recurrence: string;
}

/** Hours in 32 days that must be open to maintenance, and how long a window must be. @see https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions */
const NEEDED = { hours: 48, least: 4, most: 24 } as const;

/** Whole weeks in 32 days. */
const WEEKS = 4;

/** The day from which windows are counted: a Thursday, long past. */
const FIRST_DAY = Date.UTC(2025, 0, 2);

const HOUR = 3_600_000;

/**
 * A window as GKE takes it.
 *
 * @throws InvalidInputError if there would be too little time for maintenance
 */
export function recurringWindow({ days = ['SA', 'SU'], start = '02:00', hours = 8 }: MaintenanceWindow, where: string): RecurringWindow {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(start) ?? [];
  if (hour === undefined || minute === undefined) throw new InvalidInputError({ property: 'maintenance.start', value: start, expected: "a time such as '02:00' (UTC)", where });
  const week = new Set(days);
  if (!(hours >= NEEDED.least && hours <= NEEDED.most) || week.size * hours * WEEKS < NEEDED.hours) {
    const most = Math.ceil(NEEDED.hours / WEEKS / Math.max(week.size, 1));
    const expected = week.size === 0 ? 'days on which maintenance may begin' : `${Math.max(most, NEEDED.least)} to ${NEEDED.most} hours: GKE needs ${NEEDED.hours} in 32 days`;
    throw new InvalidInputError({ property: week.size === 0 ? 'maintenance.days' : 'maintenance.hours', value: week.size === 0 ? days : hours, expected, where });
  }
  const begin = FIRST_DAY + Number(hour) * HOUR + (Number(minute) * HOUR) / 60;
  const text = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
  return { startTime: text(begin), endTime: text(begin + hours * HOUR), recurrence: `FREQ=WEEKLY;BYDAY=${[...week].join(',')}` };
}
