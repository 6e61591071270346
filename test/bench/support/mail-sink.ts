import { createServer, type AddressInfo, type Socket } from "node:net";

/** A mail server that takes everything and keeps nothing but the last, so that mails go their whole way at next to no cost of its own. */
export async function startMailSink(): Promise<{ url: string; received(): number; last(): string; stop(): void }> {
  const open = new Set<Socket>();
  let received = 0;
  let last = "";
  const server = createServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket)).on("error", () => undefined);
    socket.write("220 sink ESMTP\r\n");
    let rest = "";
    let isMessage = false;
    socket.setEncoding("latin1").on("data", (text: string) => {
      rest += text;
      for (;;) {
        const mark = isMessage ? "\r\n.\r\n" : "\r\n";
        const end = rest.indexOf(mark);
        if (end === -1) return;
        const line = rest.slice(0, end);
        rest = rest.slice(end + mark.length);
        if (isMessage) {
          received += 1;
          last = line;
        }
        socket.write(isMessage ? "250 taken\r\n" : answerTo(line));
        isMessage = !isMessage && /^DATA/i.test(line);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => received,
    last: () => last,
    stop: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

function answerTo(line: string): string {
  if (/^DATA/i.test(line)) return "354 go on\r\n";
  if (/^EHLO/i.test(line)) return "250-sink\r\n250 8BITMIME\r\n";
  return /^QUIT/i.test(line) ? "221 bye\r\n" : "250 ok\r\n";
}
