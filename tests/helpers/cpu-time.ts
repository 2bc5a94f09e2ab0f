/**
 * Milliseconds of processor time that `work` takes in this process: unlike time on the clock it does not grow when
 * other programs want the same processors.
 */
export function cpuMilliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
