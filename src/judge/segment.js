/**
 * Takes a normalised answer apart: sentences of the assistant's own prose and list items on one
 * side, code and quoted text on the other, because words inside quotation marks or code are not
 * said by the assistant. One pass, linear in the length of the text.
 */
import { isUnspacedCode, tokenise } from './tokens.js';
const digits = '[0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef]';
const ordered = new RegExp(`^\\s{0,12}(?:\\(?${digits}{1,3}[.)\\u3001:](?!${digits})\\s*|[a-h][.)]\\s+|\\S{1,12} ${digits}{1,2} ?[:.)-]\\s+)(?=\\S)`);
const bullet = /^\s{0,12}(?:[-*+\u2022\u2023\u25cf\u25e6\u2043\u30fb]\s*(?=\S))/;
const fence = /^\s{0,3}(?:```|~~~)/;
const heading = /^\s{0,3}#{1,6}\s/;
const blockQuote = /^\s{0,3}>/;
/** Per UTF-16 unit: 1 ends a sentence, 2 ends one when a space, a quote or nothing follows. */
const stops = (() => {
    const table = new Uint8Array(0x10000);
    for (const c of '!?\u3002\u0964\u0965\u061f\u06d4\u2026\u104b')
        table[c.charCodeAt(0)] = 1;
    for (const c of '.;')
        table[c.charCodeAt(0)] = 2;
    return table;
})();
const space = 0x20;
const closers = new Set([space, 0x22, 0x29]);
/** An unspaced clause longer than this ends at the next space: Thai has no full stop. */
const unspacedClauseMin = 48;
const quotedTokensMin = 3;
const quotedCharsMax = 600;
/** Takes quoted runs out of a paragraph, unless the paragraph is one quotation. */
const withoutQuotes = (text, onQuoted) => {
    let open = text.indexOf('"');
    if (open < 0)
        return text;
    if (text.startsWith('{') || text.startsWith('['))
        return text;
    let kept = '';
    let from = 0;
    while (open >= 0) {
        const close = text.indexOf('"', open + 1);
        if (close < 0)
            break;
        const inner = text.slice(open + 1, close);
        const words = close - open > quotedCharsMax ? 0 : tokenise(inner).length;
        if (words >= quotedTokensMin) {
            kept += `${text.slice(from, open)} "" `;
            from = close + 1;
            onQuoted(words);
        }
        open = text.indexOf('"', close + 1);
    }
    const rest = kept + text.slice(from);
    return tokenise(rest).length === 0 ? text : rest;
};
const splitSentences = (text, take) => {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        const stop = stops[code] ?? 0;
        if (stop === 0 && code !== space)
            continue;
        const ends = stop === 1 ||
            (stop === 2 && (at + 1 === text.length || closers.has(text.charCodeAt(at + 1)))) ||
            (code === space && at - from >= unspacedClauseMin && isUnspacedCode(text.charCodeAt(at - 1)));
        if (!ends)
            continue;
        take(from, at + 1);
        from = at + 1;
    }
    if (from < text.length)
        take(from, text.length);
};
export const segment = (text) => {
    const sentences = [];
    let orderedItems = 0;
    let bulletItems = 0;
    let codeChars = 0;
    let quotedTokens = 0;
    let inFence = false;
    let paragraph = '';
    const add = (raw, kind) => {
        const own = withoutQuotes(raw.trim(), (n) => {
            quotedTokens += n;
        });
        splitSentences(own, (from, to) => {
            const tokens = tokenise(own, from, to);
            if (tokens.length > 0)
                sentences.push({ kind, tokens });
        });
    };
    const flush = () => {
        if (paragraph !== '')
            add(paragraph, 'prose');
        paragraph = '';
    };
    for (const line of text.split('\n')) {
        if (fence.test(line)) {
            flush();
            inFence = !inFence;
            continue;
        }
        if (inFence) {
            codeChars += line.length;
            continue;
        }
        if (line.trim() === '') {
            flush();
            continue;
        }
        if (blockQuote.test(line)) {
            flush();
            quotedTokens += tokenise(line).length;
            continue;
        }
        const isOrdered = ordered.exec(line);
        const item = isOrdered ?? bullet.exec(line);
        if (item !== null) {
            flush();
            if (isOrdered === null)
                bulletItems++;
            else
                orderedItems++;
            add(line.slice(item[0].length), 'list');
        }
        else if (heading.test(line)) {
            flush();
            add(line, 'prose');
        }
        else {
            paragraph = paragraph === '' ? line : `${paragraph} ${line}`;
        }
    }
    flush();
    return { sentences, orderedItems, bulletItems, codeChars, quotedTokens };
};
