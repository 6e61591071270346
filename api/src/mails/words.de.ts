import type { MailWords } from "./mail-words.ts";

export const de: MailWords = {
  stop: "Diese Mails abbestellen",
  somebody: "Jemand",
  statuses: {
    open: "Eingegangen",
    in_progress: "Wir sind dran",
    waiting_customer: "Sie sind dran",
    waiting_ai: "Antwort wird gesucht",
    resolved: "Gelöst",
    closed: "Geschlossen",
  },
  priorities: { low: "Niedrig", medium: "Mittel", high: "Hoch", critical: "Kritisch" },
  facts: { ticket: "Vorgang", customer: "Von", priority: "Priorität", due: "Erste Antwort fällig" },
  received: {
    subject: "Wir haben Ihre Anfrage erhalten: {subject} [{number}]",
    heading: "Wir haben Ihre Anfrage erhalten",
    text: "„{subject}“ ist bei uns. Die Nummer ist {number}.",
    due: "Sie können bis {time} ({zone}) mit einer Antwort rechnen, oft früher.",
    soon: "Wir antworten, so bald wir können.",
    reason:
      "Sie erhalten diese Mail, weil jemand mit Ihrer Adresse {site} um Hilfe gebeten hat. Der Link oben gehört Ihnen allein: Geben Sie ihn nicht weiter.",
  },
  replied: {
    subject: "Neue Antwort: {subject} [{number}]",
    heading: "{by} hat geantwortet",
    text: "Es gibt eine neue Antwort auf Ihre Anfrage „{subject}“ ({number}).",
    preview: "{by} hat auf Ihre Anfrage {number} geantwortet.",
    answer: "Antworten",
    read: "Antwort lesen",
  },
  status: { text: "Ihre Anfrage „{subject}“ ({number}) steht jetzt auf „{status}“." },
  solved: {
    subject: "Gelöst: {subject} [{number}]",
    heading: "Gelöst. Wie waren wir?",
    text: "Ihre Anfrage „{subject}“ ({number}) ist gelöst.",
    preview: "Ihre Anfrage {number} ist gelöst. Wie waren wir?",
    ask: "Ein Klick sagt, wie es für Sie war; ein paar Worte sind willkommen. Ist es doch nicht gelöst, antworten Sie einfach dort, wo Sie gefragt haben.",
    button: "Antwort bewerten",
  },
  notice: { open: "Öffnen", reason: "Sie erhalten diese Mail, weil {site} Ihnen zu Ihrem Konto dort schreibt." },
  digest: {
    subject: "{count} Neuigkeiten von {site}",
    heading: "{count} Neuigkeiten für Sie",
    text: "Das ist seit der letzten Mail gekommen:",
    reason:
      "Sie erhalten diese Mail, weil Sie Neuigkeiten von {site} gesammelt bekommen. Die Links oben gehören nur Ihnen: Geben Sie sie nicht weiter.",
    staffReason: "Sie erhalten diese Mail, weil Sie zum Team von {site} gehören und Ihre Mails gesammelt bekommen.",
  },
  customer: {
    open: "Anfrage öffnen",
    reason:
      "Sie erhalten diese Mail, weil Sie {site} um Hilfe gebeten haben. Der Link oben gehört Ihnen allein: Geben Sie ihn nicht weiter.",
    endpoint: "Sie erhalten diese Mail, weil dieser Endpunkt bei {site} Ihnen gehört.",
  },
  staff: {
    open: "Vorgang öffnen",
    reason: "Sie erhalten diese Mail, weil Sie zum Team von {site} gehören.",
    webhooks: "Webhooks öffnen",
  },
  assigned: {
    subject: "Ihnen zugewiesen: {subject} [{number}]",
    heading: "Ein Vorgang für Sie",
    text: "{by} hat Ihnen „{subject}“ gegeben.",
  },
  team: {
    subject: "Für {team}: {subject} [{number}]",
    heading: "Ein Vorgang für {team}",
    text: "{by} hat „{subject}“ Ihrem Team gegeben.",
  },
  customerReplied: {
    subject: "Neue Nachricht: {subject} [{number}]",
    heading: "{by} hat geschrieben",
    text: "Es gibt eine neue Nachricht zu „{subject}“.",
  },
  mentioned: {
    subject: "Sie wurden erwähnt: {subject} [{number}]",
    heading: "{by} hat Sie erwähnt",
    text: "{by} hat Sie in einer Notiz zu „{subject}“ erwähnt.",
  },
  warning: {
    subject: "Bald fällig: {subject} [{number}]",
    heading: "Eine Antwort ist bald fällig",
    text: "Die erste Antwort auf „{subject}“ ist bis {time} ({zone}) fällig.",
  },
  breached: {
    subject: "Überfällig: {subject} [{number}]",
    heading: "Eine Antwort ist überfällig",
    text: "Die erste Antwort auf „{subject}“ war bis {time} ({zone}) fällig.",
  },
  webhook: {
    exhausted: {
      subject: "Ein Webhook an {host} konnte nicht zugestellt werden",
      text: "Alle Versuche sind gescheitert. Das Protokoll sagt, warum; dort lässt er sich erneut senden.",
    },
    halfway: {
      subject: "Der Webhook an {host} scheitert weiterhin",
      text: "Seit zweieinhalb Tagen ist nichts angekommen. In ebenso vielen wird er abgeschaltet.",
    },
    disabled: {
      subject: "Der Webhook an {host} wurde abgeschaltet",
      text: "Was inzwischen geschieht, wird aufgehoben. Schalten Sie ihn wieder ein, und es wird zugestellt.",
    },
  },
  invitation: {
    subject: "Sie sind zu {site} auf Sidedesk eingeladen",
    heading: "Willkommen bei {site}",
    text: "{name}, Sie gehören jetzt zum Support-Team von {site}. Wählen Sie ein Passwort, dann können Sie sich mit dieser Mailadresse anmelden.",
    preview: "Wählen Sie ein Passwort, um sich anzumelden.",
    once: "Der Link gilt einmal und 7 Tage lang.",
    button: "Passwort wählen",
    reason:
      "Sie erhalten diese Mail, weil ein Inhaber oder Admin von {site} Sie eingeladen hat. Kennen Sie ihn nicht, beachten Sie sie nicht.",
  },
  reset: {
    subject: "Ein neues Passwort für {site}",
    heading: "Neues Passwort wählen",
    text: "{name}, jemand hat für Ihr Konto bei {site} um ein neues Passwort gebeten. Bis Sie eines wählen, gilt das alte.",
    once: "Der Link gilt einmal und eine Stunde lang.",
    button: "Neues Passwort wählen",
    reason: "Waren Sie das nicht, beachten Sie diese Mail nicht: Es ändert sich nichts.",
  },
  test: {
    subject: "Ein Test von {site}",
    heading: "Ihre Mail funktioniert",
    text: "{name} hat dies aus den Einstellungen gesendet, um zu sehen, dass Mails von {site} ankommen und wie sie aussehen.",
    reason: "Sie erhalten diese Mail, weil Sie darum gebeten haben.",
  },
  stopPage: {
    title: "Mails abbestellen",
    ask: "Diese Mails abbestellen?",
    which: "Mails dieser Art: {types}.",
    customer: "Jede Antwort lesen Sie weiterhin dort, wo Sie Ihre Anfrage gesendet haben.",
    staff: "In der Konsole sehen Sie weiterhin alles.",
    button: "Mails abbestellen",
    done: "Erledigt",
    stopped: "Wir senden Ihnen keine Mails dieser Art mehr: {types}. Diese Seite kann geschlossen werden.",
    again: "Mails wieder senden",
    resumed: "Sie erhalten wieder Mails dieser Art: {types}. Diese Seite kann geschlossen werden.",
    settings: "Alle Einstellungen für Mitteilungen",
    notValid: "Dieser Link funktioniert nicht",
    elsewhere:
      "Er ist unvollständig oder zu alt. Welche Mails Sie erhalten, wählen Sie in Ihren Einstellungen für Mitteilungen oder über den Link in einer neueren Mail.",
  },
  types: {
    ticket: "Anfragen",
    billing: "Abrechnung",
    compliance: "Vorschriften",
    alert: "Warnungen",
    info: "Neues",
  },
  sample: {
    subject: "Rechnung für März fehlt",
    answer:
      "Hallo Mara,\n\ndie Rechnung steht jetzt in Ihrem Konto:\n\n- öffnen Sie **Abrechnung**\n- wählen Sie *März*\n\nSagen Sie uns, wenn etwas fehlt.",
    notice: "Ihre Rechnung für März ist da. Sie ist innerhalb von zwei Wochen fällig.",
    customer: "Mara Lindqvist",
    staff: "Kim Aldous",
    team: "Abrechnung",
  },
};
