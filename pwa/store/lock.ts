/**
 * One at a time across tabs and worker, by Web Locks; a lock goes with the page that held it. Where
 * there are none, work simply runs: everything it guards is safe to do twice, only not thrifty.
 */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  return locks ? (locks.request(name, work) as Promise<T>) : work();
}
