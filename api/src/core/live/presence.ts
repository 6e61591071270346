import { processId, tell, type BusMessage } from "./bus.ts";
import { publishVolatile } from "./volatile.ts";

interface Person {
  id: string;
  name: string;
}
interface Announced {
  people: Person[];
  at: number;
}

export interface Presence {
  /** A member of staff looks at a ticket (or, with null, no longer). */
  set(socketId: string, place: { room: string; ticketId: string }, person: Person | null): void;
  /** Hears what other processes tell. */
  hear(message: BusMessage, from: string): void;
  close(): void;
}

const repeatMs = 10_000;
/** What a process announced and did not repeat is forgotten: it was killed. */
const forgetMs = 25_000;

/** Who of the staff has which ticket open, in this process and, as far as Redis carries it, in all others. */
export function createPresence(): Presence {
  const here = new Map<string, { ticketId: string; sockets: Map<string, Person> }>();
  const elsewhere = new Map<string, Map<string, Announced>>();

  const unique = (people: Iterable<Person>): Person[] => [
    ...new Map([...people].map((person) => [person.id, person])).values(),
  ];
  const peopleHere = (room: string): Person[] => unique(here.get(room)?.sockets.values() ?? []);

  /** To this process's sockets; every process shows its own. */
  function show(room: string): void {
    const place = here.get(room);
    if (!place) return;
    const others = [...(elsewhere.get(room)?.values() ?? [])].filter(
      (announced) => Date.now() - announced.at < forgetMs,
    );
    const staff = unique([...place.sockets.values(), ...others.flatMap((announced) => announced.people)]);
    publishVolatile(room, "presence", { ticketId: place.ticketId, staff }, { local: true });
  }
  const announce = (room: string): void => tell({ kind: "presence", room, people: peopleHere(room) });

  const repeat = setInterval(() => {
    for (const room of here.keys()) announce(room);
    for (const [room, processes] of elsewhere) {
      for (const [from, announced] of processes) {
        if (Date.now() - announced.at < forgetMs) continue;
        processes.delete(from);
        show(room);
      }
      if (processes.size === 0) elsewhere.delete(room);
    }
  }, repeatMs);

  return {
    set(socketId, { room, ticketId }, person) {
      const place = here.get(room) ?? { ticketId, sockets: new Map<string, Person>() };
      const isFirst = place.sockets.size === 0;
      if (person) place.sockets.set(socketId, person);
      else if (!place.sockets.delete(socketId)) return;
      if (place.sockets.size > 0) here.set(room, place);
      else here.delete(room);
      show(room);
      announce(room);
      if (person && isFirst) tell({ kind: "presence-wanted", room });
    },
    hear(message, from) {
      if (from === processId) return;
      if (message.kind === "presence-wanted") {
        if (here.has(message.room)) announce(message.room);
      } else if (message.kind === "presence") {
        const processes = elsewhere.get(message.room) ?? new Map<string, Announced>();
        processes.set(from, { people: message.people, at: Date.now() });
        elsewhere.set(message.room, processes);
        show(message.room);
      }
    },
    close: () => clearInterval(repeat),
  };
}
