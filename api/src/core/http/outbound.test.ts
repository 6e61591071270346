import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createNetServer, type AddressInfo, type Server as NetServer } from "node:net";
import { networkInterfaces } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadTestConfig } from "../../../../test/support/core.ts";
import type { AppError } from "../errors.ts";
import { noteOwnPort, whyNotAddress } from "./outbound-address.ts";
import { assertOutboundUrl } from "./outbound-url.ts";
import { createOutbound, type Lookup, type Outbound } from "./outbound.ts";
import { mostRead } from "./post-once.ts";

const codeOf = (url: string): Promise<string> =>
  assertOutboundUrl(url).then(
    () => "allowed",
    (error: AppError) => error.code,
  );

describe("W5 an address that somebody wants called", () => {
  beforeEach(() => void loadTestConfig());

  it.each([
    "https://example.com",
    "https://example.com/hooks?a=b#c",
    "https://example.com:8443/",
    "https://bücher.example/",
    "https://93.184.216.34/",
    "https://[2606:2800:220:1:248:1893:25c8:1946]/",
    "  https://example.com/trimmed  ",
  ])("%s is allowed", async (url) => expect(await codeOf(url)).toBe("allowed"));

  it.each([
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://0/",
    "https://127.0.0.1./",
    "https://１２７.0.0.1/",
    "https://%31%32%37.0.0.1/",
    "https://127。0。0。1/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://desk.localhost/",
    "https://ⓛocalhost/",
    "https://10.1.2.3/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://metadata.google.internal/",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://192.0.2.1/",
    "https://198.18.0.1/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fd00:ec2::254]/",
    "https://[fc00::1]/",
    "https://[ff02::1]/",
    "https://[2001:db8::1]/",
    "https://user:secret@example.com/",
    "https://user@example.com/",
    "https://:@127.0.0.1/",
    "http://example.com/",
    "http://93.184.216.34/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https://example.com:0/",
    "https://exam ple.com/",
    "https://example.com\\@127.0.0.1/",
    "https://exa\tmple.com/",
    "https://127.0.0.1.1.1/",
    `https://example.com/${"x".repeat(2030)}`,
  ])("%s is refused", async (url) => expect(await codeOf(url)).toBe("url_not_allowed"));

  it.each(["", "example.com", "//example.com/", "/hooks", "?"])("%j is none at all", async (url) =>
    expect(await codeOf(url)).toBe("validation_failed"),
  );

  it("is opened by SIDEDESK_OUTBOUND_ALLOW, plain where that covers it, metadata and this desk never", async () => {
    loadTestConfig({ SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8, 10.1.0.0/16,fd12::/16,169.254.0.0/16" });
    for (const url of [
      "http://127.0.0.1:9/",
      "http://localhost:9/",
      "http://2130706433:9/",
      "https://[fd12::1]/",
      "http://10.1.2.3/",
    ])
      expect([url, await codeOf(url)]).toEqual([url, "allowed"]);
    for (const url of [
      "http://10.2.0.1/",
      "https://[fd13::1]/",
      "http://93.184.216.34/",
      "http://nowhere.invalid/",
      "http://169.254.169.254/",
    ])
      expect([url, await codeOf(url)]).toEqual([url, "url_not_allowed"]);
    noteOwnPort(4999);
    expect(await codeOf("http://127.0.0.1:4999/")).toBe("url_not_allowed");
    expect(whyNotAddress("127.0.0.1", 4998)).toBeNull();
  });
});

describe("W5 calling it", () => {
  let server: Server;
  let outbound: Outbound | undefined;
  let port: number;
  let seen: string[];
  beforeEach(async () => {
    loadTestConfig({ SIDEDESK_OUTBOUND_ALLOW: "127.0.0.1" });
    seen = [];
    server = createServer((request, response) => {
      seen.push(request.url ?? "");
      if (request.url === "/large") return void response.end(Buffer.alloc(10 * mostRead, "x"));
      if (request.url === "/away") return void response.writeHead(302, { location: "/elsewhere" }).end();
      response.writeHead(200, { "content-encoding": "gzip", "x-two": ["a", "b"] }).end("not gzip at all");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });
  afterEach(async () => {
    await outbound?.close();
    server.closeAllConnections();
    server.close();
  });
  const post = (url: string, lookup?: Lookup): Promise<unknown> => {
    outbound = createOutbound(lookup ? { lookup } : {});
    return outbound.post(url, { headers: {}, body: "{}", signal: AbortSignal.timeout(5000) });
  };
  const to =
    (...addresses: string[]): Lookup =>
    (_name, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );

  it("reads an answer as it is, follows nothing, and stops reading at the bound", async () => {
    expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({
      status: 200,
      address: "127.0.0.1",
      truncated: false,
      body: Buffer.from("not gzip at all"),
      headers: { "x-two": "a, b" },
    });
    expect(await post(`http://127.0.0.1:${port}/away`)).toMatchObject({ status: 302 });
    const large = (await post(`http://127.0.0.1:${port}/large`)) as { truncated: boolean; body: Buffer };
    expect([large.truncated, large.body.length]).toEqual([true, mostRead]);
    expect(seen).toEqual(["/", "/away", "/large"]);
  });

  it("judges a name by what it resolves to at each call", async () => {
    expect(await post(`http://good.example:${port}/`, to("127.0.0.1"))).toMatchObject({ status: 200 });
    for (const addresses of [
      ["127.0.0.2"],
      ["10.0.0.1"],
      ["169.254.169.254"],
      ["::1"],
      ["::ffff:10.0.0.1"],
      ["127.0.0.1", "10.0.0.1"],
      ["93.184.216.34"], // public, and plain http
    ])
      await expect(post(`http://bad.example:${port}/`, to(...addresses))).rejects.toMatchObject({
        code: "ADDRESS_NOT_ALLOWED",
        message: expect.stringContaining("bad.example leads to"),
      });
    expect(seen).toHaveLength(1);
  });

  const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));
  it.skipIf(!hasIpv6)("goes over IPv6, to an address as to a name, and only where that is allowed", async () => {
    const six = createServer((_request, response) => void response.writeHead(204).end()).listen(0, "::1");
    await once(six, "listening");
    const at = (host: string) => `http://${host}:${(six.address() as AddressInfo).port}/`;
    await expect(post(at("six.example"), to("::1"))).rejects.toMatchObject({ code: "ADDRESS_NOT_ALLOWED" });
    loadTestConfig({ SIDEDESK_OUTBOUND_ALLOW: "::1" });
    for (const host of ["[::1]", "six.example"]) {
      await outbound?.close();
      expect(await post(at(host), to("::1"))).toMatchObject({ status: 204, address: "::1" });
    }
    six.closeAllConnections();
    six.close();
  });

  it("is not led astray by a name that turns: what is judged is what is dialled", async () => {
    const turns = [["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2"]];
    const lookup: Lookup = (name, done) => to(...turns.shift()!)(name, done);
    outbound = createOutbound({ lookup });
    const call = (closes: boolean) =>
      outbound!.post(`http://turning.example:${port}/`, {
        headers: closes ? { connection: "close" } : {},
        body: "{}",
        signal: AbortSignal.timeout(5000),
      });
    expect(await call(true)).toMatchObject({ status: 200 });
    await expect(call(true)).rejects.toMatchObject({ code: "ADDRESS_NOT_ALLOWED" });
  });

  it("refuses what a row in the database may still spell", async () => {
    for (const url of ["http://10.0.0.1/", "https://user@example.com/", "ftp://example.com/", "https://[::1]/"])
      await expect(post(url)).rejects.toMatchObject({ code: "ADDRESS_NOT_ALLOWED" });
  });

  it("tries once more when a kept line had been left", async () => {
    let lines = 0;
    const leaving: NetServer = createNetServer((socket) => {
      let requests = 0;
      lines += 1;
      socket.on("error", () => undefined);
      socket.on("data", () => {
        requests += 1;
        if (requests > 1) return void socket.destroy(); // as if its patience had ended just now
        socket.write("HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n");
      });
    }).listen(0, "127.0.0.1");
    await once(leaving, "listening");
    const url = `http://127.0.0.1:${(leaving.address() as AddressInfo).port}/`;
    outbound = createOutbound();
    const call = () => outbound!.post(url, { headers: {}, body: "{}", signal: AbortSignal.timeout(5000) });
    expect(await call()).toMatchObject({ status: 204 });
    expect(await call()).toMatchObject({ status: 204 });
    expect(lines).toBe(2);
    leaving.close();
  });
});
