import type { PastEntry } from "../tickets/index.ts";
import { timeOf } from "./import-values.ts";
import type { JsonRecord } from "./read-json.ts";
import { isSame, mostComment, mostDescription, partsOf, withFiles } from "./zendesk-texts.ts";
import { recordOf, recordsIn, textOf } from "./zendesk-record.ts";

/** A comment as the file has it. */
export interface Said {
  authorId: string | undefined;
  /** The author, where the file puts them into the comment. */
  author: unknown;
  body: string;
  files: string[];
  isPublic: boolean;
  at: Date;
}
export type Author = Pick<PastEntry, "author" | "authorKey">;
export interface ReadConversation {
  description: string;
  /** What was said after the description, oldest first, and how many files were only named. */
  rest: Said[];
  filesLeft: number;
}

/**
 * Tells the description from what was said later. Zendesk's first comment is the description; when staff wrote it for each
 * other alone, customers do not see it here either.
 */
export function readConversation(record: JsonRecord, createdAt: Date): ReadConversation {
  const said = recordsIn(record["comments"])
    .map((comment, index) => ({ index, ...saidOf(comment, createdAt) }))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.index - b.index);
  const given = textOf(record["description"]);
  const [first, ...others] = said;
  const isDescription = first !== undefined && (given === undefined || isSame(given, first.body));
  const opening: Said = isDescription
    ? first
    : {
        authorId: textOf(record["requester_id"]),
        author: record["requester"],
        body: given ?? "",
        files: [],
        isPublic: record["is_public"] !== false,
        at: createdAt,
      };
  const later = isDescription ? others : said;
  const filesLeft = [opening, ...later].reduce((sum, { files }) => sum + files.length, 0);
  if (!opening.isPublic) return { description: "", rest: opening.body ? [opening, ...later] : later, filesLeft };
  const [description = "", ...more] = partsOf(withFiles(opening.body, opening.files), mostDescription, mostComment);
  // The rest of a long description is said at once, by the same person.
  const overflow = more.map((body) => ({ ...opening, body, files: [] }));
  return { description, rest: [...overflow, ...later], filesLeft };
}

function saidOf(comment: JsonRecord, ticketAt: Date): Said {
  const { body, plain_body: plain, value, html_body: html, author_id: authorId, author } = comment;
  const files = recordsIn(comment["attachments"]).flatMap(
    (file) => textOf(file["file_name"]) ?? textOf(file["filename"]) ?? textOf(file["name"]) ?? [],
  );
  return {
    authorId: textOf(authorId) ?? textOf(recordOf(author)["id"]),
    author,
    body: textOf(body) ?? textOf(plain) ?? textOf(value) ?? withoutTags(textOf(html)) ?? "",
    files,
    isPublic: comment["public"] !== false && comment["is_public"] !== false,
    at: timeOf("comments.created_at", textOf(comment["created_at"]) ?? textOf(comment["createdAt"])) ?? ticketAt,
  };
}

/** Only for comments that come as HTML alone: what is left is text, and shown as such. */
const withoutTags = (html: string | undefined): string | undefined =>
  html
    ?.replaceAll(/<(br|\/p|\/div|\/li)\b[^>]*>/gi, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .trim() || undefined;

/** As entries of ours: each as long as ours may be. */
export const entriesOf = (said: readonly Said[], authorOf: (one: Said) => Author): PastEntry[] =>
  said.flatMap((one) =>
    partsOf(withFiles(one.body, one.files).trim() || "(empty)", mostComment).map((body) => ({
      ...authorOf(one),
      body,
      visibility: one.isPublic ? ("public" as const) : ("internal" as const),
      createdAt: one.at,
    })),
  );
