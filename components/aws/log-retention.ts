import { InvalidInputError } from '../../constructs/core';

/** Days CloudWatch Logs can keep a log group for. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const LOG_RETENTION_DAYS: readonly number[] = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** @throws InvalidInputError if CloudWatch Logs knows no such retention */
export function checkLogRetention(property: string, days: number, where: string): void {
  if (LOG_RETENTION_DAYS.includes(days)) return;
  const next = LOG_RETENTION_DAYS.find((each) => each > days) ?? LOG_RETENTION_DAYS.at(-1);
  throw new InvalidInputError({ property, value: days, expected: `days that CloudWatch Logs knows, e.g. ${next} (of ${LOG_RETENTION_DAYS.join(', ')})`, where });
}
