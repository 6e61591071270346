import type { MailWords } from "./mail-words.ts";

export const pt: MailWords = {
  stop: "Deixar de receber estes e-mails",
  somebody: "Alguém",
  statuses: {
    open: "Recebido",
    in_progress: "Estamos a tratar disso",
    waiting_customer: "É a sua vez",
    waiting_ai: "À procura de uma resposta",
    resolved: "Resolvido",
    closed: "Fechado",
  },
  priorities: { low: "Baixa", medium: "Média", high: "Alta", critical: "Crítica" },
  facts: { ticket: "Pedido", customer: "De", priority: "Prioridade", due: "Primeira resposta até" },
  received: {
    subject: "Recebemos o seu pedido: {subject} [{number}]",
    heading: "Recebemos o seu pedido",
    text: "“{subject}” está connosco. O número é {number}.",
    due: "Pode contar com uma resposta até {time} ({zone}), muitas vezes antes.",
    soon: "Respondemos assim que pudermos.",
    reason:
      "Recebe este e-mail porque alguém pediu ajuda a {site} com o seu endereço. A ligação acima é só sua: não a partilhe.",
  },
  replied: {
    subject: "Nova resposta: {subject} [{number}]",
    heading: "{by} respondeu",
    text: "Há uma nova resposta ao seu pedido “{subject}” ({number}).",
    preview: "{by} respondeu ao seu pedido {number}.",
    answer: "Responder",
    read: "Ler a resposta",
  },
  status: { text: "O seu pedido “{subject}” ({number}) está agora assim: {status}." },
  solved: {
    subject: "Resolvido: {subject} [{number}]",
    heading: "Resolvido. Como correu?",
    text: "O seu pedido “{subject}” ({number}) está resolvido.",
    preview: "O seu pedido {number} está resolvido. Como correu?",
    ask: "Um clique diz-nos como correu; algumas palavras são bem-vindas. Se afinal não está resolvido, responda onde o enviou.",
    button: "Avaliar a nossa resposta",
  },
  notice: { open: "Abrir", reason: "Recebe este e-mail porque {site} lhe escreve sobre a sua conta." },
  digest: {
    subject: "{count} novidades de {site}",
    heading: "{count} novidades para si",
    text: "Isto chegou desde o último e-mail:",
    reason:
      "Recebe este e-mail porque tem as novidades de {site} agrupadas. As ligações acima são só suas: não as partilhe.",
    staffReason: "Recebe este e-mail porque faz parte da equipa de {site} e tem os seus e-mails agrupados.",
  },
  customer: {
    open: "Abrir o seu pedido",
    reason: "Recebe este e-mail porque pediu ajuda a {site}. A ligação acima é só sua: não a partilhe.",
    endpoint: "Recebe este e-mail porque este ponto de ligação é seu em {site}.",
  },
  staff: {
    open: "Abrir o pedido",
    reason: "Recebe este e-mail porque faz parte da equipa de {site}.",
    webhooks: "Abrir os webhooks",
  },
  assigned: {
    subject: "Atribuído a si: {subject} [{number}]",
    heading: "Um pedido para si",
    text: "{by} deu-lhe “{subject}”.",
  },
  team: {
    subject: "Para {team}: {subject} [{number}]",
    heading: "Um pedido para {team}",
    text: "{by} deu “{subject}” à sua equipa.",
  },
  customerReplied: {
    subject: "Nova mensagem: {subject} [{number}]",
    heading: "{by} escreveu",
    text: "Há uma nova mensagem em “{subject}”.",
  },
  mentioned: {
    subject: "Foi mencionado: {subject} [{number}]",
    heading: "{by} mencionou-o",
    text: "{by} mencionou-o numa nota sobre “{subject}”.",
  },
  warning: {
    subject: "Prazo a terminar: {subject} [{number}]",
    heading: "Uma resposta está quase no prazo",
    text: "A primeira resposta a “{subject}” deve seguir até {time} ({zone}).",
  },
  breached: {
    subject: "Em atraso: {subject} [{number}]",
    heading: "Uma resposta está em atraso",
    text: "A primeira resposta a “{subject}” devia ter seguido até {time} ({zone}).",
  },
  webhook: {
    exhausted: {
      subject: "Não foi possível entregar um webhook a {host}",
      text: "Todas as tentativas falharam. O registo diz porquê; aí pode ser enviado de novo.",
    },
    halfway: {
      subject: "O webhook para {host} continua a falhar",
      text: "Nada chegou nos últimos dois dias e meio. Dentro de outros tantos será desativado.",
    },
    disabled: {
      subject: "O webhook para {host} foi desativado",
      text: "O que acontecer entretanto fica guardado. Ative-o de novo e será entregue.",
    },
  },
  invitation: {
    subject: "Foi convidado para {site} no Sidedesk",
    heading: "Boas-vindas a {site}",
    text: "{name}, faz agora parte da equipa de apoio de {site}. Escolha uma palavra-passe e poderá entrar com este endereço de e-mail.",
    preview: "Escolha uma palavra-passe para entrar.",
    once: "A ligação funciona uma só vez e durante 7 dias.",
    button: "Escolher palavra-passe",
    reason:
      "Recebe este e-mail porque um proprietário ou administrador de {site} o convidou. Se não o conhece, ignore-o.",
  },
  reset: {
    subject: "Uma nova palavra-passe para {site}",
    heading: "Escolha uma nova palavra-passe",
    text: "{name}, alguém pediu uma nova palavra-passe para a sua conta em {site}. Até escolher uma, a antiga continua a valer.",
    once: "A ligação funciona uma só vez e durante uma hora.",
    button: "Escolher nova palavra-passe",
    reason: "Se não foi você, ignore este e-mail: nada muda.",
  },
  test: {
    subject: "Um teste de {site}",
    heading: "O seu e-mail funciona",
    text: "{name} enviou isto a partir das definições, para ver que os e-mails de {site} chegam e que aspeto têm.",
    reason: "Recebe este e-mail porque o pediu.",
  },
  stopPage: {
    title: "Parar os e-mails",
    ask: "Parar estes e-mails?",
    which: "E-mails deste tipo: {types}.",
    customer: "Pode continuar a ler cada resposta onde enviou o seu pedido.",
    staff: "Continua a ver tudo na consola.",
    button: "Parar os e-mails",
    done: "Feito",
    stopped: "Não lhe enviamos mais e-mails deste tipo: {types}. Pode fechar esta página.",
    again: "Voltar a receber e-mails",
    resumed: "Volta a receber e-mails deste tipo: {types}. Pode fechar esta página.",
    settings: "Todas as definições de notificações",
    notValid: "Esta ligação não funciona",
    elsewhere:
      "Está incompleta ou é demasiado antiga. Pode escolher os e-mails que recebe nas suas definições de notificações ou pela ligação de um e-mail mais recente.",
  },
  types: {
    ticket: "Pedidos",
    billing: "Faturação",
    compliance: "Conformidade",
    alert: "Alertas",
    info: "Notícias",
  },
  sample: {
    subject: "Falta a fatura de março",
    answer:
      "Olá, Mara,\n\na fatura já está na sua conta:\n\n- abra **Faturação**\n- escolha *março*\n\nDiga-nos se faltar alguma coisa.",
    notice: "A sua fatura de março está pronta. Vence dentro de duas semanas.",
    customer: "Mara Lindqvist",
    staff: "Kim Aldous",
    team: "Faturação",
  },
};
