import type { MailWords } from "./mail-words.ts";

export const fr: MailWords = {
  stop: "Ne plus recevoir ces e-mails",
  somebody: "Quelqu’un",
  statuses: {
    open: "Reçue",
    in_progress: "Nous nous en occupons",
    waiting_customer: "À vous",
    waiting_ai: "Recherche d’une réponse",
    resolved: "Résolue",
    closed: "Fermée",
  },
  priorities: { low: "Basse", medium: "Moyenne", high: "Haute", critical: "Critique" },
  facts: { ticket: "Demande", customer: "De", priority: "Priorité", due: "Première réponse attendue" },
  received: {
    subject: "Nous avons reçu votre demande : {subject} [{number}]",
    heading: "Nous avons reçu votre demande",
    text: "« {subject} » nous est bien parvenue. Son numéro est {number}.",
    due: "Vous pouvez compter sur une réponse avant le {time} ({zone}), souvent plus tôt.",
    soon: "Nous répondons dès que possible.",
    reason:
      "Vous recevez cet e-mail parce que quelqu’un a demandé de l’aide à {site} avec votre adresse. Le lien ci-dessus est personnel : ne le transmettez pas.",
  },
  replied: {
    subject: "Nouvelle réponse : {subject} [{number}]",
    heading: "{by} a répondu",
    text: "Il y a une nouvelle réponse à votre demande « {subject} » ({number}).",
    preview: "{by} a répondu à votre demande {number}.",
    answer: "Répondre",
    read: "Lire la réponse",
  },
  status: { text: "Votre demande « {subject} » ({number}) est maintenant : {status}." },
  solved: {
    subject: "Résolue : {subject} [{number}]",
    heading: "C’est résolu. Comment était-ce ?",
    text: "Votre demande « {subject} » ({number}) est résolue.",
    preview: "Votre demande {number} est résolue. Comment était-ce ?",
    ask: "Un clic suffit pour nous le dire ; quelques mots sont bienvenus. Si ce n’est pas résolu, répondez simplement là où vous avez écrit.",
    button: "Évaluer notre réponse",
  },
  notice: { open: "Ouvrir", reason: "Vous recevez cet e-mail parce que {site} vous écrit au sujet de votre compte." },
  digest: {
    subject: "{count} nouvelles de {site}",
    heading: "{count} nouvelles pour vous",
    text: "Voici ce qui est arrivé depuis le dernier e-mail :",
    reason:
      "Vous recevez cet e-mail parce que vous faites regrouper les nouvelles de {site}. Les liens ci-dessus sont pour vous seul : ne les transmettez pas.",
    staffReason:
      "Vous recevez cet e-mail parce que vous faites partie de l’équipe de {site} et faites regrouper vos e-mails.",
  },
  customer: {
    open: "Ouvrir votre demande",
    reason:
      "Vous recevez cet e-mail parce que vous avez demandé de l’aide à {site}. Le lien ci-dessus est personnel : ne le transmettez pas.",
    endpoint: "Vous recevez cet e-mail parce que ce point d’accès est le vôtre chez {site}.",
  },
  staff: {
    open: "Ouvrir la demande",
    reason: "Vous recevez cet e-mail parce que vous faites partie de l’équipe de {site}.",
    webhooks: "Ouvrir les webhooks",
  },
  assigned: {
    subject: "Attribuée à vous : {subject} [{number}]",
    heading: "Une demande pour vous",
    text: "{by} vous a confié « {subject} ».",
  },
  team: {
    subject: "Pour {team} : {subject} [{number}]",
    heading: "Une demande pour {team}",
    text: "{by} a confié « {subject} » à votre équipe.",
  },
  customerReplied: {
    subject: "Nouveau message : {subject} [{number}]",
    heading: "{by} a écrit",
    text: "Il y a un nouveau message dans « {subject} ».",
  },
  mentioned: {
    subject: "On parle de vous : {subject} [{number}]",
    heading: "{by} vous a mentionné",
    text: "{by} vous a mentionné dans une note sur « {subject} ».",
  },
  warning: {
    subject: "Bientôt en retard : {subject} [{number}]",
    heading: "Une réponse est attendue bientôt",
    text: "La première réponse à « {subject} » est attendue avant le {time} ({zone}).",
  },
  breached: {
    subject: "En retard : {subject} [{number}]",
    heading: "Une réponse est en retard",
    text: "La première réponse à « {subject} » était attendue avant le {time} ({zone}).",
  },
  webhook: {
    exhausted: {
      subject: "Un webhook vers {host} n’a pas pu être livré",
      text: "Toutes les tentatives ont échoué. Le journal dit pourquoi ; il permet aussi de le renvoyer.",
    },
    halfway: {
      subject: "Le webhook vers {host} échoue toujours",
      text: "Rien n’est arrivé depuis deux jours et demi. Dans autant de temps, il sera désactivé.",
    },
    disabled: {
      subject: "Le webhook vers {host} a été désactivé",
      text: "Ce qui se passe entre-temps est gardé. Réactivez-le, et tout sera livré.",
    },
  },
  invitation: {
    subject: "Vous êtes invité à rejoindre {site} sur Sidedesk",
    heading: "Bienvenue chez {site}",
    text: "{name}, vous faites maintenant partie de l’équipe d’assistance de {site}. Choisissez un mot de passe et connectez-vous avec cette adresse e-mail.",
    preview: "Choisissez un mot de passe pour vous connecter.",
    once: "Le lien fonctionne une seule fois, pendant 7 jours.",
    button: "Choisir un mot de passe",
    reason:
      "Vous recevez cet e-mail parce qu’un propriétaire ou administrateur de {site} vous a invité. Si vous ne le connaissez pas, ignorez-le.",
  },
  reset: {
    subject: "Un nouveau mot de passe pour {site}",
    heading: "Choisissez un nouveau mot de passe",
    text: "{name}, quelqu’un a demandé un nouveau mot de passe pour votre compte chez {site}. Tant que vous n’en choisissez pas, l’ancien reste valable.",
    once: "Le lien fonctionne une seule fois, pendant une heure.",
    button: "Choisir un nouveau mot de passe",
    reason: "Si ce n’était pas vous, ignorez cet e-mail : rien ne change.",
  },
  test: {
    subject: "Un essai de {site}",
    heading: "Vos e-mails fonctionnent",
    text: "{name} a envoyé ceci depuis les réglages, pour voir que les e-mails de {site} arrivent et à quoi ils ressemblent.",
    reason: "Vous recevez cet e-mail parce que vous l’avez demandé.",
  },
  stopPage: {
    title: "Arrêter les e-mails",
    ask: "Arrêter ces e-mails ?",
    which: "E-mails de ce type : {types}.",
    customer: "Vous pouvez toujours lire chaque réponse là où vous avez envoyé votre demande.",
    staff: "Vous voyez toujours tout dans la console.",
    button: "Arrêter les e-mails",
    done: "C’est fait",
    stopped: "Nous ne vous envoyons plus d’e-mails de ce type : {types}. Vous pouvez fermer cette page.",
    again: "Recevoir de nouveau les e-mails",
    resumed: "Vous recevez de nouveau les e-mails de ce type : {types}. Vous pouvez fermer cette page.",
    settings: "Tous les réglages des notifications",
    notValid: "Ce lien ne fonctionne pas",
    elsewhere:
      "Il est incomplet ou trop ancien. Vous choisissez les e-mails que vous recevez dans vos réglages de notifications, ou par le lien d’un e-mail plus récent.",
  },
  types: {
    ticket: "Demandes",
    billing: "Facturation",
    compliance: "Conformité",
    alert: "Alertes",
    info: "Actualités",
  },
  sample: {
    subject: "Il manque la facture de mars",
    answer:
      "Bonjour Mara,\n\nla facture est maintenant dans votre compte :\n\n- ouvrez **Facturation**\n- choisissez *mars*\n\nDites-nous s’il manque quelque chose.",
    notice: "Votre facture de mars est disponible. Elle est payable sous deux semaines.",
    customer: "Mara Lindqvist",
    staff: "Kim Aldous",
    team: "Facturation",
  },
};
