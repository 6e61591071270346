import { mailLanguageOf, mailWords, type MailWords } from "../mails/index.ts";
import type { NoticeText } from "./notice.ts";
import { noticeWords, type NoticeWords } from "./notice-words.ts";

type Values = Record<string, string>;

/** Says a notice in one reader's language. */
export interface NoticeVoice {
  words: NoticeWords;
  /** What mails say, where notices say the same. */
  mails: MailWords;
  say(sentence: string, values: Values): string;
  both(said: { title: string; message: string }, values: Values): NoticeText;
  /** A subject, short enough for one line of a notice. */
  quoted(subject: string): string;
}

const most = 80;
/** As in mails: what somebody typed turns nothing around it. */
const isolated = (text: string): string => `\u2068${text}\u2069`;

export function voiceFor(locale: string): NoticeVoice {
  const language = mailLanguageOf(locale);
  const words = noticeWords[language];
  const say = (sentence: string, values: Values): string =>
    sentence.replace(/\{([a-z]+)\}/g, (_whole, key: string) => {
      const value = values[key] ?? "";
      return language === "ar" ? isolated(value) : value;
    });
  return {
    words,
    mails: mailWords[language],
    say,
    both: ({ title, message }, values) => ({ title: say(title, values), message: say(message, values) }),
    quoted: (subject) =>
      words.quote.replace("{about}", () =>
        subject.length > most ? `${subject.slice(0, most - 1).trimEnd()}…` : subject,
      ),
  };
}
