/**
 * Asks again until the answer is something, and returns it.
 * @throws Error naming `what` when nothing came in time
 */
export async function until<T>(
  ask: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  options: { what: string; ms?: number | undefined; every?: number },
): Promise<T> {
  const { what, ms = 40_000, every = 50 } = options;
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
