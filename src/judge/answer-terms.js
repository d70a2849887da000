/**
 * The words of an answer as hashed terms: runs of up to three words (four characters in scripts
 * without spaces), beginnings and ends of longer words. Once for each sentence, and once for the
 * answer by the zone they stand in. Words that repeat the prompt's topic are blanked: a topic is no
 * evidence of a refusal.
 */
import { hashPart, hashText, joinHashes } from './model/hashed-terms.js';
import { termListOf, termListOfRow } from './model/term-list.js';
import { isUnspaced } from './prompt-topic.js';
/** 2^18: 256 KB of weights at one byte each. */
export const answerTermBuckets = 262_144;
/** Words of a sentence looked at. */
const sentenceWordsMax = 80;
const blank = 0x5bd1e995;
const beforeFirst = 0x77;
const beforeThat = 0x78;
const afterLast = 0x79;
/** Kinds of terms have numbers of their own, so that a word is not its own beginning. */
const kinds = {
    one: 11,
    two: 12,
    three: 13,
    four: 14,
    head: 15,
    longHead: 16,
    tail: 17,
    longTail: 18,
};
const repeats = (tokens, at, topic) => {
    const token = tokens[at] ?? '';
    if (!isUnspaced(token))
        return topic.has(token);
    return topic.has(token + (tokens[at + 1] ?? '')) || topic.has((tokens[at - 1] ?? '') + token);
};
/** Signed 32 bits: numbers above 2^31 are slow in sets and rows. */
const small = (hash) => hash | 0;
const addAffixes = (hashes, token) => {
    const { length } = token;
    if (length <= 4)
        return;
    hashes.push(small(hashPart(token, 0, 4, kinds.head)));
    hashes.push(small(hashPart(token, length - 3, length, kinds.tail)));
    if (length <= 6)
        return;
    hashes.push(small(hashPart(token, 0, 6, kinds.longHead)));
    hashes.push(small(hashPart(token, length - 5, length, kinds.longTail)));
};
const hashesOf = (all, topic) => {
    const tokens = all.length > sentenceWordsMax ? all.slice(0, sentenceWordsMax) : all;
    const hashes = [];
    let three = 0;
    let two = beforeThat;
    let one = beforeFirst;
    for (let at = 0; at < tokens.length; at++) {
        const token = tokens[at] ?? '';
        const known = repeats(tokens, at, topic);
        const hash = known ? blank : hashText(token);
        const run = joinHashes(joinHashes(joinHashes(kinds.three, two), one), hash);
        hashes.push(small(joinHashes(kinds.one, hash)));
        hashes.push(small(joinHashes(joinHashes(kinds.two, one), hash)));
        hashes.push(small(run));
        if (isUnspaced(token))
            hashes.push(small(joinHashes(joinHashes(kinds.four, three), run)));
        else if (!known)
            addAffixes(hashes, token);
        three = two;
        two = one;
        one = hash;
    }
    hashes.push(small(joinHashes(joinHashes(kinds.two, one), afterLast)));
    return hashes;
};
/** Zones have terms of their own: the same word means another thing in an opening. */
const zoneSeeds = { opening: 1, later: 2, last: 3, remarkOpening: 21, remarkLater: 22 };
/** `toRemark`: the prompt asks for nothing, so the same words get weights of their own as well. */
export const answerTermsOf = (sentences, topic, toRemark) => {
    const zones = new Map();
    const addTo = (zone, hashes) => {
        const inZone = zones.get(zone) ?? new Set();
        zones.set(zone, inZone);
        for (const hash of hashes)
            inZone.add(small(joinHashes(zone, hash)));
    };
    const lists = sentences.map(({ tokens, opening }, index) => {
        const hashes = hashesOf(tokens, topic);
        addTo(opening ? zoneSeeds.opening : zoneSeeds.later, hashes);
        if (toRemark)
            addTo(opening ? zoneSeeds.remarkOpening : zoneSeeds.remarkLater, hashes);
        if (index === sentences.length - 1)
            addTo(zoneSeeds.last, hashes);
        return termListOfRow(hashes, answerTermBuckets);
    });
    return { sentences: lists, answer: termListOf([...zones.values()], answerTermBuckets) };
};
