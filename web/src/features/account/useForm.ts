import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { type ApiProblem, asProblem } from "@/api/problem";

interface Form {
  busy: boolean;
  problem: ApiProblem | null;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

/** A form that is sent once at a time and keeps what the server thought of it. */
export function useForm(send: (fields: Record<string, string>) => Promise<void>, onDone: () => void): Form {
  const mutation = useMutation({ mutationFn: send, onSuccess: onDone, networkMode: "always" });
  return {
    busy: mutation.isPending,
    problem: mutation.error && asProblem(mutation.error),
    onSubmit: (event) => {
      event.preventDefault();
      if (mutation.isPending) return;
      const fields = new FormData(event.currentTarget);
      mutation.mutate(Object.fromEntries([...fields].map(([name, value]) => [name, String(value)])));
    },
  };
}
