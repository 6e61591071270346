import { msg, str } from "@lit/localize";
import { ApiError } from "@sidedesk/client";
import { duration } from "@sidedesk/ui/format";
import { formatLocale } from "../../session/locale.ts";
import { errorWords } from "../../session/words.ts";

/** The least that a password may have, as the contract says. */
const leastPassword = 10;

/** The views of the portal that are steps of the way in. */
export type DoorView = "sign-in" | "register" | "forgot" | "verify" | "reset";

/** What was typed, and what is wrong with it, by field; `form` is about none of them. */
export interface Typed {
  name: string;
  email: string;
  password: string;
}
export type Wrong = Partial<Record<keyof Typed | "form", string>>;

export const passwordRule = (): string =>
  msg(str`At least ${leastPassword} characters. A few words are easier to remember than signs.`);

/** What is missing before anything is sent. Who signs in may have an older, shorter password. */
export function check({ name, email, password }: Typed, view: DoorView): Wrong {
  const wrong: Wrong = {};
  if (view === "register" && !name.trim()) wrong.name = msg("Tell us your name.");
  if (view === "verify") return wrong; // the link says all of it
  if (view !== "reset" && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email.trim()))
    wrong.email = msg("An email looks like name@place.example");
  if (view === "sign-in" && !password) wrong.password = msg("Enter your password.");
  if ((view === "register" || view === "reset") && password.length < leastPassword)
    wrong.password = msg(str`A few more characters, please: at least ${leastPassword}.`);
  return wrong;
}

/** A refusal, at the field that it is about. */
export function wrongOf(error: unknown, view: DoorView): Wrong {
  if (!(error instanceof ApiError)) return { form: errorWords(error) };
  const { status, problem, retryAfter } = error;
  if (status === 429) {
    const wait = duration((retryAfter ?? 900) * 1000 + 59_999, formatLocale());
    return { form: msg(str`That was too often. You can try again in ${wait}.`) };
  }
  if (status === 401 && view === "sign-in") return { password: mismatch(problem.triesLeft) };
  if (status === 403 && view === "register")
    return { form: msg("Nobody can make an account here at the moment. You can still ask us something.") };
  const [first] = problem.errors ?? [];
  if (first?.path === "email") return { email: msg("An email looks like name@place.example") };
  if (first?.path === "password" || first?.path === "name") return { [first.path]: first.message };
  return { form: errorWords(error) };
}

function mismatch(left: number | undefined): string {
  if (left === undefined || left > 5) return msg("Email and password do not match.");
  if (left === 0) return msg("Email and password do not match. Please wait 15 minutes before the next try.");
  return msg(str`Email and password do not match. Tries left before a break of 15 minutes: ${left}.`);
}

/** Whether a mailed link is used up, or too old. */
export const isSpent = (error: unknown): boolean => error instanceof ApiError && error.status === 401;
