/**
 * Finds phrases in a row of words. Own and small instead of regular expressions: phrases of all
 * languages are looked up at once by their first word, and what may follow is told by one bit. The
 * work has a budget: when it is spent, the rest is not searched, and no answer can make it slow.
 */
import { normalise } from './normalise.js';
import { Vocabulary } from './phrase-vocabulary.js';
import { cues } from './phrases/phrase-set.js';
import { tokenise } from './tokens.js';
const gapMax = 24;
const gapsMax = 3;
const parseWords = (text, vocabulary) => {
    const ids = [];
    for (const piece of normalise(text.replaceAll('*', '\ue000')).split(/\s+/)) {
        const prefix = piece.endsWith('\ue000');
        const suffix = piece.startsWith('\ue000');
        const parts = tokenise(piece);
        parts.forEach((part, i) => {
            let match = 'exact';
            if (suffix && i === 0)
                match = 'suffix';
            if (prefix && i === parts.length - 1)
                match = 'prefix';
            ids.push(vocabulary.add(part, match));
        });
    }
    return ids;
};
const groupByFirst = (choices) => {
    const byFirst = new Map();
    for (const choice of choices) {
        const [first] = choice;
        if (first === undefined)
            continue;
        const known = byFirst.get(first);
        if (known === undefined)
            byFirst.set(first, [choice]);
        else
            known.push(choice);
    }
    return byFirst;
};
const bitsOf = (ids) => {
    const list = [...ids];
    const bits = new Uint32Array((Math.max(0, ...list) >>> 5) + 1);
    for (const id of list)
        bits[id >>> 5] = (bits[id >>> 5] ?? 0) | (1 << (id & 31));
    return bits;
};
const parsePhrase = (source, cue, language, vocabulary) => {
    const fail = (why) => {
        throw new Error(`phrase "${source}" (${language}): ${why}`);
    };
    const atStart = source.startsWith('^');
    const elements = [];
    let gap = 0;
    for (const [piece] of source.slice(atStart ? 1 : 0).matchAll(/\([^()]*\)|<\d+>|[^()<>]+/g)) {
        if (piece.startsWith('<')) {
            gap = Number(piece.slice(1, -1));
            if (gap > gapMax || elements.length === 0)
                fail('gap too wide or at the start');
            continue;
        }
        const texts = piece.startsWith('(') ? piece.slice(1, -1).split('|') : [piece];
        const choices = texts.map((text) => parseWords(text, vocabulary));
        if (!piece.startsWith('(') && choices[0]?.length === 0)
            continue;
        const optional = choices.some((c) => c.length === 0);
        if (elements.length === 0 && optional)
            fail('begins with an option');
        const byFirst = groupByFirst(choices);
        elements.push({ gap, choices, byFirst, firsts: bitsOf(byFirst.keys()), optional });
        gap = 0;
    }
    if (elements.length === 0 || gap > 0)
        fail('empty, or ends with a gap');
    if (elements.filter((e) => e.gap > 0).length > gapsMax)
        fail('too many gaps');
    return { cue, language, atStart, elements };
};
/** One search of one sentence. */
class Search {
    exact;
    wild;
    #work;
    constructor(numbered, work) {
        this.exact = numbered.exact;
        this.wild = numbered.wild;
        this.#work = work;
    }
    /** Whether a choice stands here; its first word is known to. */
    choice(choice, at) {
        this.#work.left--;
        for (let i = 1; i < choice.length; i++) {
            const id = choice[i] ?? 0;
            if (this.exact[at + i] !== id && this.wild[at + i]?.includes(id) !== true)
                return false;
        }
        return true;
    }
    /** The index behind the rest of a phrase; -1 when it does not stand here. */
    rest(elements, index, at) {
        const element = elements[index];
        if (element === undefined)
            return at;
        const last = Math.min(at + element.gap, this.exact.length - 1);
        this.#work.left -= 1 + last - at;
        if (this.#work.left < 0)
            return -1;
        for (let here = at; here <= last; here++) {
            const id = this.exact[here] ?? 0;
            const bit = (element.firsts[id >>> 5] ?? 0) & (1 << (id & 31));
            let end = bit === 0 ? -1 : this.#follows(element, elements, index, here, id);
            for (const other of this.wild[here] ?? []) {
                if (end < 0)
                    end = this.#follows(element, elements, index, here, other);
            }
            if (end < 0 && element.optional)
                end = this.rest(elements, index + 1, here);
            if (end >= 0)
                return end;
        }
        // An option at the very end of a sentence may be left out.
        return element.optional ? this.rest(elements, index + 1, this.exact.length) : -1;
    }
    #follows(element, elements, index, at, first) {
        for (const choice of element.byFirst.get(first) ?? []) {
            if (!this.choice(choice, at))
                continue;
            const end = this.rest(elements, index + 1, at + choice.length);
            if (end >= 0)
                return end;
        }
        return -1;
    }
}
export class PhraseMatcher {
    #vocabulary = new Vocabulary();
    /** By the number of the first word. */
    #beginnings;
    phraseCount;
    constructor(sets) {
        const beginnings = [];
        let count = 0;
        for (const set of sets) {
            cues.forEach((cue, cueIndex) => {
                for (const source of set[cue]) {
                    count++;
                    const phrase = parsePhrase(source, cueIndex, set.language, this.#vocabulary);
                    for (const choice of phrase.elements[0]?.choices ?? []) {
                        const [first, second = 0] = choice;
                        if (first === undefined)
                            continue;
                        const bySecond = beginnings[first] ?? new Map();
                        beginnings[first] = bySecond;
                        const known = bySecond.get(second);
                        if (known === undefined)
                            bySecond.set(second, [{ phrase, choice }]);
                        else
                            known.push({ phrase, choice });
                    }
                }
            });
        }
        this.#beginnings = Array.from({ length: this.#vocabulary.size }, (_, id) => beginnings[id]);
        this.phraseCount = count;
    }
    /** The first place of each cue in a sentence, as far as the work allowed reaches. */
    find(tokens, work = { left: Number.POSITIVE_INFINITY }) {
        const hits = [];
        let seen = 0;
        const search = new Search(this.#vocabulary.number(tokens), work);
        const tryAll = (entries, at) => {
            for (const { phrase, choice } of entries ?? []) {
                if ((seen & (1 << phrase.cue)) !== 0 || (phrase.atStart && at > 0))
                    continue;
                if (!search.choice(choice, at))
                    continue;
                const end = search.rest(phrase.elements, 1, at + choice.length);
                if (end < 0)
                    continue;
                seen |= 1 << phrase.cue;
                const cue = cues[phrase.cue];
                if (cue !== undefined)
                    hits.push({ cue, language: phrase.language, at, end });
            }
        };
        const begin = (id, at) => {
            const beginnings = this.#beginnings[id];
            if (beginnings === undefined)
                return;
            tryAll(beginnings.get(0), at);
            const next = search.exact[at + 1] ?? 0;
            if (next !== 0)
                tryAll(beginnings.get(next), at);
            for (const other of search.wild[at + 1] ?? [])
                tryAll(beginnings.get(other), at);
        };
        for (let at = 0; at < tokens.length && work.left > 0; at++) {
            work.left--;
            const id = search.exact[at] ?? 0;
            if (id !== 0)
                begin(id, at);
            for (const other of search.wild[at] ?? [])
                begin(other, at);
        }
        return hits;
    }
}
