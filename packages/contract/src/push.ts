import { z } from "zod";
import { id, time } from "./common.ts";

/** So many bytes, as browsers spell them: base64 for addresses, whose padding and older letters are taken, too. */
const bytes = (count: number, message: string) =>
  z
    .string()
    .max(200)
    .overwrite((value) => value.replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_"))
    .refine((value) => /^[\w-]+$/.test(value) && value.length === Math.ceil((count * 4) / 3), message);

/** Where a browser's push service takes messages for it. Judged by where it leads, not by this schema. */
const endpoint = z.string().min(1, "Must not be empty.");

/** A browser's push subscription, as its `toJSON()` gives it. */
export const pushInput = z.strictObject({
  endpoint,
  /** Milliseconds since 1970, or null. */
  expirationTime: z.number().int().min(0).max(8.64e15).nullable().optional(),
  keys: z.strictObject({
    p256dh: bytes(65, "The browser's public key: 65 bytes as base64url."),
    auth: bytes(16, "The browser's secret: 16 bytes as base64url."),
  }),
});
export type PushInput = z.output<typeof pushInput>;

/** Which browser is to hear no more: in the body or, for who cannot send one with a DELETE, in the query. */
export const pushRemoval = z.strictObject({ endpoint });

const pushDevice = z.strictObject({
  id,
  /** Of its push service. */
  host: z.string(),
  createdAt: time,
  /** When the browser last said that it is still there, or took a message; to the day. */
  seenAt: time,
});
export const pushDeviceOutput = pushDevice.meta({ id: "PushDevice" });
export type PushDevice = z.infer<typeof pushDevice>;

export const pushDevicesOutput = z
  .strictObject({
    /** What a browser subscribes with (`applicationServerKey`): 65 bytes as base64url. */
    vapidPublicKey: z.string(),
    devices: z.array(pushDevice),
  })
  .meta({ id: "PushDevices" });
export type PushDevices = z.infer<typeof pushDevicesOutput>;

/** What a push carries, decrypted: what the worker shows. */
export interface PushMessage {
  id: string;
  /** The notice's own, so that a copy shows in its place and not beside it. */
  tag: string;
  title: string;
  body: string;
  /** Where a click leads on the desk's own pages, or wherever the notice leads. */
  url: string;
  /** What the widget opens instead on the page that carries it; absent where the notice leads somewhere else. */
  view?: string;
  /** Language of the words, when it is known. */
  lang?: string;
  icon?: string;
}
