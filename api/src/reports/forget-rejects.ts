import { rejectsOf, replaceRejects } from "./import.model.ts";

/** Takes the words out of remarks on rejected rows of a site's imports that speak of somebody who is to be forgotten. */
export async function forgetRejects(siteId: string, isAbout: (text: string) => boolean): Promise<void> {
  for await (const { _id, rejects } of rejectsOf(siteId)) {
    if (!rejects.some(({ message }) => isAbout(message))) continue;
    const kept = rejects.map(({ line, message }) => ({ line, message: isAbout(message) ? "Not fit." : message }));
    await replaceRejects(_id, kept);
  }
}
