import { createTransport } from "nodemailer";
import { config } from "../core/config.ts";

type MailTransport = ReturnType<typeof open>;
let transport: MailTransport | undefined;
let openedFor: string | undefined;

/** The pool of connections to the mail server of `SMTP_URL`. Tries are counted by the job, never repeated in here. */
export function mailTransport(): MailTransport {
  const { SMTP_URL } = config();
  if (transport && openedFor === SMTP_URL) return transport;
  transport?.close();
  openedFor = SMTP_URL;
  transport = open(SMTP_URL);
  return transport;
}

const open = (url: string) =>
  createTransport({
    url,
    pool: true,
    maxConnections: 10,
    maxRequeues: 0,
    idleTimeout: 10_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
