import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { until } from "./until.ts";

export interface Mailbox {
  url: string;
  /** Everything taken so far, in order. */
  mails: Email[];
  /** Who each came from by its envelope: whom a bounce would go to. */
  senders: string[];
  /** Waits for the `count`th mail and returns it. */
  wait(count?: number): Promise<Email>;
  /** What happens to the next message: an SMTP status refuses it, `drop` takes it and then breaks the line. */
  next: (number | "drop")[];
  header(mail: Email, name: string): string | undefined;
  close(): Promise<void>;
}

/** A mail server that keeps what it gets, and misbehaves on demand. */
export async function startMailbox(): Promise<Mailbox> {
  const mails: Email[] = [];
  const senders: string[] = [];
  const next: Mailbox["next"] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const order = next.shift();
        if (typeof order === "number") return done(Object.assign(new Error("Not today"), { responseCode: order }));
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          mails.push(mail);
          const { mailFrom } = session.envelope;
          senders.push(mailFrom ? mailFrom.address : "");
          if (order === "drop") for (const connection of server.connections) connection.close();
          else done();
        });
      });
    },
  });
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    senders,
    next,
    wait: (count = 1) => until(() => mails[count - 1], { what: `mail ${count}` }),
    header: (mail, name) => mail.headers.find((header) => header.key === name.toLowerCase())?.value,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
