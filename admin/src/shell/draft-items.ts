import type { FileKeep, KeptFile } from "@sidedesk/ui/uploads";

const month = 30 * 86_400_000;
const prefix = "sidedesk-draft:";

/** Where somebody's drafts of one thing begin. */
export const draftsOf = (staffId: string, thing: string): string => `${prefix}${staffId}:${thing}:`;

export function readDraft(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** Keeps something for thirty days. */
export function writeDraft(name: string, value: object): void {
  try {
    localStorage.setItem(name, JSON.stringify({ ...value, at: Date.now() }));
  } catch {
    // Full or forbidden: what was typed is still in the field.
  }
}

export const removeDraft = (name: string): void => localStorage.removeItem(name);

/** Remembers the files that wait to be sent with a draft. */
export const filesOfDraft = (name: string): FileKeep => ({
  read: () => (readDraft(name) as { files?: KeptFile[] } | null)?.files ?? [],
  write: (files) => (files.length ? writeDraft(name, { files }) : removeDraft(name)),
});

export function dropOldDrafts(): void {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(prefix))) {
    const at = Number(/"at":(\d+)/.exec(localStorage.getItem(name) ?? "")?.[1]);
    if (!(Date.now() - at < month)) removeDraft(name);
  }
}
