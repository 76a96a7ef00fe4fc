import { defineConfig } from "@playwright/test";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { OUTBOX_TOKEN } from "./tests/support/outbox.ts";

const firstPort = Number(process.env.TENANTRY_TEST_PORT ?? "3210");
const workers = 2;
// Each worker has four servers of its own, and a file of tests one of them: from one address only so many may sign up in
// an hour.
const servers = 4 * workers;
const binary = path.resolve(process.env.TENANTRY_BIN ?? "../target/release/tenantry");
// Read again by every worker: the first decides.
process.env.TENANTRY_TEST_FOLDER ??= mkdtempSync(path.join(tmpdir(), "tenantry-end2end-"));
const folder = process.env.TENANTRY_TEST_FOLDER;

export default defineConfig({
  testDir: "tests",
  fullyParallel: false,
  workers,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [["list"]],
  globalTeardown: "./tests/support/teardown.ts",
  use: {
    trace: "retain-on-failure",
    viewport: { width: 1440, height: 900 },
    timezoneId: "Africa/Johannesburg",
    locale: "en-GB",
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  metadata: { firstPort, workers },
  webServer: Array.from({ length: servers }, (_, server) => {
    const address = `127.0.0.1:${firstPort + server}`;
    const database = `sqlite://${path.join(folder, `${server}.db`)}`;
    // By this name too: passkeys belong to one.
    const name = `http://localhost:${firstPort + server}`;
    return {
      command: `env -u TENANTRY_SMTP_URL "${binary}" --bind ${address} --public-url ${name} --database-url "${database}"`,
      url: `http://${address}/readyz`,
      env: {
        TENANTRY_LOG: "warn",
        TENANTRY_OUTBOX_TOKEN: OUTBOX_TOKEN,
        TENANTRY_NEW_ORGANISATION_INVITATIONS: "5000",
        // All browsers are on one network, and many leave their codes.
        TENANTRY_SMS_GUARD: "record",
      },
      reuseExistingServer: false,
      gracefulShutdown: { signal: "SIGTERM" as const, timeout: 15_000 },
      stdout: "pipe" as const,
      stderr: "pipe" as const,
    };
  }),
});
