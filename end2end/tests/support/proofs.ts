import { execFileSync } from "node:child_process";
import path from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { signIn, type Person } from "./people.ts";
import { test } from "./test.ts";

/**
 * From now on the last proof of who uses each session on this test's server is old. `elsewhere` is another browser: what the
 * server keeps in memory of somebody's sessions it reads anew when they sign in there.
 */
export async function ageProofs(who: Person, elsewhere: APIRequestContext, baseURL: string | undefined): Promise<void> {
  const { firstPort } = test.info().config.metadata;
  const database = path.join(process.env.TENANTRY_TEST_FOLDER ?? "", `${Number(new URL(baseURL ?? "").port) - firstPort}.db`);
  execFileSync("sqlite3", ["-cmd", ".timeout 10000", database, "UPDATE session SET proved_at = 0"]);
  await signIn(elsewhere, who);
}
