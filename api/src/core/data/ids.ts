import { Types } from "mongoose";

/** A new opaque id: 24 hexadecimal digits, sortable by second of creation, minted here and never by the database. */
export const newId = (): string => new Types.ObjectId().toHexString();
