/** Hashed terms of one text as two rows of numbers: which buckets, and the value of each. */
export class TermList {
    buckets;
    values;
    /** A bucket may stand in it more than once: its values add up. */
    constructor(buckets, values) {
        this.buckets = buckets;
        this.values = values;
    }
    /** As a map's: the value first, then what it belongs to. */
    forEach(take) {
        for (let i = 0; i < this.buckets.length; i++)
            take(this.values[i] ?? 0, this.buckets[i] ?? 0);
    }
}
/**
 * Sets of hashes as terms in so many buckets, each set of length 1, so that a long text has no more to
 * say than a short one.
 */
export const termListOf = (sets, bucketCount) => {
    const size = sets.reduce((sum, hashes) => sum + hashes.size, 0);
    const buckets = new Int32Array(size);
    const values = new Float64Array(size);
    let at = 0;
    for (const set of sets) {
        const value = 1 / Math.sqrt(Math.max(1, set.size));
        for (const hash of set) {
            buckets[at] = (hash >>> 0) % bucketCount;
            values[at++] = value;
        }
    }
    return new TermList(buckets, values);
};
/** One row of hashes of length 1; what repeats counts so often. */
export const termListOfRow = (hashes, bucketCount) => {
    const buckets = new Int32Array(hashes.length);
    for (let i = 0; i < hashes.length; i++)
        buckets[i] = ((hashes[i] ?? 0) >>> 0) % bucketCount;
    const value = 1 / Math.sqrt(Math.max(1, hashes.length));
    return new TermList(buckets, new Float64Array(hashes.length).fill(value));
};
