import type * as DeskElements from "../desk-elements.ts";

/** Panel and views: everything that is needed only once somebody uses the desk. */
let loading: Promise<typeof DeskElements> | undefined;

/** Loads and defines them, once. A failed try (offline) is tried again at the next use. */
export function loadDesk(): Promise<typeof DeskElements> {
  loading ??= import("../desk-elements.ts").catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Loads `<sidedesk-preferences>`, which few open. Offline, once that is over: until then it shows what lies in it. */
export const loadPreferences = (): Promise<unknown> =>
  import("../preferences/define.ts").catch(() =>
    addEventListener("online", () => void loadPreferences(), { once: true }),
  );
