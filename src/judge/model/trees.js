/**
 * Boosted trees over named features, as they are stored and as they score. All nodes of all trees
 * stand in three rows of numbers: the feature a node asks (-1 for a leaf), the value from which it
 * goes right (of a leaf: what it adds), and how far to the right child (the left one follows).
 */
import { finiteIn, mapOf, numbersIn } from './model-fields.js';
export const scoreTrees = (trees, dense) => {
    const { roots, features, values, rights } = trees;
    let sum = trees.bias;
    for (let t = 0; t < roots.length; t++) {
        let at = roots[t] ?? 0;
        for (;;) {
            const feature = features[at] ?? -1;
            if (feature < 0)
                break;
            at += (dense[feature] ?? 0) < (values[at] ?? 0) ? 1 : (rights[at] ?? 1);
        }
        sum += values[at] ?? 0;
    }
    return sum;
};
/** Undefined when the rows do not fit together or a node leads nowhere. */
export const treesOf = (value, featureCount) => {
    const fields = mapOf(value);
    const bias = finiteIn(fields, 'bias');
    const roots = numbersIn(fields, 'roots');
    const features = numbersIn(fields, 'features');
    const values = numbersIn(fields, 'values');
    const rights = numbersIn(fields, 'rights');
    if (bias === undefined || roots === undefined || features === undefined)
        return undefined;
    if (values === undefined || rights === undefined)
        return undefined;
    const size = features.length;
    if (values.length !== size || rights.length !== size)
        return undefined;
    if (roots.some((root) => !(root >= 0 && root < size)))
        return undefined;
    for (let at = 0; at < size; at++) {
        const feature = features[at] ?? 0;
        const right = rights[at] ?? 0;
        if (feature >= featureCount)
            return undefined;
        // Children lie behind their parent, so that every walk ends.
        if (feature >= 0 && !(right > 1 && at + right < size))
            return undefined;
    }
    return {
        bias,
        roots: Int32Array.from(roots),
        features: Int16Array.from(features),
        values: Float64Array.from(values),
        rights: Int16Array.from(rights),
    };
};
