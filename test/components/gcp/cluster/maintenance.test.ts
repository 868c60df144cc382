import { recurringWindow } from '../../../../components/gcp/cluster/maintenance';

describe('recurringWindow', () => {
  it('is on weekends unless told otherwise', () => {
    expect(recurringWindow({}, 'cluster')).toEqual({ startTime: '2025-01-02T02:00:00Z', endTime: '2025-01-02T10:00:00Z', recurrence: 'FREQ=WEEKLY;BYDAY=SA,SU' });
  });

  it('may pass midnight', () => {
    expect(recurringWindow({ days: ['MO', 'TH'], start: '22:30', hours: 6 }, 'cluster')).toMatchObject({ startTime: '2025-01-02T22:30:00Z', endTime: '2025-01-03T04:30:00Z' });
  });
});
