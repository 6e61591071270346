import { createReadStream } from "node:fs";
import { access, constants, copyFile, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { NoSuchFile, type Storage } from "./storage.ts";

/** Files in a folder, one folder a day. */
export function diskStorage(folder: string): Storage {
  const root = resolve(folder);
  const at = (key: string): string => join(root, key);
  return {
    async put(key, path) {
      await mkdir(dirname(at(key)), { recursive: true });
      await rename(path, at(key)).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== "EXDEV") throw error;
        // On another disk: copied beside its place first, so that nobody sees half of it.
        await copyFile(path, `${at(key)}.part`);
        await rename(`${at(key)}.part`, at(key));
        await rm(path, { force: true });
      });
    },
    async open(key) {
      const file = await open(at(key)).catch((error: NodeJS.ErrnoException) => {
        throw error.code === "ENOENT" ? new NoSuchFile(key) : error;
      });
      return createReadStream("", { fd: file });
    },
    async remove(keys) {
      for (const key of keys) await rm(at(key), { force: true });
    },
    async *list(day) {
      const names = await readdir(at(day)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw error;
      });
      for (const name of names) yield `${day}/${name}`;
    },
    async check() {
      // The folder comes with the first file; until then the nearest one above it must take it.
      for (let folder = root; ; folder = dirname(folder)) {
        try {
          return await access(folder, constants.R_OK | constants.W_OK);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "ENOENT" || folder === dirname(folder)) throw error;
        }
      }
    },
  };
}
