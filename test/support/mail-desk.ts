import { afterAll } from "vitest";
import { startMailbox, type Mailbox } from "./mailbox.ts";
import { startTestDesk, type TestDesk } from "./test-desk.ts";

/**
 * What tests of mail begin with: a desk that does all its work and sends to a mailbox, its agent called Kim Aldous. Awaited
 * at the top of a test file; both are closed after the file's last test.
 */
export async function startMailDesk(env: Record<string, string> = {}): Promise<TestDesk & { box: Mailbox }> {
  const box = await startMailbox();
  afterAll(() => box.close());
  const desk = await startTestDesk(
    {
      roles: ["http", "relay", "worker"],
      env: { SMTP_URL: box.url, SIDEDESK_MAIL_FROM: "Desk <desk@tarnside.example>", ...env },
    },
    { name: "Kim Aldous" },
  );
  return { ...desk, box };
}
