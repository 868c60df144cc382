import type { Amounts } from './amounts';

/** Thousandths of a core for people, in cores: `1.5`. */
export function cpuText(thousandths: number): string {
  return rounded(thousandths / 1000);
}

/** Bytes for people: `512 Mi`, `1.5 Gi`. */
export function bytesText(bytes: number): string {
  return bytes < 2 ** 30 ? `${rounded(bytes / 2 ** 20)} Mi` : `${rounded(bytes / 2 ** 30)} Gi`;
}

/** Amounts for people: `1.5 CPU, 2 Gi`. */
export function show({ cpu, memory, gpus }: Amounts): string {
  return [`${cpuText(cpu)} CPU`, bytesText(memory), ...Object.entries(gpus).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []))].join(', ');
}

/** Two decimals at most. */
function rounded(value: number): string {
  return String(Number(value.toFixed(2)));
}
