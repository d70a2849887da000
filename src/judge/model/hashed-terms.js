/**
 * Words and word runs as bucket numbers of a fixed table, so that a model has no word list and its
 * size is known. Which bucket a term falls into never changes: weights depend on it.
 */
/** 2^15: 32 KB of weights at one byte each. */
export const termBuckets = 32_768;
const fnvOffset = 0x811c9dc5;
const fnvPrime = 0x01000193;
/** FNV-1a over UTF-16 units with a final mix: FNV alone is weak in its low bits. */
export const hashText = (text, seed = 0) => hashPart(text, 0, text.length, seed);
/** The hash of text[from, to). */
export const hashPart = (text, from, to, seed = 0) => {
    let h = (fnvOffset ^ seed) >>> 0;
    for (let i = from; i < to; i++)
        h = Math.imul(h ^ text.charCodeAt(i), fnvPrime);
    return mix(h);
};
const mix = (value) => {
    let h = value;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
};
/** The hash of a run of hashed words, in order. */
export const joinHashes = (a, b) => mix(Math.imul(a, 0x9e3779b1) ^ (b + 0x7f4a7c15));
export const bucketOf = (hash) => hash % termBuckets;
