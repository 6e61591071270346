import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import createServer from "hoodiecrow-imap";

export interface TestImap {
  url: string;
  /** Mail comes in. */
  deliver(raw: Buffer | string): void;
  /** What lies in a folder, with its flags. */
  messages(folder?: string): { uid: number; flags: string[]; raw: string }[];
  /** All numbers become others, as after a server's mailbox was restored. */
  renumber(): void;
  connections(): number;
  /** Breaks every connection. */
  drop(): void;
  /** Calls back when a command of this name comes, before it is answered; nobody else hears of it until that has ended. */
  hold(command: "UID FETCH" | "UID STORE" | "UID MOVE", until: () => Promise<void>): void;
  /** From now on it does not hand out the mail of this number; null: it does again. */
  refuse(uid: string | null): void;
  close(): Promise<void>;
}

/** A real IMAP server with one mailbox; without IDLE when it is to be asked. */
export async function startImap(options: { idle?: boolean; password?: string } = {}): Promise<TestImap> {
  const sockets = new Set<Socket>();
  const holds = new Map<string, () => Promise<void>>();
  let refused: string | null = null;
  const server = createServer({
    plugins: [
      ...(options.idle === false ? [] : ["IDLE"]),
      ...["UIDPLUS", "MOVE", "LITERALPLUS", "ID", "ENABLE", "UNSELECT", "NAMESPACE"],
      (one) => {
        for (const command of ["UID FETCH", "UID STORE", "UID MOVE"]) {
          const answer = one.getCommandHandler(command);
          one.setCommandHandler(command, (connection, parsed, data, callback) => {
            if (refused !== null && parsed.attributes[0]?.value === refused && command === "UID FETCH") {
              connection.send({
                tag: parsed.tag,
                command: "NO",
                attributes: [{ type: "TEXT", value: "Not this one" }],
              });
              return callback();
            }
            const held = holds.get(command);
            holds.delete(command);
            if (!held) return answer(connection, parsed, data, callback);
            void held().then(() => {
              if (!connection.socket || connection.socket.destroyed) callback();
              else answer(connection, parsed, data, callback);
            });
          });
        }
      },
    ],
    users: { desk: { password: options.password ?? "secret" } },
    storage: { INBOX: { messages: [] }, "": { separator: "/", folders: {} } },
  });
  server.server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1", () => undefined);
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `imap://desk:secret@127.0.0.1:${port}/INBOX`,
    deliver: (raw) => server.appendMessage("INBOX", [], false, raw.toString("binary" as never)),
    messages: (folder = "INBOX") => server.getMailbox(folder)?.messages ?? [],
    renumber: () => {
      const inbox = server.getMailbox("INBOX")!;
      inbox.uidvalidity += 1;
      inbox.messages.forEach((message, index) => (message.uid = index + 1));
    },
    connections: () => sockets.size,
    drop: () => sockets.forEach((socket) => socket.destroy()),
    refuse: (uid) => void (refused = uid),
    hold: (command, until) => void holds.set(command, until),
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}
