import { defineConfig } from "@playwright/test";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const port = process.env.TENANTRY_TEST_PORT ?? "3210";
const binary = path.resolve(process.env.TENANTRY_BIN ?? "../target/release/tenantry");
// Read again by every worker: the first decides.
process.env.TENANTRY_TEST_FOLDER ??= mkdtempSync(path.join(tmpdir(), "tenantry-end2end-"));
const database = `sqlite://${path.join(process.env.TENANTRY_TEST_FOLDER, "tenantry.db")}`;

export default defineConfig({
  testDir: "tests",
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [["list"]],
  globalTeardown: "./tests/support/teardown.ts",
  use: {
    baseURL: `http://127.0.0.1:${port}`,
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
  webServer: {
    command: `env -u TENANTRY_SMTP_URL -u TENANTRY_PUBLIC_URL "${binary}" --bind 127.0.0.1:${port} --database-url "${database}"`,
    url: `http://127.0.0.1:${port}/readyz`,
    env: { TENANTRY_LOG: "warn" },
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    stdout: "pipe",
    stderr: "pipe",
  },
});
