import { createHash } from "node:crypto";
import { Types } from "mongoose";

/** A new opaque id: 24 hexadecimal digits, sortable by second of creation, minted here and never by the database. */
export const newId = (): string => new Types.ObjectId().toHexString();

/** An id that follows from what it stands for, so that writing the same again is no second document: 24 hexadecimal digits of a SHA-256. */
export const idOf = (...parts: readonly unknown[]): string =>
  createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 24);

/** A digest of an address within some scope, by which somebody is found without being named. */
export const addressKey = (address: string, ...scope: readonly string[]): string =>
  idOf(...scope, address.trim().toLowerCase());
