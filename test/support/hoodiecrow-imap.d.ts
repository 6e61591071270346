declare module "hoodiecrow-imap" {
  import type { Server, Socket } from "node:net";

  interface Message {
    uid: number;
    flags: string[];
    raw: string;
  }
  interface Mailbox {
    uidvalidity: number;
    messages: Message[];
  }
  interface Connection {
    socket: Socket | null;
    send(response: { tag: string; command: string; attributes: { type: string; value: string }[] }): void;
  }
  interface Command {
    tag: string;
    attributes: { value?: string }[];
  }
  type Handler = (connection: Connection, parsed: Command, data: unknown, callback: () => void) => void;
  interface ImapServer {
    server: Server;
    listen(port: number, host: string, done: () => void): void;
    close(done: () => void): void;
    appendMessage(mailbox: string, flags: string[], date: string | false, raw: string): void;
    getMailbox(path: string): Mailbox | undefined;
    getCommandHandler(command: string): Handler;
    setCommandHandler(command: string, handler: Handler): void;
  }
  /** An IMAP server that keeps its mail in memory. */
  // eslint-disable-next-line no-restricted-syntax -- it is what the package exports
  export default function createServer(options: {
    plugins: (string | ((server: ImapServer) => void))[];
    users: Record<string, { password: string }>;
    storage: Record<string, unknown>;
  }): ImapServer;
}
