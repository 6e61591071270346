/** The console's dialogs look like those it shares with the widget. */
export { dialogStyles } from "@sidedesk/ui/dialog.styles";
