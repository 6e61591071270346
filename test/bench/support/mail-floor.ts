import { createTransport } from "nodemailer";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { BSON } from "mongodb";

/*
 * The floor of `mail`: a bare pool of Nodemailer that is handed the same bytes again and again, with as many connections as
 * ours has. Nothing is claimed, looked up, put together or noted.
 */
interface Templates {
  smtpUrl: string;
  message: string;
  from: string;
  to: string;
}
const { smtpUrl, message, from, to } = BSON.EJSON.parse(
  readFileSync(process.env["FLOOR_TEMPLATES"] ?? "", "utf8"),
) as Templates;
const raw = Buffer.from(message, "base64");
const transport = createTransport({ url: smtpUrl, pool: true, maxConnections: 10, maxMessages: Infinity });

createServer((request, response) => {
  const count = Number(new URL(request.url ?? "/", "http://floor").searchParams.get("count") ?? 0);
  const sent = Array.from({ length: count }, () => transport.sendMail({ envelope: { from, to: [to] }, raw }));
  void Promise.all(sent).then(() => response.end("sent"));
}).listen(Number(process.env["PORT"]), "127.0.0.1");
process.once("SIGTERM", () => process.exit(0));
