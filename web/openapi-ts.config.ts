import { defineConfig } from "@hey-api/openapi-ts";

// The client is made from the server's own document (`make gen`); nobody edits what comes out.
// Calls are named by method and address, which are promised, not by the names of the server's functions, which are not.
export default defineConfig({
  input: "openapi.json",
  output: { path: "src/api/generated" },
  plugins: [
    { name: "@hey-api/client-fetch", baseUrl: false },
    "@hey-api/typescript",
    { name: "@hey-api/sdk", operations: { nesting: "id" } },
  ],
});
