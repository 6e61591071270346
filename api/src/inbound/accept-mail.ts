import { findCustomerByEmail, upsertCustomerByEmail } from "../accounts/index.ts";
import { keepUpload, type AttachmentDocument } from "../attachments/index.ts";
import { liftSuppression, noteBounce } from "../channels/index.ts";
import type { CustomerCaller, StaffCaller } from "../core/caller.ts";
import { cut } from "../core/cut.ts";
import { digest } from "../core/data/secrets.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { AppError } from "../core/errors.ts";
import type { SiteRecord } from "../sites/index.ts";
import { addComment, createTicket } from "../tickets/index.ts";
import { inboundMails, type InboundDocument } from "./inbound.model.ts";
import { inboundWords } from "./inbound-words.ts";
import { callerOf, type Verdict } from "./judge-mail.ts";
import { aboutOf, oneLine, type ParsedMail } from "./parse-mail.ts";
import { answerOf, filesWorthKeeping, wholeOf } from "./reply-text.ts";
import { discardFiles, takeFiles, type TakenFiles } from "./take-files.ts";

/** Somebody else has settled this mail meanwhile. */
export class AlreadySettled extends Error {}

type Result = Pick<InboundDocument, "kind" | "ticketId" | "commentId" | "customerId">;
type Accepting = Exclude<Verdict, { act: "refuse" }>;

/**
 * Does what a mail asks for and notes that it was done, in one transaction: a worker that is killed has done both or nothing.
 * @throws AlreadySettled; the driver's 11000 when the same mail was taken already; AppError when it may not be
 */
export async function acceptMail(
  document: InboundDocument,
  site: SiteRecord,
  mail: ParsedMail,
  verdict: Accepting,
  path: string,
): Promise<void> {
  if (verdict.act === "bounce") {
    await settleWith(document, mail, async () => {
      const customerId = await noteBounce(site.id, verdict.emailId, verdict.bounce);
      return { kind: "bounce", ticketId: document.ticketId, commentId: null, customerId };
    });
    return;
  }
  const said = verdict.act === "comment" ? answerOf(site, mail) : wholeOf(mail);
  const files = filesWorthKeeping(mail);
  if (said === "" && files.length === 0 && (verdict.act === "comment" || mail.subject === "")) throw new NothingSaid();
  const most = verdict.act === "comment" ? mostComment : mostDescription;
  const taken = await takeFiles(path, site.id, files, said.length > most ? said : null);
  try {
    const words = inboundWords(site.locale);
    const write = verdict.act === "comment" ? answer(site, mail, verdict) : open(site, mail, verdict.sender);
    await settleWith(document, mail, () => write(textOf(said, taken, words, most), taken.kept), {
      taken: taken.kept.length,
      refused: taken.refused.map(({ name, why }) => ({ name, reason: words[why] })),
    });
  } catch (error) {
    await discardFiles(taken.kept);
    throw error;
  }
}

export class NothingSaid extends Error {}

const mostComment = 10_000;
const mostDescription = 5000;

/** The message, with what of the mail is not in it named below. */
function textOf(said: string, { refused }: TakenFiles, words: ReturnType<typeof inboundWords>, most: number): string {
  const left = refused.map(({ name, why }) => `${escaped(name)} (${words[why]})`).slice(0, 20);
  const more = refused.length > left.length ? ` + ${refused.length - left.length}` : "";
  const notes = [
    ...(said.length > most ? [words.goesOn] : []),
    ...(left.length > 0 ? [`${words.notTaken}: ${left.join(", ")}${more}`] : []),
  ];
  const below = notes.map((note) => `\n\n*${note}*`).join("");
  const room = most - below.length;
  const text = said === "" ? words.noText : said;
  return cut(text, room) + below;
}

/** A file's name stays words. */
const escaped = (name: string): string => oneLine(name, 100).replace(/[\\`*_{}[\]<>#|~@!]/g, "\\$&");

type Write = (text: string, files: readonly AttachmentDocument[]) => Promise<Result>;

const answer =
  (site: SiteRecord, mail: ParsedMail, { caller, ticketId }: Extract<Verdict, { act: "comment" }>): Write =>
  async (body, files) => {
    const attachmentIds = await keepFiles(caller, files);
    const customerId = caller.kind === "customer" ? caller.customerId : null;
    try {
      const comment = await addComment(caller, ticketId, { body, visibility: "public", attachmentIds }, "email");
      return { kind: "comment", ticketId: comment.ticketId, commentId: comment._id, customerId };
    } catch (error) {
      // Closed too long ago to be taken up: what they write is a new request that follows up on it.
      if (!(error instanceof AppError && error.code === "illegal_transition" && caller.kind === "customer"))
        throw error;
      const followUp = { ...ticketOf(site, mail, body), followUpOf: ticketId, attachmentIds };
      const ticket = await createTicket(caller, followUp, "email");
      return { kind: "ticket", ticketId: ticket._id, commentId: null, customerId };
    }
  };

const open =
  (site: SiteRecord, mail: ParsedMail, { address, name }: { address: string; name: string }): Write =>
  async (body, files) => {
    const known = await findCustomerByEmail(site.id, address);
    const customer = known ?? (await upsertCustomerByEmail(site.id, { email: address, ...(name ? { name } : {}) }));
    const caller = callerOf(customer);
    const attachmentIds = await keepFiles(caller, files);
    const ticket = await createTicket(caller, { ...ticketOf(site, mail, body), attachmentIds }, "email");
    return { kind: "ticket", ticketId: ticket._id, commentId: null, customerId: customer.id };
  };

/** The category that needs no answers, since a mail gives none. */
function ticketOf({ settings, locale }: SiteRecord, { subject }: ParsedMail, body: string) {
  const words = inboundWords(locale);
  const title = subject.slice(0, 200).trim();
  const category = settings.categories.find(({ fields }) => !fields.some(({ required }) => required))?.key;
  return {
    subject: title.length < 3 ? `${title} ${words.noSubject}`.trim() : title,
    description: body,
    category,
  };
}

/** Makes them the writer's own, as if they had sent them in before. */
async function keepFiles(
  caller: CustomerCaller | StaffCaller,
  files: readonly AttachmentDocument[],
): Promise<string[]> {
  const id = caller.kind === "customer" ? caller.customerId : caller.staffId;
  for (const file of files) await keepUpload({ ...file, uploader: { kind: caller.kind, id } });
  return files.map(({ _id }) => _id);
}

function settleWith(
  document: InboundDocument,
  mail: ParsedMail,
  act: () => Promise<Result>,
  files: InboundDocument["files"] = { taken: 0, refused: [] },
): Promise<void> {
  const { _id, siteId } = document;
  return transaction(async () => {
    const result = await act();
    // Whoever writes from an address is there, whatever came back from it before.
    if (siteId && result.kind !== "bounce" && mail.from[0]) await liftSuppression(siteId, mail.from[0].address);
    // By what it came to and not by the lease, which a snapshot may not show yet: two workers at once meet here.
    const { matchedCount } = await inboundMails().updateOne(
      { _id, outcome: null },
      {
        $set: {
          ...result,
          outcome: "accepted",
          reason: null,
          detail: null,
          files,
          ...aboutOf(mail),
          ...takenAs(siteId, mail),
        },
      },
      inSession(),
    );
    if (matchedCount === 0) throw new AlreadySettled();
  });
}

/** A mail is known by its id and its sender: one who copies another's id keeps nobody's mail away. */
function takenAs(siteId: string | null, { messageId, from }: ParsedMail): { takenAs?: string } {
  if (messageId === "") return {};
  return { takenAs: digest([siteId, from[0]?.address, messageId].join("\n")) };
}
