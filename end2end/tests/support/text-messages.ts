import type { APIRequestContext } from "@playwright/test";
import { randomInt } from "node:crypto";
import { OUTBOX_TOKEN } from "./outbox.ts";
import { expect } from "./test.ts";

/** A South African mobile number that no test has used, as people there dial it, and as it is stored. */
export function number(): { typed: string; stored: string; end: string } {
  const digits = String(randomInt(1_000_000, 9_999_999));
  return { typed: `082 ${digits.slice(0, 3)} ${digits.slice(3)}`, stored: `+2782${digits}`, end: digits.slice(-4) };
}

/** The code of the newest text message to this number, as soon as there is another than before. */
export async function codeTo(request: APIRequestContext, to: string, before = ""): Promise<string> {
  let code = "";
  await expect(async () => {
    const messages: { to: string; text: string }[] = await (await request.get(`/outbox/sms.json?token=${OUTBOX_TOKEN}`)).json();
    code = /^\d{6}/.exec(messages.find((message) => message.to === to)?.text ?? "")?.[0] ?? "";
    expect(code).not.toBe("");
    expect(code).not.toBe(before);
  }).toPass({ intervals: [50], timeout: 10_000 });
  return code;
}
