export { Store, Watch } from "@sidedesk/ui/store";
