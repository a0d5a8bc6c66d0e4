import { expect, it } from "vitest";
import { aProblem } from "@/testing/server";
import { asProblem, problemFrom } from "./problem";

it("keeps what is wrong with which field, and the request's name", () => {
  const problem = problemFrom(422, aProblem({ errors: [{ field: "username", message: "between 3 and 50 characters" }] }));
  expect(problem.fields).toEqual({ username: "between 3 and 50 characters" });
  expect(problem).toMatchObject({ requestId: "req-7", trouble: "invalid", passing: false });
});

it("prefers the sentence about this very case", () => {
  expect(problemFrom(415, aProblem({ detail: "send FLAC" })).sentence).toBe("send FLAC");
});

it("takes an answer that is no problem document for a failure", () => {
  expect(problemFrom(502, "<html>bad gateway</html>")).toMatchObject({ code: "unreadable", trouble: "failed", passing: true });
});

it("takes any thrown thing for no answer", () => {
  expect(asProblem(new TypeError("failed to fetch"))).toMatchObject({ status: 0, trouble: "offline", passing: true });
});
