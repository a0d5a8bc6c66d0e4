/** The data of a call; a refusal is thrown as ApiProblem (the client is set up so). */
export async function answer<T>(call: Promise<{ data: T }>): Promise<NonNullable<T>> {
  const { data } = await call;
  return data as NonNullable<T>;
}
