/** The parts of a custom-elements manifest that the gallery reads. https://github.com/webcomponents/custom-elements-manifest */
export interface Documented {
  name: string;
  description?: string;
  default?: string;
  fieldName?: string;
  type?: { text: string };
}
export interface ElementDocs {
  tagName: string;
  summary?: string;
  attributes?: Documented[];
  events?: Documented[];
  cssParts?: Documented[];
  slots?: Documented[];
  cssProperties?: Documented[];
}
interface Manifest {
  modules: { declarations: (Partial<ElementDocs> & { customElement?: boolean })[] }[];
}

/** Every element that is documented, by its tag. @throws Error when it cannot be had */
export async function loadDocs(): Promise<Map<string, ElementDocs>> {
  const answer = await fetch("/docs/elements/custom-elements.json");
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { modules } = (await answer.json()) as Manifest;
  const all = modules.flatMap(({ declarations }) => declarations);
  return new Map(all.flatMap((one) => (one.tagName ? [[one.tagName, one as ElementDocs]] : [])));
}
