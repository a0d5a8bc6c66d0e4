/** The pages that most visits begin with: one file, which is fetched beside the program and not after it. */
export { HomePage } from "./HomePage";
export { ReleasePage } from "./ReleasePage";
