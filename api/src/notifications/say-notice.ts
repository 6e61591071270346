import { cut } from "../core/cut.ts";
import { mailLanguageOf, writerFor, type MailWords, type Writer } from "../mails/index.ts";
import type { NoticeText } from "./notice.ts";
import { noticeWords, type NoticeWords } from "./notice-words.ts";

type Values = Record<string, string>;

/** Says a notice in one reader's language. */
export interface NoticeVoice {
  words: NoticeWords;
  /** What mails say, where notices say the same, and who writes them. */
  mails: MailWords;
  writer: Writer;
  say(sentence: string, values: Values): string;
  both(said: { title: string; message: string }, values: Values): NoticeText;
  /** A subject, short enough for one line of a notice. */
  quoted(subject: string): string;
}

const most = 80;

export function voiceFor(locale: string): NoticeVoice {
  // Nothing in a notice is told by a clock.
  const writer = writerFor({ name: "", locale, timezone: "UTC" });
  const words = noticeWords[mailLanguageOf(locale)];
  const { say } = writer;
  return {
    words,
    mails: writer.words,
    writer,
    say,
    both: ({ title, message }, values) => ({ title: say(title, values), message: say(message, values) }),
    quoted: (subject) => words.quote.replace("{about}", () => cut(subject, most)),
  };
}
