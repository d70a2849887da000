/**
 * Takes from quoted text what could act on the judge instead of being read by it: control and
 * invisible characters, bidirectional overrides, the special tokens of chat templates, and the shape
 * of our own marker lines. Letters, digits and punctuation of every script stay.
 *
 * The promise, held by tests over all of Unicode: the result and its NFKC form hold no `<`, no `>`,
 * no `[[`, no `]]`, no character of the classes removed, and neutralising twice changes nothing.
 */

/** Servers, terminals and tokenizers disagree on these; here each ends a line, so each line is prefixed. */
const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g
/**
 * Cc control, Cf format (zero width, bidi, tags), Cs lone surrogates, Co private use, and all that is
 * invisible by default (variation selectors, fillers): channels for text that no human reader saw.
 */
const removed = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu
const blankLines = /\n(?:[ \t]*\n){2,}/g

/** Also what NFKC folds to the sign, because a tokenizer may fold, and what a reader takes for it. */
const opening = /[<\uff1c\ufe64\u1438\u02c2\u276e\u27e8]/g
const closing = /[>\uff1e\ufe65\u1433\u02c3\u276f\u27e9]/g
const openingBracket = /[\uff3b\u27e6\u301a\ufe47]/g
const closingBracket = /[\uff3d\u27e7\u301b\ufe48]/g
/** [INST], [/INST], [gMASK], [TOOL_CALLS]: one word in brackets. */
const bracketToken = /\[(\/?[A-Za-z_]{2,24})\]/g
const doubleOpening = /\[(?=\[)|(?<=\[)\[/g
const doubleClosing = /\](?=\])|(?<=\])\]/g

export const neutralise = (text: string): string =>
  text
    .replace(lineBreaks, '\n')
    .replace(removed, '')
    .replace(blankLines, '\n\n')
    .replace(opening, '\u2039')
    .replace(closing, '\u203a')
    .replace(openingBracket, '[')
    .replace(closingBracket, ']')
    .replace(doubleOpening, '(')
    .replace(doubleClosing, ')')
    .replace(bracketToken, '($1)')
