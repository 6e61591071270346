/** A receiver that checks signatures by itself, in a language. Each is run by a test against what the desk really sends. */
export interface Sample {
  language: string;
  file: string;
  code: string;
}

const node = `// node receive.mjs
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const key = Buffer.from(process.env.WEBHOOK_SECRET.replace("whsec_", ""), "base64");

function isOurs(headers, body) {
  const { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": given = "" } = headers;
  if (!(Math.abs(Date.now() / 1000 - time) < 300)) return false; // minutes old: somebody plays it again
  const expected = createHmac("sha256", key).update(\`\${id}.\${time}.\`).update(body).digest();
  return given.split(" ").some((one) => {
    const signature = Buffer.from(one.replace("v1,", ""), "base64");
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
}

createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts); // as it came: parsed and written again it is another text
  if (!isOurs(request.headers, body)) return response.writeHead(400).end();
  const event = JSON.parse(body);
  console.log(event.type, event.id); // the same id on every try: what was done once is skipped
  response.writeHead(204).end();
}).listen(process.env.PORT ?? 8080);
`;

const python = `# python3 receive.py
import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, HTTPServer

key = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))


def is_ours(headers, body):
    sent = headers.get("webhook-timestamp", "0")
    if not sent.isdigit() or abs(time.time() - int(sent)) > 300:
        return False  # minutes old: somebody plays it again
    signed = f"{headers.get('webhook-id')}.{sent}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(one, expected) for one in given)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))  # as it came
        ours = is_ours(self.headers, body)
        if ours:
            event = json.loads(body)
            print(event["type"], event["id"])  # the same id on every try: skip what was done once
        self.send_response(204 if ours else 400)
        self.end_headers()


HTTPServer(("", int(os.environ.get("PORT", 8080))), Receiver).serve_forever()
`;

const php = `<?php // php -S localhost:8080 receive.php
$key = base64_decode(substr(getenv('WEBHOOK_SECRET'), strlen('whsec_')));

function isOurs(string $key, string $body): bool
{
    $id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
    $time = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    if (!ctype_digit($time) || abs(time() - (int) $time) > 300) {
        return false; // minutes old: somebody plays it again
    }
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$time.$body", $key, true));
    foreach (explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $one) {
        if (hash_equals($expected, $one)) {
            return true;
        }
    }
    return false;
}

$body = file_get_contents('php://input'); // as it came: parsed and written again it is another text
if (!isOurs($key, $body)) {
    http_response_code(400);
    exit;
}
$event = json_decode($body, true);
error_log("$event[type] $event[id]"); // the same id on every try: what was done once is skipped
http_response_code(204);
`;

const go = `// go run receive.go
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"log"
	"math"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

var key, _ = base64.StdEncoding.DecodeString(strings.TrimPrefix(os.Getenv("WEBHOOK_SECRET"), "whsec_"))

func isOurs(headers http.Header, body []byte) bool {
	sent, err := strconv.ParseInt(headers.Get("webhook-timestamp"), 10, 64)
	if err != nil || math.Abs(float64(time.Now().Unix()-sent)) > 300 {
		return false // minutes old: somebody plays it again
	}
	sum := hmac.New(sha256.New, key)
	sum.Write([]byte(headers.Get("webhook-id") + "." + headers.Get("webhook-timestamp") + "."))
	sum.Write(body)
	expected := "v1," + base64.StdEncoding.EncodeToString(sum.Sum(nil))
	for _, one := range strings.Split(headers.Get("webhook-signature"), " ") {
		if hmac.Equal([]byte(one), []byte(expected)) {
			return true
		}
	}
	return false
}

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	log.Fatal(http.ListenAndServe(":"+port, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // as it came: parsed and written again it is another text
		if !isOurs(r.Header, body) {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		log.Println(string(body)) // the same id on every try: what was done once is skipped
		w.WriteHeader(http.StatusNoContent)
	})))
}
`;

export const samples: readonly Sample[] = [
  { language: "Node", file: "receive.mjs", code: node },
  { language: "Python", file: "receive.py", code: python },
  { language: "PHP", file: "receive.php", code: php },
  { language: "Go", file: "receive.go", code: go },
];
