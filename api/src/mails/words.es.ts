import type { MailWords } from "./mail-words.ts";

export const es: MailWords = {
  stop: "Dejar de recibir estos correos",
  somebody: "Alguien",
  statuses: {
    open: "Recibida",
    in_progress: "Estamos en ello",
    waiting_customer: "Su turno",
    waiting_ai: "Buscando una respuesta",
    resolved: "Resuelta",
    closed: "Cerrada",
  },
  priorities: { low: "Baja", medium: "Media", high: "Alta", critical: "Crítica" },
  facts: { ticket: "Solicitud", customer: "De", priority: "Prioridad", due: "Primera respuesta para" },
  received: {
    subject: "Hemos recibido su solicitud: {subject} [{number}]",
    heading: "Hemos recibido su solicitud",
    text: "«{subject}» ya está con nosotros. Su número es {number}.",
    due: "Puede esperar una respuesta antes del {time} ({zone}), a menudo antes.",
    soon: "Respondemos lo antes posible.",
    reason:
      "Recibe este correo porque alguien pidió ayuda a {site} con su dirección. El enlace de arriba es solo suyo: no lo comparta.",
  },
  replied: {
    subject: "Nueva respuesta: {subject} [{number}]",
    heading: "{by} ha respondido",
    text: "Hay una nueva respuesta a su solicitud «{subject}» ({number}).",
    preview: "{by} ha respondido a su solicitud {number}.",
    answer: "Responder",
    read: "Leer la respuesta",
  },
  status: { text: "Su solicitud «{subject}» ({number}) está ahora así: {status}." },
  solved: {
    subject: "Resuelta: {subject} [{number}]",
    heading: "Resuelta. ¿Qué tal lo hicimos?",
    text: "Su solicitud «{subject}» ({number}) está resuelta.",
    preview: "Su solicitud {number} está resuelta. ¿Qué tal lo hicimos?",
    ask: "Un clic nos dice cómo le fue; unas palabras son bienvenidas. Si al final no está resuelta, responda donde la envió.",
    button: "Valorar nuestra respuesta",
  },
  notice: { open: "Abrir", reason: "Recibe este correo porque {site} le escribe sobre su cuenta." },
  digest: {
    subject: "{count} novedades de {site}",
    heading: "{count} novedades para usted",
    text: "Esto ha llegado desde el último correo:",
    reason:
      "Recibe este correo porque tiene agrupadas las novedades de {site}. Los enlaces de arriba son solo suyos: no los comparta.",
    staffReason: "Recibe este correo porque forma parte del equipo de {site} y tiene sus correos agrupados.",
  },
  customer: {
    open: "Abrir su solicitud",
    reason: "Recibe este correo porque pidió ayuda a {site}. El enlace de arriba es solo suyo: no lo comparta.",
    endpoint: "Recibe este correo porque este punto de conexión es suyo en {site}.",
  },
  staff: {
    open: "Abrir la solicitud",
    reason: "Recibe este correo porque forma parte del equipo de {site}.",
    webhooks: "Abrir los webhooks",
  },
  assigned: {
    subject: "Asignada a usted: {subject} [{number}]",
    heading: "Una solicitud para usted",
    text: "{by} le ha dado «{subject}».",
  },
  team: {
    subject: "Para {team}: {subject} [{number}]",
    heading: "Una solicitud para {team}",
    text: "{by} ha dado «{subject}» a su equipo.",
  },
  customerReplied: {
    subject: "Nuevo mensaje: {subject} [{number}]",
    heading: "{by} ha escrito",
    text: "Hay un nuevo mensaje en «{subject}».",
  },
  mentioned: {
    subject: "Le han mencionado: {subject} [{number}]",
    heading: "{by} le ha mencionado",
    text: "{by} le ha mencionado en una nota sobre «{subject}».",
  },
  warning: {
    subject: "Vence pronto: {subject} [{number}]",
    heading: "Pronto vence una respuesta",
    text: "La primera respuesta a «{subject}» vence el {time} ({zone}).",
  },
  breached: {
    subject: "Con retraso: {subject} [{number}]",
    heading: "Una respuesta lleva retraso",
    text: "La primera respuesta a «{subject}» vencía el {time} ({zone}).",
  },
  webhook: {
    exhausted: {
      subject: "No se pudo entregar un webhook a {host}",
      text: "Todos los intentos fallaron. El registro dice por qué; desde allí se puede enviar de nuevo.",
    },
    halfway: {
      subject: "El webhook a {host} sigue fallando",
      text: "No ha llegado nada desde hace dos días y medio. Dentro de otros tantos se desactivará.",
    },
    disabled: {
      subject: "El webhook a {host} se ha desactivado",
      text: "Lo que ocurra mientras tanto se guarda. Actívelo de nuevo y se entregará.",
    },
  },
  invitation: {
    subject: "Tiene una invitación a {site} en Sidedesk",
    heading: "Le damos la bienvenida a {site}",
    text: "{name}, ahora forma parte del equipo de asistencia de {site}. Elija una contraseña y podrá entrar con esta dirección de correo.",
    preview: "Elija una contraseña para entrar.",
    once: "El enlace funciona una sola vez y durante 7 días.",
    button: "Elegir contraseña",
    reason:
      "Recibe este correo porque un propietario o administrador de {site} le ha invitado. Si no lo conoce, no haga caso.",
  },
  reset: {
    subject: "Una contraseña nueva para {site}",
    heading: "Elija una contraseña nueva",
    text: "{name}, alguien ha pedido una contraseña nueva para su cuenta en {site}. Hasta que elija una, vale la anterior.",
    once: "El enlace funciona una sola vez y durante una hora.",
    button: "Elegir una contraseña nueva",
    reason: "Si no ha sido usted, no haga caso de este correo: nada cambia.",
  },
  test: {
    subject: "Una prueba de {site}",
    heading: "Su correo funciona",
    text: "{name} ha enviado esto desde los ajustes, para ver que los correos de {site} llegan y qué aspecto tienen.",
    reason: "Recibe este correo porque lo ha pedido.",
  },
  stopPage: {
    title: "Dejar de recibir correos",
    ask: "¿Dejar de recibir estos correos?",
    which: "Correos de este tipo: {types}.",
    customer: "Puede seguir leyendo cada respuesta donde envió su solicitud.",
    staff: "Sigue viéndolo todo en la consola.",
    button: "Dejar de recibirlos",
    done: "Hecho",
    stopped: "Ya no le enviamos correos de este tipo: {types}. Puede cerrar esta página.",
    again: "Volver a recibir correos",
    resumed: "Vuelve a recibir correos de este tipo: {types}. Puede cerrar esta página.",
    settings: "Todos los ajustes de avisos",
    notValid: "Este enlace no funciona",
    elsewhere:
      "Está incompleto o es demasiado antiguo. Puede elegir qué correos recibe en sus ajustes de avisos o con el enlace de un correo más reciente.",
  },
  types: {
    ticket: "Solicitudes",
    billing: "Facturación",
    compliance: "Cumplimiento",
    alert: "Alertas",
    info: "Noticias",
  },
  sample: {
    subject: "Falta la factura de marzo",
    answer:
      "Hola, Mara:\n\nla factura ya está en su cuenta:\n\n- abra **Facturación**\n- elija *marzo*\n\nDíganos si falta algo.",
    notice: "Su factura de marzo está lista. Vence en dos semanas.",
    customer: "Mara Lindqvist",
    staff: "Kim Aldous",
    team: "Facturación",
  },
};
