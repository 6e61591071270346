import type { loadNotification } from "../notifications/index.ts";

type Notice = NonNullable<Awaited<ReturnType<typeof loadNotification>>>;

/** Whether whoever a notice is for is to be told of it by push, and when; null when not. */
export async function wantsPush(_notice: Notice): Promise<{ at: Date; isUrgent: boolean } | null> {
  return { at: new Date(0), isUrgent: false };
}
