/**
 * Runs `work` while no other tab of this desk runs work of the same name. A refresh cookie may be spent once; two tabs
 * spending it together would look like theft and end the session of both.
 */
export function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request(name, work) : work(); // no locks without https
}
