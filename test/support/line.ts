import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface Line {
  url: string;
  /** Ends what goes through it, and takes nothing more, as a network that is gone. */
  cut(): void;
  mend(): void;
  /**
   * From now on holds back what fits, and all that follows it on the same connection, until that is closed.
   * @returns once there is something to hold back
   */
  holdBack(fits: (sent: Buffer) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** A network between a client and a server on 127.0.0.1, to be cut. */
export async function startLine(to: string): Promise<Line> {
  const port = Number(new URL(to).port);
  const open = new Set<Socket>();
  let isCut = false;
  let isHeld: (sent: Buffer) => boolean = () => false;
  const hold = (socket: Socket): Socket => {
    open.add(socket);
    return socket.on("error", () => undefined).on("close", () => open.delete(socket));
  };
  const server = createServer((near) => {
    hold(near);
    if (isCut) return void near.destroy();
    const far = hold(connect(port, "127.0.0.1"));
    far.pipe(near);
    let isHolding = false;
    near.on("data", (sent: Buffer) => {
      isHolding ||= isHeld(sent);
      if (isHolding || far.write(sent)) return;
      near.pause();
      far.once("drain", () => near.resume());
    });
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const drop = (): void => open.forEach((socket) => socket.destroy());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      drop();
    },
    mend: () => void (isCut = false),
    holdBack: (fits) =>
      new Promise((resolve) => {
        isHeld = (sent) => {
          if (!fits(sent)) return false;
          resolve();
          return true;
        };
      }),
    close: async () => {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
