/**
 * Numbers the words of all phrases, so that an answer's words are looked up once and compared as
 * numbers afterwards. A word may be given whole, by its beginning or by its end.
 */
const keyLength = 2;
const noneWild = [];
/** Beginnings (or ends) by their first (or last) two characters. */
class Affixes {
    #isPrefix;
    #known = new Map();
    /** 1 where some affix has this character at the outer end: most words are told by it. */
    #outer = new Uint8Array(0x10000);
    constructor(isPrefix) {
        this.#isPrefix = isPrefix;
    }
    #key(text, length) {
        return this.#isPrefix ? text.slice(0, length) : text.slice(-length);
    }
    #outerCode(text) {
        return text.charCodeAt(this.#isPrefix ? 0 : text.length - 1);
    }
    add(text, id) {
        this.#outer[this.#outerCode(text)] = 1;
        const key = this.#key(text, keyLength);
        const known = this.#known.get(key);
        if (known === undefined)
            this.#known.set(key, [[text, id]]);
        else
            known.push([text, id]);
    }
    find(token, found) {
        if (this.#outer[this.#outerCode(token)] !== 1)
            return found;
        let ids = this.#collect(this.#key(token, keyLength), token, found);
        if (token.length >= keyLength)
            ids = this.#collect(this.#key(token, 1), token, ids);
        return ids;
    }
    #collect(key, token, found) {
        const known = this.#known.get(key);
        if (known === undefined)
            return found;
        let ids = found;
        for (const [text, id] of known) {
            const fits = this.#isPrefix ? token.startsWith(text) : token.endsWith(text);
            if (!fits)
                continue;
            if (ids === undefined)
                ids = [id];
            else
                ids.push(id);
        }
        return ids;
    }
}
export class Vocabulary {
    #exact = new Map();
    /** Words of one character, by its code: all of Chinese, Japanese and Thai. */
    #single = new Int32Array(0x10000);
    /** By what is numbered, written so that the three kinds cannot meet. */
    #wild = new Map();
    #prefixes = new Affixes(true);
    #suffixes = new Affixes(false);
    #size = 1;
    /** Numbers in use lie below this. */
    get size() {
        return this.#size;
    }
    add(text, match) {
        const ids = match === 'exact' ? this.#exact : this.#wild;
        const key = match === 'exact' ? text : `${match} ${text}`;
        const known = ids.get(key);
        if (known !== undefined)
            return known;
        const id = this.#size++;
        ids.set(key, id);
        if (match === 'exact' && text.length === 1)
            this.#single[text.charCodeAt(0)] = id;
        if (match === 'prefix')
            this.#prefixes.add(text, id);
        if (match === 'suffix')
            this.#suffixes.add(text, id);
        return id;
    }
    number(tokens) {
        const exact = new Int32Array(tokens.length);
        let wild = noneWild;
        for (let i = 0; i < tokens.length; i++) {
            const token = tokens[i] ?? '';
            const single = token.length === 1;
            exact[i] = (single ? this.#single[token.charCodeAt(0)] : this.#exact.get(token)) ?? 0;
            const found = this.#suffixes.find(token, this.#prefixes.find(token, undefined));
            if (found === undefined)
                continue;
            if (wild === noneWild)
                wild = [];
            wild[i] = found;
        }
        return { exact, wild };
    }
}
