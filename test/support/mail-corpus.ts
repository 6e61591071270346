// Longer than most: one list of mails as programs write them, each with what it must become.
import type { InboundReason } from "@sidedesk/contract";

/** Who writes to whom in a mail of the corpus. */
export interface Ends {
  from: string;
  to: string;
}
export interface CorpusMail {
  name: string;
  raw(ends: Ends): Buffer;
  /** What the comment says; or why there is none. */
  body?: string;
  refused?: InboundReason;
  /** Names of files that are taken, and of those that are not. */
  files?: string[];
  left?: string[];
}

const crlf = (text: string): string => text.replace(/\r?\n/g, "\r\n");
const desk = "Tarnside <desk@tarnside.example>";
let count = 0;

interface Parts {
  subject?: string;
  fromName?: string;
  head?: string;
  type?: string;
  encoding?: string;
  body: string | Buffer;
}
/** A mail with the usual head; `body` stands as it is. */
const mail = (parts: Parts) => (ends: Ends) => {
  const { subject = "Re: New answer", fromName = "Mara Lindqvist", head = "", body } = parts;
  const { type = "text/plain; charset=utf-8", encoding = "8bit" } = parts;
  count += 1;
  const fields = `Return-Path: <${ends.from}>\nFrom: ${fromName} <${ends.from}>\nTo: ${desk} <${ends.to}>\nSubject: ${subject}\nMessage-ID: <${Date.now()}.${process.pid}.${count}@mail.example>\nDate: Fri, 20 Nov 2026 10:20:00 +0100\nMIME-Version: 1.0\n${head}Content-Type: ${type}\nContent-Transfer-Encoding: ${encoding}\n\n`;
  return Buffer.concat([Buffer.from(crlf(fields)), typeof body === "string" ? Buffer.from(crlf(body)) : body]);
};
const fromBase64 = (text: string): Buffer => Buffer.from(text, "base64");
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Parts of a multipart body. */
const parts = (boundary: string, ...all: string[]): string =>
  `${all.map((part) => `--${boundary}\n${part}\n`).join("")}--${boundary}--\n`;
const plain = (text: string): string => `Content-Type: text/plain; charset=utf-8\n\n${text}`;
const html = (text: string): string => `Content-Type: text/html; charset=utf-8\n\n${text}`;
const file = (name: string, type: string, base64: string, more = ""): string =>
  `Content-Type: ${type}; name="${name}"\nContent-Disposition: attachment; filename="${name}"\n${more}Content-Transfer-Encoding: base64\n\n${base64}`;

export const corpus: readonly CorpusMail[] = [
  { name: "plain", raw: mail({ body: "It works now, thanks!\n" }), body: "It works now, thanks!" },
  {
    name: "Gmail, English",
    raw: mail({
      type: 'multipart/alternative; boundary="g1"',
      body: parts(
        "g1",
        plain(
          `Still broken for me.\n\nOn Fri, Nov 20, 2026 at 10:15 AM Tarnside <desk@tarnside.example>\nwrote:\n\n> Kim answered\n>\n> Please try again.\n`,
        ),
        html(
          `<div dir="ltr">Still broken for me.</div><br><div class="gmail_quote"><div class="gmail_attr">On Fri wrote:</div><blockquote>Please try again.</blockquote></div>`,
        ),
      ),
    }),
    body: "Still broken for me.",
  },
  {
    name: "Gmail, HTML alone",
    raw: mail({
      type: "text/html; charset=utf-8",
      body: `<div dir="ltr"><p>See <a href="https://shop.example/cart">my cart</a>, <b>twice</b>.</p><ul><li>one</li><li>two</li></ul></div><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Fri, Nov 20, 2026 Tarnside wrote:<br></div><blockquote class="gmail_quote">Try <script>alert(1)</script></blockquote></div>`,
    }),
    body: "See my cart (https://shop.example/cart), **twice**.\n\n * one\n * two",
  },
  {
    name: "Gmail, German",
    raw: mail({
      body: `Geht jetzt, danke.\n\nAm Fr., 20. Nov. 2026 um 10:15 Uhr schrieb Tarnside <\ndesk@tarnside.example>:\n\n> Bitte versuchen Sie es noch einmal.\n`,
    }),
    body: "Geht jetzt, danke.",
  },
  {
    name: "Apple Mail, English",
    raw: mail({
      head: "X-Mailer: Apple Mail (2.3774.600.62)\n",
      body: `Here is what I see.\n\nMara\n\n> On 20 Nov 2026, at 10:15, Tarnside <desk@tarnside.example> wrote:\n> \n> Please try again.\n`,
    }),
    body: "Here is what I see.\n\nMara",
  },
  {
    name: "Apple Mail, French, from a telephone",
    raw: mail({
      body: `Toujours la même erreur.\n\nEnvoyé de mon iPhone\n\n> Le 20 nov. 2026 à 10:15, Tarnside <desk@tarnside.example> a écrit :\n> \n> Merci de réessayer.\n`,
    }),
    body: "Toujours la même erreur.",
  },
  {
    name: "Outlook, English",
    raw: mail({
      head: "X-Mailer: Microsoft Outlook 16.0\n",
      body: `Hello Kim,\n\nthat did not help.\n\nFrom: Tarnside <desk@tarnside.example>\nSent: Friday, November 20, 2026 10:15 AM\nTo: Mara Lindqvist <mara@shop.example>\nSubject: New answer\n\nPlease try again.\n`,
    }),
    body: "Hello Kim,\n\nthat did not help.",
  },
  {
    name: "Outlook, German, with a line",
    raw: mail({
      body: `Guten Tag,\nes klappt leider nicht.\n\n________________________________\nVon: Tarnside <desk@tarnside.example>\nGesendet: Freitag, 20. November 2026 10:15\nAn: Mara Lindqvist\nBetreff: Neue Antwort\n\nBitte noch einmal.\n`,
    }),
    body: "Guten Tag,\nes klappt leider nicht.",
  },
  {
    name: "Outlook of old, German",
    raw: mail({
      body: `Nein.\n\n-----Ursprüngliche Nachricht-----\nVon: Tarnside [mailto:desk@tarnside.example]\nGesendet: Freitag, 20. November 2026\n\nBitte noch einmal.\n`,
    }),
    body: "Nein.",
  },
  {
    name: "Outlook, HTML alone",
    raw: mail({
      type: "text/html; charset=utf-8",
      body: `<html><head><style>p.MsoNormal{margin:0}</style></head><body><div class="WordSection1"><p class="MsoNormal">Price &lt; 5 &euro; &amp; free<o:p></o:p></p></div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Tarnside</div><div><p><b>From:</b> Tarnside &lt;desk@tarnside.example&gt;<br><b>Sent:</b> Friday<br><b>To:</b> Mara<br><b>Subject:</b> New answer</p><p>Please try again.</p></div></body></html>`,
    }),
    body: "Price < 5 € & free",
  },
  {
    name: "Outlook for iOS",
    raw: mail({
      body: `Thanks\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Tarnside <desk@tarnside.example>\nSent: Friday, November 20, 2026 10:15:00 AM\nTo: Mara <mara@shop.example>\nSubject: New answer\n\nHi\n`,
    }),
    body: "Thanks",
  },
  {
    name: "Thunderbird, answered point by point",
    raw: mail({
      body: `On 20.11.26 10:15, Tarnside wrote:\n> Which browser?\n\nFirefox 140.\n\n> And which system?\n\nDebian.\n`,
    }),
    body: "On 20.11.26 10:15, Tarnside wrote:\n> Which browser?\n\nFirefox 140.\n\n> And which system?\n\nDebian.",
  },
  {
    name: "Thunderbird, answered below",
    raw: mail({
      body: `Am 20.11.26 um 10:15 schrieb Tarnside:\n> Welcher Browser?\n\nFirefox.\n\n-- \nMara Lindqvist\nTel. 030 1234\n`,
    }),
    body: "Firefox.",
  },
  {
    name: "format=flowed",
    raw: mail({
      type: "text/plain; charset=utf-8; format=flowed",
      body: `This is a long line that a program \nbroke in two.\n\nOn 20 Nov 2026 at 10:15, Tarnside wrote:\n> Hello \n> there\n`,
    }),
    body: "This is a long line that a program broke in two.",
  },
  {
    name: "Spanish",
    raw: mail({
      body: `Sigue fallando.\n\nEl vie, 20 nov 2026 a las 10:15, Tarnside (<desk@tarnside.example>) escribió:\n\n> Inténtelo de nuevo.\n`,
    }),
    body: "Sigue fallando.",
  },
  {
    name: "Portuguese",
    raw: mail({
      body: `Ainda não funciona.\n\nEm sex., 20 de nov. de 2026 às 10:15, Tarnside <desk@tarnside.example>\nescreveu:\n\n> Tente novamente.\n`,
    }),
    body: "Ainda não funciona.",
  },
  {
    name: "Japanese, iso-2022-jp",
    raw: mail({
      subject: "=?iso-2022-jp?B?GyRCJCo7WUonJCQkSyREJCQkRhsoQg==?=",
      type: "text/plain; charset=iso-2022-jp",
      encoding: "7bit",
      body: fromBase64(
        "GyRCJCpAJE9DJEskSiRDJEYkKiRqJF4kOSEjGyhCDQobJEIkXiRARjAkLSReJDskcyEjJTklLyVqITwlcyU3JWclQyVIJHJFOklVJDckXiQ5ISMbKEINCg0KGyRCJGgkbSQ3JC8kKjRqJCQkJCQ/JDckXiQ5ISMbKEINChskQkVEQ2YbKEINCg0KMjAyNhskQkcvGyhCMTEbJEI3bhsoQjIwGyRCRnwbKEIoGyRCNmIbKEIpIDEwOjE1IFRhcm5zaWRlIDxkZXNrQHRhcm5zaWRlLmV4YW1wbGU+GyRCJE4lYSVDJTshPCU4GyhCOg0KPiAbJEIkNE8iTW0kIiRqJCwkSCQmJDQkNiQkJF4kOSEjGyhCDQo+IBskQjNORyckJCQ/JDckXiQ5ISMbKEINCg==",
      ),
    }),
    body: "お世話になっております。\nまだ動きません。スクリーンショットを添付します。\n\nよろしくお願いいたします。\n田中",
  },
  {
    name: "Japanese, shift_jis",
    raw: mail({
      type: "text/plain; charset=Shift_JIS",
      body: fromBase64("im2URoK1gtyCtYK9gUGCoILogqqCxoKkgrKCtIKigtyCt4FCDQo="),
    }),
    body: "確認しました、ありがとうございます。",
  },
  {
    name: "Arabic, windows-1256",
    raw: mail({
      type: "text/plain; charset=windows-1256",
      body: fromBase64(
        "49HNyMehDQrhxyDK0sfhIMfh1d3NySDhxyDK2uPhINrkz+0uDQoNCt3tIMfhzOPayaEgMjAg5Obd48jRIDIwMjYg3e0gMTA6MTWhIN/KyCBUYXJuc2lkZSA8ZGVza0B0YXJuc2lkZS5leGFtcGxlPjoNCj4g1N/RxyDh0dPH4crfDQo=",
      ),
    }),
    body: "مرحبا،\nلا تزال الصفحة لا تعمل عندي.",
  },
  {
    name: "windows-1252, quoted-printable",
    raw: mail({
      type: "text/plain; charset=windows-1252",
      encoding: "quoted-printable",
      body: "=93Caf=E9=94 kostet 5 =80 =96 und das ist eine ziemlich lange Zeile, die=\n weitergeht.\n",
    }),
    body: "“Café” kostet 5 € – und das ist eine ziemlich lange Zeile, die weitergeht.",
  },
  {
    name: "utf-8, base64",
    raw: mail({ encoding: "base64", body: `${Buffer.from("Grüße aus Zürich 🎿\n").toString("base64")}\n` }),
    body: "Grüße aus Zürich 🎿",
  },
  {
    name: "a charset that does not exist",
    raw: mail({ type: "text/plain; charset=x-nonsense", body: "Still readable.\n" }),
    body: "Still readable.",
  },
  {
    name: "bytes that are not of the charset it names",
    raw: mail({ body: Buffer.from("Gr\xfc\xdfe an alle\r\n", "latin1") }),
    body: "Gr\ufffd\ufffde an alle",
  },
  {
    name: "NUL and control characters",
    raw: mail({ body: Buffer.from("Be\0fore\x07 and after\x1b[31m\r\n") }),
    body: "Before and after[31m",
  },
  {
    name: "signature",
    raw: mail({ body: "Yes, please.\n\n-- \nMara Lindqvist\nHead of Things\n+46 8 123 45\n" }),
    body: "Yes, please.",
  },
  {
    name: "a file, and one that is not accepted",
    raw: mail({
      type: 'multipart/mixed; boundary="m1"',
      body: parts(
        "m1",
        plain("See the files.\n"),
        file("shot.png", "image/png", png),
        file("setup.exe", "application/octet-stream", Buffer.from("MZ\x90\0\x03\0\0\0").toString("base64")),
      ),
    }),
    body: "See the files.\n\n*Not taken from the mail: setup.exe (this type is not accepted)*",
    files: ["shot.png"],
    left: ["setup.exe"],
  },
  {
    name: "files alone",
    raw: mail({
      type: 'multipart/mixed; boundary="m2"',
      body: parts("m2", plain("\n"), file("=?utf-8?q?B=C3=BCro.png?=", "image/png", png)),
    }),
    body: "(no text)",
    files: ["Büro.png"],
  },
  {
    name: "seven files",
    raw: mail({
      type: 'multipart/mixed; boundary="m7"',
      body: parts(
        "m7",
        plain("Seven.\n"),
        ...[1, 2, 3, 4, 5, 6, 7].map((n) =>
          file(`${n}.txt`, "text/plain", Buffer.from(`File ${n}\n`).toString("base64")),
        ),
      ),
    }),
    body: "Seven.\n\n*Not taken from the mail: 6.txt (too many files), 7.txt (too many files)*",
    files: ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"],
    left: ["6.txt", "7.txt"],
  },
  {
    name: "a picture within the text, and our logo within what is quoted",
    raw: mail({
      type: 'multipart/related; boundary="r1"',
      body: parts(
        "r1",
        html(
          `<p>Look: <img src="cid:mine@x"></p><blockquote type="cite"><img src="cid:logo@x">Please try again.</blockquote>`,
        ),
        `Content-Type: image/png; name=mine.png\nContent-ID: <mine@x>\nContent-Disposition: inline; filename=mine.png\nContent-Transfer-Encoding: base64\n\n${png}`,
        `Content-Type: image/png; name=logo.png\nContent-ID: <logo@x>\nContent-Disposition: inline; filename=logo.png\nContent-Transfer-Encoding: base64\n\n${png}`,
      ),
    }),
    body: "Look:",
    files: ["mine.png"],
  },
  {
    name: "a file's name that leads elsewhere",
    raw: mail({
      type: 'multipart/mixed; boundary="m3"',
      body: parts(
        "m3",
        plain("Here.\n"),
        file("../../etc/passwd.txt", "text/plain", Buffer.from("a\n").toString("base64")),
      ),
    }),
    body: "Here.",
    files: ["passwd.txt"],
  },
  {
    name: "calendar invite",
    raw: mail({
      type: 'multipart/mixed; boundary="c1"',
      body: parts(
        "c1",
        plain("Can we talk on Monday?\n"),
        `Content-Type: text/calendar; charset=utf-8; method=REQUEST\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Talk\nEND:VEVENT\nEND:VCALENDAR`,
      ),
    }),
    body: "Can we talk on Monday?",
    files: ["invite.ics"],
  },
  {
    name: "1 000 parts",
    raw: mail({
      type: 'multipart/mixed; boundary="k"',
      body: parts(
        "k",
        plain("A thousand.\n"),
        ...Array.from({ length: 999 }, (_none, n) => file(`f${n}.xyz`, "application/x-none", "AAEC")),
      ),
    }),
    left: ["f0.xyz", "f998.xyz"],
  },
  {
    name: "parts within parts, without end",
    raw: mail({
      type: 'multipart/mixed; boundary="n"',
      body: `${Array.from({ length: 3000 }, (_none, n) => `--n${n || ""}\nContent-Type: multipart/mixed; boundary=n${n + 1}\n\n`).join("")}x\n`,
    }),
    refused: "malformed",
  },
  {
    name: "a boundary that never comes",
    raw: mail({ type: 'multipart/mixed; boundary="never"', body: "Nobody sees this.\n" }),
    refused: "empty",
  },
  { name: "nothing in it", raw: mail({ body: "\n\n" }), refused: "empty" },
  {
    name: "headers within name and subject",
    raw: mail({
      fromName: "=?utf-8?q?Mara=0D=0ABcc=3A_evil=40x=2Eexample?=",
      subject: "=?utf-8?q?Re=0D=0ABcc:_evil=40x.example?=",
      body: "Nothing happens.\n",
    }),
    body: "Nothing happens.",
  },
  {
    name: "HTML that would do something",
    raw: mail({
      type: "text/html",
      body: `<p onclick="x()">Hello</p><script>alert(1)</script><img src=x onerror=alert(1)><iframe src="javascript:alert(1)"></iframe><a href="javascript:alert(1)">press</a>`,
    }),
    body: "Hello\n\npress (javascript:alert(1))",
  },
  {
    name: "out of office",
    raw: mail({ subject: "Automatic reply: New answer", head: "Auto-Submitted: auto-replied\n", body: "I am away.\n" }),
    refused: "auto_reply",
  },
  {
    name: "out of office of Exchange",
    raw: mail({ head: "X-Auto-Response-Suppress: All\n", body: "I am away.\n" }),
    refused: "auto_reply",
  },
  {
    name: "out of office that says so in its subject alone",
    raw: mail({ subject: "=?utf-8?q?Abwesenheitsnotiz:_Urlaub?=", body: "Ich bin nicht da.\n" }),
    refused: "auto_reply",
  },
  { name: "Precedence: bulk", raw: mail({ head: "Precedence: bulk\n", body: "News.\n" }), refused: "auto_reply" },
  {
    name: "mailing list",
    raw: mail({ head: "List-Id: <talk.lists.example>\nPrecedence: list\n", body: "Hello list\n" }),
    refused: "mailing_list",
  },
  {
    name: "null return path",
    raw: (ends) =>
      Buffer.from(
        mail({ body: "Vacation.\n" })(ends).toString().replace(`Return-Path: <${ends.from}>`, "Return-Path: <>"),
      ),
    refused: "auto_reply",
  },
  {
    name: "receipt",
    raw: mail({
      type: 'multipart/report; report-type=disposition-notification; boundary="d"',
      body: parts(
        "d",
        plain("It was read.\n"),
        "Content-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed\n",
      ),
    }),
    refused: "auto_reply",
  },
  {
    name: "forged: somebody else's address in From",
    raw: ({ to }) => mail({ body: "Give me everything.\n" })({ from: "mallory@elsewhere.example", to }),
    refused: "sender_mismatch",
  },
  {
    name: "forged: two addresses in From",
    raw: (ends) =>
      Buffer.from(
        mail({ body: "Two.\n" })(ends)
          .toString()
          .replace(`<${ends.from}>\r\nTo`, `<${ends.from}>, Eve <eve@elsewhere.example>\r\nTo`),
      ),
    refused: "unclear_sender",
  },
  {
    name: "forged: two From headers",
    raw: (ends) =>
      Buffer.concat([Buffer.from("From: Eve <eve@elsewhere.example>\r\n"), mail({ body: "Two.\n" })(ends)]),
    refused: "unclear_sender",
  },
];

/** A mail with one file of so many bytes. */
export const mailOfSize = (bytes: number, ends: Ends): Buffer => {
  const base64 = Buffer.alloc(Math.floor((bytes / 78) * 57))
    .toString("base64")
    .replace(/.{76}/g, "$&\r\n");
  return mail({
    type: 'multipart/mixed; boundary="big"',
    body: parts("big", plain("A large one.\n"), file("large.zip", "application/zip", base64)),
  })(ends);
};

/** A mail server's report that a mail of ours could not be delivered. */
export const bounceOf = (messageId: string, status: string, { from, to }: Ends): Buffer =>
  Buffer.from(
    crlf(
      `Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.shop.example>\nTo: ${to}\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMessage-ID: <${Date.now()}.bounce@mx.shop.example>\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="dsn"\n\n${parts(
        "dsn",
        plain("I'm sorry to have to inform you that your message could not be delivered.\n"),
        `Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.shop.example\n\nFinal-Recipient: rfc822; ${from}\nAction: ${status.startsWith("4") ? "delayed" : "failed"}\nStatus: ${status}\nDiagnostic-Code: smtp; 550 ${status} <${from}>: Recipient address rejected:\n User unknown\n`,
        `Content-Type: text/rfc822-headers\n\nFrom: Tarnside <desk@tarnside.example>\nMessage-ID: ${messageId}\nSubject: New answer\n`,
      )}`,
    ),
  );
