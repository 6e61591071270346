import type { Preferences, PreferencesInput } from "@sidedesk/contract";
import type { PushState } from "./push-switch.ts";

/** Whose preferences they are: a customer's, or those of somebody who answers. */
export type PreferencesScope = "customer" | "staff";

/** What each part of the form is drawn from. */
export interface FormContext {
  preferences: Preferences;
  scope: PreferencesScope;
  /** The language for times and names. */
  locale: string;
  push: { state: PushState | "busy" | null; error: string; set: (isOn: boolean) => void };
  /** Fields whose value cannot be taken, by name, in words. */
  problems: Record<string, string>;
  setProblem: (field: string, words: string | undefined) => void;
  change: (change: PreferencesInput, soon?: boolean) => void;
}
