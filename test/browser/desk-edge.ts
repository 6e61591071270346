export * from "../../widget/src/gallery/desk-edge.ts";
