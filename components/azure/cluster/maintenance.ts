import * as containerservice from '@pulumi/azure-native/containerservice';
import type * as pulumi from '@pulumi/pulumi';
import { checkWholeNumber, InvalidInputError } from '../../../constructs/core';

/** When Azure may upgrade, once a week. */
export interface MaintenanceWindow {
  readonly day: 'Sunday' | 'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday';
  /** E.g. `02:00`. */
  readonly startTime: string;
  /** Hours, 4 to 24. @default 4 */
  readonly hours?: number;
  /** E.g. `+02:00`. @default '+00:00' */
  readonly utcOffset?: string;
}

/** Length of a window in hours. @see https://learn.microsoft.com/azure/aks/planned-maintenance */
export const WINDOW_HOURS = { least: 4, most: 24 } as const;

const DEFAULT: MaintenanceWindow = { day: 'Sunday', startTime: '02:00' };

/** What Azure calls the windows for upgrades of Kubernetes, and of what nodes run. */
const CONFIGURATIONS = { cluster: 'aksManagedAutoUpgradeSchedule', nodes: 'aksManagedNodeOSUpgradeSchedule' } as const;

/**
 * Checks a window.
 *
 * @throws InvalidInputError
 */
export function checkMaintenance({ startTime, hours = WINDOW_HOURS.least, utcOffset = '+00:00' }: MaintenanceWindow = DEFAULT, where: string): void {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(startTime)) throw new InvalidInputError({ property: 'maintenance.startTime', value: startTime, expected: "a time from '00:00' to '23:59'", where });
  if (!/^[+-](0\d|1[0-4]):[0-5]\d$/.test(utcOffset)) throw new InvalidInputError({ property: 'maintenance.utcOffset', value: utcOffset, expected: "an offset such as '+02:00'", where });
  checkWholeNumber('maintenance.hours', hours, where, WINDOW_HOURS);
}

/** Keeps Azure's own upgrades of a cluster to a window. */
export function maintenanceWindows(name: string, cluster: containerservice.ManagedCluster, resourceGroupName: pulumi.Input<string>, window: MaintenanceWindow = DEFAULT, parent: pulumi.Resource): void {
  const { day, startTime, hours = WINDOW_HOURS.least, utcOffset = '+00:00' } = window;
  for (const [purpose, configName] of Object.entries(CONFIGURATIONS)) {
    new containerservice.MaintenanceConfiguration(
      `${name}-${purpose}`,
      { resourceGroupName, resourceName: cluster.name, configName, maintenanceWindow: { startTime, durationHours: hours, utcOffset, schedule: { weekly: { dayOfWeek: day, intervalWeeks: 1 } } } },
      { parent },
    );
  }
}
