import { msg, str } from "@lit/localize";
import type { Category, Problem, SubmissionDraft, Ticket, TicketDraft, TicketPriority } from "@sidedesk/contract";
import { randomId } from "@sidedesk/ui/random-id";
import type { Drafts } from "../session/drafts.ts";

/** What somebody has filled in so far; kept as a draft on the device. */
export interface FormDraft {
  /** Idempotency key: one per request somebody means to send. */
  key: string;
  name: string;
  email: string;
  subject: string;
  text: string;
  category: string;
  priority: TicketPriority;
  fields: Record<string, string | boolean>;
  /** The closed request that this one goes on with. */
  followUpOf?: { number: string; subject: string } | undefined;
}
export type FormErrors = Record<string, string>;

export const emptyDraft = (): FormDraft => ({
  key: randomId(),
  name: "",
  email: "",
  subject: "",
  text: "",
  category: "",
  priority: "medium",
  fields: {},
});

export const isEmptyDraft = (draft: FormDraft): boolean =>
  !draft.subject && !draft.text && !draft.name && !draft.email && !draft.followUpOf;

/** Whatever was begun in the form becomes a follow-up of `ticket`; what was written stays. */
export function followUp(drafts: Drafts, { number, subject, category }: Ticket): void {
  const kept = drafts.get<FormDraft>("form") ?? { ...emptyDraft(), category };
  drafts.set("form", { ...kept, followUpOf: { number, subject } });
}

/** People write 12,50 as well as 12.50. */
const numberOf = (value: string | boolean): number => Number(String(value).trim().replace(",", "."));

const tooShort = (least: number): string => msg(str`A few more letters, please: at least ${least}.`);

/** What is still missing, by field, in the words people read. Lengths are the contract's: UTF-16 units after trimming. */
export function checkDraft(draft: FormDraft, isPublic: boolean, category: Category | undefined): FormErrors {
  const errors: FormErrors = {};
  if (isPublic && !draft.name.trim()) errors["name"] = msg("Tell us your name.");
  if (isPublic && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(draft.email.trim()))
    errors["email"] = msg("An email looks like name@place.example");
  if (draft.subject.trim().length < 3)
    errors["subject"] = draft.subject.trim() ? tooShort(3) : msg("Say what it is about.");
  if (draft.text.trim().length < 10) errors["text"] = draft.text.trim() ? tooShort(10) : msg("Tell us a little more.");
  for (const field of category?.fields ?? []) {
    const value = draft.fields[field.key];
    if (field.required && (value === undefined || value === "" || value === false))
      errors[`fields.${field.key}`] = msg(str`${field.label} is needed.`);
    else if (field.type === "number" && value && Number.isNaN(numberOf(value)))
      errors[`fields.${field.key}`] = msg("Figures only, please.");
  }
  return errors;
}

/** The server's own findings, put at the fields they are about. */
export function errorsOf(problem: Problem): FormErrors {
  const names: Record<string, string> = { description: "text", message: "text" };
  const found = (problem.errors ?? []).map(({ path, message }) => [names[path] ?? path, message] as const);
  return found.length ? Object.fromEntries(found) : { form: problem.detail };
}

function extraFields(
  draft: FormDraft,
  category: Category | undefined,
): { fields?: Record<string, string | number | boolean> } {
  const fields: Record<string, string | number | boolean> = {};
  for (const { key, type } of category?.fields ?? []) {
    const value = draft.fields[key];
    if (value === undefined || value === "") continue;
    fields[key] = type === "number" ? numberOf(value) : value;
  }
  return Object.keys(fields).length ? { fields } : {};
}

export const ticketInput = (draft: FormDraft, category: Category | undefined): TicketDraft => ({
  subject: draft.subject.trim(),
  description: draft.text.trim(),
  priority: draft.priority,
  ...(category ? { category: category.key } : {}),
  ...(draft.followUpOf ? { followUpOf: draft.followUpOf.number } : {}),
  ...extraFields(draft, category),
});

export const submissionInput = (draft: FormDraft, category: Category | undefined): SubmissionDraft => ({
  name: draft.name.trim(),
  email: draft.email.trim(),
  subject: draft.subject.trim(),
  message: draft.text.trim(),
  priority: draft.priority,
  ...(category ? { category: category.key } : {}),
  ...extraFields(draft, category),
});
