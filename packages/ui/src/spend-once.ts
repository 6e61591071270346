/** A call that a page left behind is answered within this, or not at all; milliseconds. A slow line takes more than one second and a half. */
export const longest = 4000;

/**
 * Renews a session by a cookie that may be spent only once. No two tabs do it at the same time. And since a page that is
 * left (a quick reload) takes its lock along while its call goes on, what it began is noted, and the next page waits until
 * that call has brought the new cookie: spending the old one again would look like theft and end the session.
 *
 * The call itself must outlive its page (`keepalive`). In the page that is left it fails all the same, though it goes on:
 * only an answer takes the note away, or its age.
 */
export function spendOnce<T>(name: string, renew: () => Promise<T>): Promise<T> {
  const noted = async (): Promise<T> => {
    const left = began(name) + longest - Date.now();
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(left, longest)));
    note(name, Date.now());
    const answer = await renew();
    note(name, null);
    return answer;
  };
  return exclusively(name, noted);
}

/** Runs `work` while no other tab of this desk runs work of the same name. */
export function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request(name, work) : work(); // no locks without https
}

// Storage may be blocked; then a quick reload is as risky as it was.
function began(name: string): number {
  try {
    return Number(localStorage.getItem(name) ?? 0);
  } catch {
    return 0;
  }
}
function note(name: string, at: number | null): void {
  try {
    if (at === null) localStorage.removeItem(name);
    else localStorage.setItem(name, String(at));
  } catch {
    // as above
  }
}
