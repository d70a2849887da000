/**
 * Cuts normalised text into words. Scripts written without spaces (Han, kana, Thai) give one token
 * for each character, so that a phrase and a gap mean the same in every language.
 */
const separator = 0;
const word = 1;
const solo = 2;
const isSolo = (code) => (code >= 0x0e00 && code <= 0x0e7f) ||
    (code >= 0x3005 && code <= 0x3007) ||
    (code >= 0x3040 && code <= 0x30ff) ||
    (code >= 0x31f0 && code <= 0x31ff) ||
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xf900 && code <= 0xfaff);
/** One class for each UTF-16 unit; surrogates (emoji, rare Han) separate. */
const classes = (() => {
    const table = new Uint8Array(0x10000);
    const letter = /[\p{L}\p{M}\p{N}']/u;
    for (let code = 0; code < 0xd800; code++) {
        if (isSolo(code))
            table[code] = solo;
        else if (letter.test(String.fromCharCode(code)))
            table[code] = word;
    }
    for (let code = 0xf900; code < 0x10000; code++) {
        if (isSolo(code))
            table[code] = solo;
        else if (letter.test(String.fromCharCode(code)))
            table[code] = word;
    }
    return table;
})();
const apostrophe = 0x27;
/** Words of text[from, to); apostrophes inside a word stay, those around it go. */
export const tokenise = (text, from = 0, to = text.length) => {
    const tokens = [];
    let at = from;
    while (at < to) {
        const kind = classes[text.charCodeAt(at)];
        if (kind === separator) {
            at++;
            continue;
        }
        if (kind === solo) {
            tokens.push(text.charAt(at));
            at++;
            continue;
        }
        let end = at + 1;
        while (end < to && classes[text.charCodeAt(end)] === word)
            end++;
        let first = at;
        let last = end;
        while (first < last && text.charCodeAt(first) === apostrophe)
            first++;
        while (last > first && text.charCodeAt(last - 1) === apostrophe)
            last--;
        if (last > first)
            tokens.push(text.slice(first, last));
        at = end;
    }
    return tokens;
};
export const isUnspacedCode = (code) => classes[code] === solo;
