import type { LedgerPart } from "@sidedesk/contract";
import type { MailLanguage } from "../mails/index.ts";

/** What a notice says, with `{name}` where something is put in. */
interface Said {
  title: string;
  message: string;
}
/** What notices say; the statuses, and what mails say word for word, are in the words of mails. */
export interface NoticeWords {
  /** How a subject is quoted. */
  quote: string;
  /** Who answered, when nobody is named. */
  support: string;
  /** A team without a name. */
  yourTeam: string;
  answered: { title: string };
  status: Said;
  replied: Said;
  mentioned: Said;
  assigned: Said;
  team: Said;
  warning: Said;
  breached: Said;
  missing: Said;
  /** What can be missing, before its number. */
  part: Record<LedgerPart, string>;
}

export const noticeWords: Readonly<Record<MailLanguage, NoticeWords>> = {
  en: {
    quote: "“{about}”",
    support: "Support",
    yourTeam: "your team",
    answered: { title: "New answer to {about}" },
    status: { title: "{status}: {about}", message: "Your request {number} is now “{status}”." },
    replied: { title: "New reply on {about}", message: "{by} replied on {number}." },
    mentioned: { title: "Mentioned on {about}", message: "{by} mentioned you in a note on {number}." },
    assigned: { title: "Assigned to you: {about}", message: "{by} gave you {number}." },
    team: { title: "For {team}: {about}", message: "{by} gave {number} to your team." },
    warning: { title: "Due soon: {about}", message: "The first answer to {number} is due soon." },
    breached: { title: "Overdue: {about}", message: "The first answer to {number} is late." },
    missing: { title: "Something of {day} is missing", message: "The nightly check found: {list}." },
    part: {
      events: "events without all their effects",
      deliveries: "webhook deliveries",
      mails: "mails",
      notices: "notices",
      pushes: "messages to browsers",
      alerts: "alerts",
    },
  },
  de: {
    quote: "„{about}“",
    support: "Der Support",
    yourTeam: "Ihr Team",
    answered: { title: "Neue Antwort auf {about}" },
    status: { title: "{status}: {about}", message: "Ihre Anfrage {number} steht jetzt auf „{status}“." },
    replied: { title: "Neue Nachricht zu {about}", message: "{by} hat zu {number} geschrieben." },
    mentioned: { title: "Erwähnt bei {about}", message: "{by} hat Sie in einer Notiz zu {number} erwähnt." },
    assigned: { title: "Ihnen zugewiesen: {about}", message: "{by} hat Ihnen {number} gegeben." },
    team: { title: "Für {team}: {about}", message: "{by} hat {number} Ihrem Team gegeben." },
    warning: { title: "Bald fällig: {about}", message: "Die erste Antwort auf {number} ist bald fällig." },
    breached: { title: "Überfällig: {about}", message: "Die erste Antwort auf {number} ist überfällig." },
    missing: { title: "Etwas vom {day} fehlt", message: "Die nächtliche Prüfung fand: {list}." },
    part: {
      events: "Ereignisse ohne alle Folgen",
      deliveries: "Webhook-Zustellungen",
      mails: "Mails",
      notices: "Mitteilungen",
      pushes: "Nachrichten an Browser",
      alerts: "Meldungen",
    },
  },
  fr: {
    quote: "« {about} »",
    support: "L’assistance",
    yourTeam: "votre équipe",
    answered: { title: "Nouvelle réponse à {about}" },
    status: { title: "{status} : {about}", message: "Votre demande {number} est maintenant : {status}." },
    replied: { title: "Nouveau message sur {about}", message: "{by} a écrit sur {number}." },
    mentioned: { title: "On parle de vous : {about}", message: "{by} vous a mentionné dans une note sur {number}." },
    assigned: { title: "Attribuée à vous : {about}", message: "{by} vous a confié {number}." },
    team: { title: "Pour {team} : {about}", message: "{by} a confié {number} à votre équipe." },
    warning: { title: "Bientôt en retard : {about}", message: "La première réponse à {number} est attendue bientôt." },
    breached: { title: "En retard : {about}", message: "La première réponse à {number} est en retard." },
    missing: { title: "Il manque quelque chose du {day}", message: "La vérification de la nuit a trouvé : {list}." },
    part: {
      events: "événements sans tous leurs effets",
      deliveries: "livraisons de webhooks",
      mails: "e-mails",
      notices: "notifications",
      pushes: "messages aux navigateurs",
      alerts: "alertes",
    },
  },
  es: {
    quote: "«{about}»",
    support: "Asistencia",
    yourTeam: "su equipo",
    answered: { title: "Nueva respuesta a {about}" },
    status: { title: "{status}: {about}", message: "Su solicitud {number} está ahora así: {status}." },
    replied: { title: "Nuevo mensaje en {about}", message: "{by} ha escrito en {number}." },
    mentioned: { title: "Le han mencionado en {about}", message: "{by} le ha mencionado en una nota sobre {number}." },
    assigned: { title: "Asignada a usted: {about}", message: "{by} le ha dado {number}." },
    team: { title: "Para {team}: {about}", message: "{by} ha dado {number} a su equipo." },
    warning: { title: "Vence pronto: {about}", message: "La primera respuesta a {number} vence pronto." },
    breached: { title: "Con retraso: {about}", message: "La primera respuesta a {number} lleva retraso." },
    missing: { title: "Falta algo del {day}", message: "La comprobación nocturna encontró: {list}." },
    part: {
      events: "eventos sin todos sus efectos",
      deliveries: "entregas de webhooks",
      mails: "correos",
      notices: "avisos",
      pushes: "mensajes a navegadores",
      alerts: "alertas",
    },
  },
  pt: {
    quote: "“{about}”",
    support: "O apoio",
    yourTeam: "a sua equipa",
    answered: { title: "Nova resposta a {about}" },
    status: { title: "{status}: {about}", message: "O seu pedido {number} está agora assim: {status}." },
    replied: { title: "Nova mensagem em {about}", message: "{by} escreveu em {number}." },
    mentioned: { title: "Foi mencionado em {about}", message: "{by} mencionou-o numa nota sobre {number}." },
    assigned: { title: "Atribuído a si: {about}", message: "{by} deu-lhe {number}." },
    team: { title: "Para {team}: {about}", message: "{by} deu {number} à sua equipa." },
    warning: { title: "Prazo a terminar: {about}", message: "A primeira resposta a {number} deve seguir em breve." },
    breached: { title: "Em atraso: {about}", message: "A primeira resposta a {number} está em atraso." },
    missing: { title: "Falta algo de {day}", message: "A verificação noturna encontrou: {list}." },
    part: {
      events: "eventos sem todos os efeitos",
      deliveries: "entregas de webhooks",
      mails: "e-mails",
      notices: "avisos",
      pushes: "mensagens a navegadores",
      alerts: "alertas",
    },
  },
  ja: {
    quote: "「{about}」",
    support: "サポート",
    yourTeam: "あなたのチーム",
    answered: { title: "{about}に新しい回答" },
    status: { title: "{status}: {about}", message: "お問い合わせ {number} は現在「{status}」です。" },
    replied: { title: "{about}に新しい返信", message: "{number} に {by} から返信がありました。" },
    mentioned: {
      title: "{about}でメンションされました",
      message: "{by} が {number} のメモであなたをメンションしました。",
    },
    assigned: { title: "あなたが担当です: {about}", message: "{by} が {number} をあなたに割り当てました。" },
    team: { title: "{team} 宛て: {about}", message: "{by} が {number} をあなたのチームに割り当てました。" },
    warning: { title: "まもなく期限: {about}", message: "{number} への初回回答の期限が近づいています。" },
    breached: { title: "期限切れ: {about}", message: "{number} への初回回答が遅れています。" },
    missing: { title: "{day} の記録に不足があります", message: "夜間の確認で見つかりました: {list}。" },
    part: {
      events: "処理が完了していないイベント",
      deliveries: "Webhook の配信",
      mails: "メール",
      notices: "お知らせ",
      pushes: "ブラウザーへの通知",
      alerts: "アラート",
    },
  },
  ar: {
    quote: "«{about}»",
    support: "الدعم",
    yourTeam: "فريقك",
    answered: { title: "رد جديد على {about}" },
    status: { title: "{status}: {about}", message: "حالة طلبك {number} الآن: {status}." },
    replied: { title: "رسالة جديدة في {about}", message: "كتب {by} في {number}." },
    mentioned: { title: "تمت الإشارة إليك في {about}", message: "أشار إليك {by} في ملاحظة على {number}." },
    assigned: { title: "أُسند إليك: {about}", message: "أسند إليك {by} الطلب {number}." },
    team: { title: "إلى {team}: {about}", message: "أسند {by} الطلب {number} إلى فريقك." },
    warning: { title: "موعد قريب: {about}", message: "اقترب موعد أول رد على {number}." },
    breached: { title: "متأخر: {about}", message: "تأخر أول رد على {number}." },
    missing: { title: "شيء من {day} مفقود", message: "وجد الفحص الليلي: {list}." },
    part: {
      events: "أحداث بلا كل آثارها",
      deliveries: "عمليات تسليم الويب هوك",
      mails: "رسائل البريد",
      notices: "إشعارات",
      pushes: "رسائل المتصفح",
      alerts: "تنبيهات",
    },
  },
};
