import type { ServerCaller, StaffCaller } from "../core/caller.ts";

export type ReplyCaller = StaffCaller | ServerCaller;

/** Whose personal replies these are. */
export const personOf = (caller: ReplyCaller): string => (caller.kind === "staff" ? caller.staffId : caller.keyId);
