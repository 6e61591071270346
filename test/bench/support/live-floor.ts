import { createServer } from "node:http";
import { Server } from "socket.io";

/*
 * The floor of `fan-out` and `connections`: Socket.IO as it comes, with our transport and bounds. Whoever connects is in; what
 * somebody says is echoed to the other sockets of the room they name. Nothing is stored, numbered or caught up with.
 */
const server = createServer((_request, response) => response.end("ready"));
const io = new Server(server, {
  path: "/v1/realtime",
  transports: ["websocket"],
  serveClient: false,
  maxHttpBufferSize: 64 * 1024,
  perMessageDeflate: false,
});
io.on("connection", (socket) => {
  const { room } = socket.handshake.auth as { room?: string };
  void socket.join(room ?? "everybody");
  socket.on("say", (to: string, what: unknown) => socket.to(to).emit("comment", what));
});
server.listen(Number(process.env["PORT"]), "127.0.0.1", 4096);
process.once("SIGTERM", () => process.exit(0));
