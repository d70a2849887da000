/**
 * Makes an answer comparable with phrases: one spelling of quotes, dashes and apostrophes, no
 * invisible characters, no case, no vowel marks in Arabic. Phrases pass through the same function,
 * so nothing needs to be written twice. Line breaks survive, because lists are read from them.
 *
 * The typographic apostrophe alone was worth 31 points of recall on one model's answers.
 */
/** Characters read of an answer: its head and its tail, where refusals stand. */
export const answerHeadMax = 12_288;
export const answerTailMax = 4_096;
const ascii = /^[\0-\x7f]*$/;
const apostrophes = /[\u2018\u2019\u201a\u201b\u02bc\u02b9\u02bb\u00b4\u2032\uff07\u05f3]/g;
const quotes = /[\u201c-\u201f\u00ab\u00bb\u300c-\u300f\u301d-\u301f\uff02\u2033\u05f4]/g;
const dashes = /[\u2010-\u2015\u2212\ufe58\uff0d]/g;
const lineBreaks = /\r\n?|[\u2028\u2029\u0085]/g;
/** Zero-width, direction marks, soft hyphen, variation selectors, tatweel, Arabic vowel marks, combining dot. */
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u0640]|[\ufe00-\ufe0f]|[\u0307]|[\u034f]|[\u064b-\u065f]|[\u0670]/g;
const folded = /[\u0131\u0219\u021b\u0622\u0623\u0625\u0671\u0649\u0629]/g;
const foldedTo = {
    // Turkish dotless i meets the lower case of I; Romanian comma letters meet the cedilla ones.
    '\u0131': 'i',
    '\u0219': '\u015f',
    '\u021b': '\u0163',
    // Arabic: alef forms, final ya, ta marbuta.
    '\u0622': '\u0627',
    '\u0623': '\u0627',
    '\u0625': '\u0627',
    '\u0671': '\u0627',
    '\u0649': '\u064a',
    '\u0629': '\u0647',
};
const emphasis = /\*\*|__|~~/g;
/** Folds a text of any length; the result may be longer than the input (compatibility forms). */
export const normalise = (text) => {
    if (ascii.test(text)) {
        return text.toLowerCase().replace(lineBreaks, '\n').replace(emphasis, '');
    }
    return text
        .replace(apostrophes, "'")
        .replace(quotes, '"')
        .replace(dashes, '-')
        .replace(lineBreaks, '\n')
        .normalize('NFKC')
        .toLowerCase()
        .replace(invisible, '')
        .replace(folded, (c) => foldedTo[c] ?? c)
        .replace(emphasis, '');
};
/** The head and the tail of a text, so that the work per answer has a bound. */
export const capAnswer = (text) => text.length <= answerHeadMax + answerTailMax
    ? text
    : `${text.slice(0, answerHeadMax)}\n${text.slice(-answerTailMax)}`;
