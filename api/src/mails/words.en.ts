import type { MailWords } from "./mail-words.ts";

export const en: MailWords = {
  stop: "Stop these mails",
  somebody: "Somebody",
  statuses: {
    open: "Received",
    in_progress: "We're on it",
    waiting_customer: "Your turn",
    waiting_ai: "Looking for an answer",
    resolved: "Solved",
    closed: "Closed",
  },
  priorities: { low: "Low", medium: "Medium", high: "High", critical: "Critical" },
  facts: { ticket: "Ticket", customer: "From", priority: "Priority", due: "First answer due" },
  received: {
    subject: "We received your request: {subject} [{number}]",
    heading: "We received your request",
    text: "“{subject}” is with us. Its number is {number}.",
    due: "You can expect an answer by {time} ({zone}), often sooner.",
    soon: "We answer as soon as we can.",
    reason:
      "You get this mail because somebody asked {site} for help with your address. The link above is yours alone: do not pass it on.",
  },
  replied: {
    subject: "New answer: {subject} [{number}]",
    heading: "{by} answered",
    text: "There is a new answer to your request “{subject}” ({number}).",
    preview: "{by} answered your request {number}.",
    answer: "Answer",
    read: "Read the answer",
  },
  status: { text: "Your request “{subject}” ({number}) is now “{status}”." },
  solved: {
    subject: "Solved: {subject} [{number}]",
    heading: "Solved. How did we do?",
    text: "Your request “{subject}” ({number}) is solved.",
    preview: "Your request {number} is solved. How did we do?",
    ask: "One click says how it went for you; a few words are welcome. If it is not solved after all, just answer where you sent it.",
    button: "Rate our answer",
  },
  customer: {
    open: "Open your request",
    reason: "You get this mail because you asked {site} for help. The link above is yours alone: do not pass it on.",
    endpoint: "You get this mail because this endpoint is yours at {site}.",
  },
  staff: {
    open: "Open the ticket",
    reason: "You get this mail because you are on the staff of {site}.",
    webhooks: "Open the webhooks",
  },
  assigned: {
    subject: "Assigned to you: {subject} [{number}]",
    heading: "A ticket for you",
    text: "{by} gave you “{subject}”.",
  },
  team: {
    subject: "For {team}: {subject} [{number}]",
    heading: "A ticket for {team}",
    text: "{by} gave “{subject}” to your team.",
  },
  customerReplied: {
    subject: "New reply: {subject} [{number}]",
    heading: "{by} replied",
    text: "There is a new reply on “{subject}”.",
  },
  mentioned: {
    subject: "You were mentioned: {subject} [{number}]",
    heading: "{by} mentioned you",
    text: "{by} mentioned you in a note on “{subject}”.",
  },
  warning: {
    subject: "Due soon: {subject} [{number}]",
    heading: "An answer is due soon",
    text: "The first answer to “{subject}” is due by {time} ({zone}).",
  },
  breached: {
    subject: "Overdue: {subject} [{number}]",
    heading: "An answer is late",
    text: "The first answer to “{subject}” was due by {time} ({zone}).",
  },
  webhook: {
    exhausted: {
      subject: "A webhook to {host} could not be delivered",
      text: "All its attempts failed. The log says why; there it can be sent again.",
    },
    halfway: {
      subject: "The webhook to {host} keeps failing",
      text: "Nothing has arrived for two and a half days. In as many again it will be disabled.",
    },
    disabled: {
      subject: "The webhook to {host} was disabled",
      text: "What happens meanwhile is held. Make it active again, and it is delivered.",
    },
  },
  invitation: {
    subject: "You are invited to {site} on Sidedesk",
    heading: "Welcome to {site}",
    text: "{name}, you have been put on the support staff of {site}. Choose a password, and you can sign in with this mail address.",
    preview: "Choose a password to sign in.",
    once: "The link works once and for 7 days.",
    button: "Choose a password",
    reason: "You get this mail because an owner or admin of {site} invited you. If you do not know them, ignore it.",
  },
  reset: {
    subject: "A new password for {site}",
    heading: "Choose a new password",
    text: "{name}, somebody asked for a new password for your account at {site}. Until you choose one, the old one works.",
    once: "The link works once and for an hour.",
    button: "Choose a new password",
    reason: "If that was not you, ignore this mail: nothing changes.",
  },
  test: {
    subject: "A test from {site}",
    heading: "Your mail works",
    text: "{name} sent this from the set-up, to see that mails of {site} arrive and how they look.",
    reason: "You get this mail because you asked for it.",
  },
  stopPage: {
    title: "Stop mails",
    ask: "Stop these mails?",
    customer: "You can still read every answer where you sent your request.",
    staff: "You still see everything in the console.",
    button: "Stop mails",
    done: "Done",
    stopped: "We send you no more mail. This page may be closed.",
    again: "Send me mails again",
    resumed: "You get mails again. This page may be closed.",
  },
  sample: {
    subject: "Invoice for March is missing",
    answer:
      "Hello Mara,\n\nthe invoice is in your account now:\n\n- open **Billing**\n- choose *March*\n\nTell us if anything is missing.",
    customer: "Mara Lindqvist",
    staff: "Kim Aldous",
    team: "Billing",
  },
};
