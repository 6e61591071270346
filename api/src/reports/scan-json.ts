/** What was found in a JSON document: the text of one record and the list it stands in, or what is wrong. */
export type Found = { list: string | null; text: string } | { problem: string };

/** A record beyond this is not read, so that no file takes more memory than this. */
export const largestRecord = 16 * 1024 * 1024;
export const tooLong = `Longer than ${largestRecord / 1024 / 1024} MiB; it was passed over.`;

/** The lists of a document that hold records. What else stands beside them (counts, addresses of further pages) is not looked at. */
const lists = new Set(["tickets", "users", "results"]);
const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [braceOpen, braceClose, bracketOpen, bracketClose] = [0x7b, 0x7d, 0x5b, 0x5d];
const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Where the scanner stands: outside, in an array of records, in an object, or in a list of such an object. */
type Place = "outside" | "array" | "object" | "list";
interface Capture {
  depth: number;
  list: string | null;
  pieces: Buffer[];
  size: number;
  isTooLong: boolean;
}

/**
 * Finds the records of a JSON document as its bytes come, without ever holding more than one of them: the elements of an
 * array, of the lists of an object, or whole objects one behind the other. It looks for brackets and strings only; whether
 * what lies between is JSON, the native parser says. (Streaming parsers build every value in JavaScript, several times slower.)
 */
export function newScanner(): { feed(chunk: Buffer): Found[]; end(): Found[] } {
  let place: Place = "outside";
  let depth = 0;
  let [isString, isEscaped, isBroken] = [false, false, false];
  let capture: Capture | null = null;
  /** Keys of an object that may hold lists, while they are read. */
  let [isKeyNext, key, list] = [false, "", ""];
  let [isReadingKey, hasLists, hasLooseComments] = [false, false, false];

  const begin = (name: string | null): void => {
    capture = { depth, list: name, pieces: [], size: 0, isTooLong: false };
  };
  const keep = (bytes: Buffer): void => {
    if (!capture || capture.isTooLong) return;
    capture.size += bytes.length;
    capture.isTooLong = capture.size > largestRecord;
    if (capture.isTooLong) capture.pieces = [];
    else capture.pieces.push(bytes);
  };
  const finish = (): Found => {
    const { isTooLong, pieces, list: name } = capture as Capture;
    capture = null;
    return isTooLong ? { problem: tooLong } : { list: name, text: Buffer.concat(pieces).toString() };
  };

  /** @returns false for what can stand nowhere */
  const open = (byte: number): boolean => {
    if (place === "outside") {
      if (byte === braceOpen) {
        begin(null);
        [isKeyNext, hasLists, hasLooseComments] = [true, false, false];
      }
      place = byte === braceOpen ? "object" : "array";
    } else if (place === "object" && depth === 1 && byte === bracketOpen) {
      if (key === "comments") hasLooseComments = true;
      if (lists.has(key)) {
        [capture, hasLists, place, list] = [null, true, "list", key];
      }
    } else if (!capture && ((place === "array" && depth === 1) || (place === "list" && depth === 2)))
      begin(place === "list" && list !== "results" ? list : null);
    depth += 1;
    return true;
  };
  const close = (found: Found[], upTo: () => void): boolean => {
    depth -= 1;
    if (depth < 0) return false;
    if (capture?.depth === depth) {
      upTo();
      found.push(finish());
    } else if (place === "list" && depth === 1) place = "object";
    if (depth > 0) return true;
    if (place === "object" && hasLists && hasLooseComments)
      found.push({
        problem: 'The list "comments" beside the tickets was not read; comments belong into their tickets.',
      });
    place = "outside";
    return true;
  };

  const feed = (chunk: Buffer): Found[] => {
    const found: Found[] = [];
    let start = 0;
    for (let index = 0; index < chunk.length && !isBroken; index += 1) {
      const byte = chunk[index] as number;
      if (isString) {
        if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) [isString, isReadingKey] = [false, false];
        else if (isReadingKey && key.length < 20) key += String.fromCharCode(byte);
      } else if (byte === quote) {
        isString = true;
        isReadingKey = place === "object" && depth === 1 && isKeyNext;
        if (isReadingKey) key = "";
        isBroken = place === "outside";
      } else if (byte === braceOpen || byte === bracketOpen) {
        const had = capture;
        isBroken = !open(byte);
        if (!had && capture) start = index;
      } else if (byte === braceClose || byte === bracketClose) {
        isBroken = !close(found, () => keep(chunk.subarray(start, index + 1)));
      } else if (byte === comma || byte === colon) {
        if (place === "object" && depth === 1) isKeyNext = byte === comma;
      } else if (!isSpace(byte) && !capture && place !== "object") isBroken = true;
    }
    if (isBroken) found.push({ problem: "This is not JSON. Nothing after it could be read." });
    else if (capture) keep(chunk.subarray(start));
    return found;
  };
  /** What was begun and never ended is a record that cannot be read. */
  const end = (): Found[] =>
    isBroken || (depth === 0 && !isString)
      ? []
      : [{ problem: "The file ends in the middle of this. Nothing of it was read." }];
  return { feed: (chunk) => (isBroken ? [] : feed(chunk)), end };
}
