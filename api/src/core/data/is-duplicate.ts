/** Whether MongoDB refused a write because a unique index has such a document already. */
export const isDuplicate = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 11000;
