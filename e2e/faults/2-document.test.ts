import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Server } from "../support/server.ts";

/** What ends the session that asks, or never ends itself. */
const APART = "^/api/events$|^/(api/)?auth/logout$|^/api/me/sessions$";
/** Seconds that one of the two may try. */
const PATIENCE = 35;
const CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance";

let server: Server;

before(async () => {
  server = await Server.start();
});
after(() => server?.end());

describe("the document of the API", () => {
  it("tells every answer that somebody gets who has not signed in, whatever is sent", async () => {
    await holds([]);
  });

  it("tells every answer that a person gets, whatever is sent", async () => {
    await holds(["--header", `Authorization: Bearer ${await signUp()}`]);
  });
});

async function signUp(): Promise<string> {
  const body = JSON.stringify({ username: "inspector", email: "inspector@example.org", password: "a long phrase of theirs" });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${server.url}/api/auth/register`, { method: "POST", headers, body });
  assert.equal(answer.status, 201);
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}

/** Lets Schemathesis send what the document allows and what it does not, and judges each answer by it. */
async function holds(more: string[]): Promise<void> {
  const tool = join(process.env.PYTHON_TOOLS ?? "", "st");
  const what = ["--exclude-path-regex", APART, "--checks", CHECKS, "--phases", "examples,coverage,fuzzing"];
  // one worker: Python 3.11 loses count when two threads read source code at once (cpython 106905)
  const how = ["--workers", "1", "--max-examples", "20", "--max-time", `${PATIENCE}`, "--seed", "1", "--continue-on-failure"];
  const quiet = ["--request-timeout", "20", "--suppress-health-check", "all", "--warnings", "off", "--no-color"];
  const run = spawn(tool, ["run", `${server.url}/api/openapi.json`, ...what, ...how, ...quiet, ...more], { cwd: "/", stdio: "pipe" });
  let said = "";
  for (const stream of [run.stdout, run.stderr]) {
    stream.on("data", (piece) => {
      said += piece;
    });
  }
  const [code] = await once(run, "exit");
  assert.equal(code, 0, said.slice(-30_000));
}
