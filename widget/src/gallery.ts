/** The pages at `/docs/elements`: elements with what one may set and hear, and in a frame of its own each as it looks. */
import { adoptTokens } from "@sidedesk/ui/page";

adoptTokens();
if (location.pathname.endsWith("/stage")) await import("./gallery-stage.ts");
else {
  const { GalleryPage } = await import("./gallery/gallery-page.ts");
  customElements.define("sidedesk-gallery", GalleryPage);
  document.body.prepend(document.createElement("sidedesk-gallery"));
}
