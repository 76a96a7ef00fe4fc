import type { CDPSession, Page } from "@playwright/test";
import { expect } from "./test.ts";

/** A device with a fingerprint reader, whose user always agrees. */
export class Device {
  private constructor(private readonly cdp: CDPSession, private readonly id: string) {}

  static async of(page: Page): Promise<Device> {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new Device(cdp, authenticatorId);
  }

  /** From here on the user does not agree. */
  async refuse(): Promise<void> {
    await this.cdp.send("WebAuthn.setUserVerified", { authenticatorId: this.id, isUserVerified: false });
  }

  /** Its passkeys as they were on a copy made when they were new. */
  async becomeOldCopy(): Promise<void> {
    const { credentials } = await this.cdp.send("WebAuthn.getCredentials", { authenticatorId: this.id });
    expect(credentials).toHaveLength(1);
    for (const credential of credentials) {
      await this.cdp.send("WebAuthn.removeCredential", { authenticatorId: this.id, credentialId: credential.credentialId });
      await this.cdp.send("WebAuthn.addCredential", { authenticatorId: this.id, credential: { ...credential, signCount: 0 } });
    }
  }
}
