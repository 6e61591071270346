export interface Subject {
  id: string;
  name: string;
  email: string;
  externalId: string | null;
}

/**
 * Tells whether a text speaks of somebody: by id or address wherever they stand, by name only as whole words, so that
 * nobody called Test takes "Testing" along.
 */
export function mentionsOf({ id, name, email }: Subject): (text: string) => boolean {
  const anywhere = [id, email].filter(Boolean).map((one) => one.toLowerCase());
  const words = name.trim().toLowerCase();
  return (text) => {
    const folded = text.toLowerCase();
    return anywhere.some((one) => folded.includes(one)) || (words.length > 2 && standsIn(folded, words));
  };
}

const letter = /[\p{L}\p{N}_]/u;
function standsIn(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const [before, after] = [text[at - 1] ?? " ", text[at + words.length] ?? " "];
    if (!letter.test(before) && !letter.test(after)) return true;
  }
  return false;
}
