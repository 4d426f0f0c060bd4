/** Waiting that ends: for what a network or a browser may never answer. */

/** What `work` comes to; undefined when it takes longer. What it comes to then is nobody's concern. */
export function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout>;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  return Promise.race([work, silence]).finally(() => clearTimeout(timer));
}
