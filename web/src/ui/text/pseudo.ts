const LETTERS = "aábcćdďeéfghíijklĺmnńoópqrŕsśtťuúvwxyýzź";

/** Languages nobody speaks: a third longer, or right to left, with every brace left as it is. */
export const turns = { "pseudo-long": lengthen, "pseudo-rtl": mirror };

function lengthen(sentence: string): string {
  const extra = Math.max(3, Math.ceil(sentence.length / 3));
  return `⟦${sentence} ${LETTERS.slice(0, extra)}⟧`;
}

/** Right-to-left embedding marks make the browser lay English out as if it were Arabic. */
function mirror(sentence: string): string {
  return `\u202e${sentence.replace(/\{\w+\}/g, (brace) => `\u202c${brace}\u202e`)}\u202c`;
}
