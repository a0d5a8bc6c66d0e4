import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { type ApiProblem, asProblem } from "@/api/problem";

interface Form {
  busy: boolean;
  problem: ApiProblem | null;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

/** What a form holds: its text fields, by name. */
export type Fields = Record<string, string>;

/** A form that is sent once at a time and keeps what the server thought of it. */
export function useForm<T>(send: (fields: Fields, form: FormData) => Promise<T>, onDone: (answer: T) => void): Form {
  const mutation = useMutation({ mutationFn: (form: FormData) => send(textOf(form), form), onSuccess: onDone, networkMode: "always" });
  return {
    busy: mutation.isPending,
    problem: mutation.error && asProblem(mutation.error),
    onSubmit: (event) => {
      event.preventDefault();
      if (!mutation.isPending) mutation.mutate(new FormData(event.currentTarget));
    },
  };
}

function textOf(form: FormData): Fields {
  return Object.fromEntries([...form].filter(([, value]) => typeof value === "string").map(([name, value]) => [name, String(value)]));
}
