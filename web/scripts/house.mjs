// House rules that no linter knows: floors, no visits between features, no text outside the catalogues, no long files.
// Prints every breach and fails if there is one. Reads ../src, or the folder named.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const SRC = process.argv[2] ?? fileURLToPath(new URL("../src", import.meta.url));
const LONGEST_FILE = 500;
/** Who may lean on whom: a folder imports only from those listed. */
const FLOORS = {
  api: [],
  player: ["api"],
  realtime: ["api"],
  ui: ["api"],
  features: ["api", "player", "realtime", "ui"],
  app: ["api", "player", "realtime", "ui", "features"],
  testing: ["api", "player", "realtime", "ui", "features", "app"],
};
/** Attributes that a person reads or hears. */
const SPOKEN = new Set([
  "aria-label",
  "aria-description",
  "aria-valuetext",
  "title",
  "alt",
  "placeholder",
  "label",
  "name",
  "heading",
  "text",
  "hint",
]);
/** `name` is a word for people on our own components, and a word for programs on form fields. */
const PROGRAM_NAMES = new Set([
  "input",
  "TextField",
  "TextArea",
  "RuledField",
  "PasswordField",
  "NewPasswordField",
  "CodeField",
  "Icon",
  "meta",
]);

const breaches = sources(SRC).flatMap((file) => {
  const text = readFileSync(file, "utf8");
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const literals = file.endsWith(".tsx") && !file.endsWith(".test.tsx") ? literalText(tree) : [];
  return [...tooLong(text), ...brokenFloors(file, tree), ...reactInPlayer(file, tree), ...literals].map(
    (breach) => `${relative(SRC, file)}: ${breach}`,
  );
});
breaches.push(...unusedText());
for (const breach of breaches) process.stderr.write(`${breach}\n`);
process.stdout.write(`house rules: ${breaches.length} breaches\n`);
process.exitCode = breaches.length > 0 ? 1 : 0;

/** Sentences nobody says: a key counts as used when the code holds it, or holds it up to its last part before a `${`. */
function unusedText() {
  const catalogues = ["en", "studio", "account", "admin"].map((name) => join(SRC, `ui/text/${name}.ts`)).filter(existsSync);
  const keys = catalogues.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/^ {2}"([^"]+)":/gm)].map(([, key]) => key));
  const code = sources(SRC)
    .filter((file) => !catalogues.includes(file))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const said = (key) =>
    [key, key.replace(/_(one|other)$/, ""), `${key.slice(0, key.lastIndexOf("."))}.\${`].some((form) => code.includes(form));
  return keys.filter((key) => !said(key)).map((key) => `ui/text: nobody says ${key}`);
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "generated" ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function tooLong(text) {
  const lines = text.split("\n").length;
  return lines > LONGEST_FILE ? [`${lines} lines; find the second subject and give it a file`] : [];
}

function brokenFloors(file, tree) {
  const [floor, domain] = relative(SRC, file).split("/");
  const allowed = FLOORS[floor];
  if (!allowed || /\.test\.tsx?$/.test(file)) return [];
  return imports(tree).flatMap((specifier) => {
    const target = placeOf(specifier, file);
    if (!target) return [];
    const [otherFloor, otherDomain] = target;
    if (floor === "features" && otherFloor === "features") {
      return domain === otherDomain ? [] : [`feature ${domain} visits feature ${otherDomain}`];
    }
    return otherFloor === floor || allowed.includes(otherFloor) ? [] : [`${floor} leans on ${otherFloor}`];
  });
}

function reactInPlayer(file, tree) {
  const [floor, name] = relative(SRC, file).split("/");
  if (floor !== "player" || name === "react.ts") return [];
  return imports(tree)
    .filter((specifier) => /^react(-dom)?($|\/)/.test(specifier))
    .map(() => "the player knows no React; react.ts is its adapter");
}

/** Floor and domain of what `specifier` names; undefined for packages. */
function placeOf(specifier, file) {
  if (specifier.startsWith("@/")) return specifier.slice(2).split("/");
  if (specifier.startsWith(".")) return relative(SRC, resolve(dirname(file), specifier)).split("/");
  return undefined;
}

function imports(tree) {
  const found = [];
  walk(tree, (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) found.push(node.moduleSpecifier.text);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && ts.isStringLiteral(node.arguments[0])) {
      found.push(node.arguments[0].text);
    }
  });
  return found;
}

function literalText(tree) {
  const found = [];
  const report = (node, words) => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${line + 1}: the text ${JSON.stringify(words)} belongs into the catalogue`);
  };
  walk(tree, (node) => {
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) report(node, node.text.trim());
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && node.expression && isWords(node.expression))
      report(node, node.expression.text);
    if (ts.isJsxAttribute(node) && isSpoken(node)) report(node, node.initializer.text);
  });
  return found;
}

function isSpoken(attribute) {
  const { name, initializer, parent } = attribute;
  const word = name.getText();
  if (!SPOKEN.has(word) || !initializer || !ts.isStringLiteral(initializer) || !/\p{L}/u.test(initializer.text)) return false;
  return !(word === "name" && PROGRAM_NAMES.has(parent.parent.tagName.getText()));
}

function isWords(expression) {
  return ts.isStringLiteralLike(expression) && /\p{L}/u.test(expression.text);
}

function walk(node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}
