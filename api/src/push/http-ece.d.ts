/** As far as it is used: RFC 8188 with the keys of RFC 8291. */
declare module "http_ece" {
  import type { ECDH } from "node:crypto";

  interface Encrypted {
    version: "aes128gcm";
    /** Our own pair, made for this one message. */
    privateKey: ECDH;
    /** The browser's public key, and its secret, as base64url. */
    dh: string;
    authSecret: string;
  }
  export function encrypt(plain: Buffer, how: Encrypted): Buffer;
}
