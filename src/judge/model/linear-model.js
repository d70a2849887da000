import { termBuckets } from './hashed-terms.js';
import { finiteIn, mapOf, textIn } from './model-fields.js';
const parseSources = (value) => {
    if (!Array.isArray(value))
        return [];
    return value.flatMap((item) => {
        const fields = mapOf(item);
        const sha256 = textIn(fields, 'sha256');
        const rows = finiteIn(fields, 'rows');
        return sha256 === undefined || rows === undefined ? [] : [{ sha256, rows }];
    });
};
const parseFile = (value) => {
    const fields = mapOf(value);
    const kind = textIn(fields, 'kind');
    const version = textIn(fields, 'version');
    const reading = textIn(fields, 'reading');
    const bias = finiteIn(fields, 'bias');
    const terms = mapOf(fields.get('terms'));
    const scale = finiteIn(terms, 'scale');
    const bytes = textIn(terms, 'bytes');
    const examples = mapOf(fields.get('examples'));
    const features = [];
    const named = mapOf(fields.get('features'));
    for (const name of named.keys()) {
        const weight = finiteIn(named, name);
        if (weight === undefined)
            return undefined;
        features.push([name, weight]);
    }
    if (kind === undefined || version === undefined || reading === undefined)
        return undefined;
    if (bias === undefined || scale === undefined || bytes === undefined)
        return undefined;
    return {
        kind,
        version,
        reading,
        sources: parseSources(fields.get('sources')),
        examples: {
            positive: finiteIn(examples, 'positive') ?? 0,
            negative: finiteIn(examples, 'negative') ?? 0,
        },
        bias,
        features: Object.fromEntries(features),
        terms: { scale, bytes },
    };
};
/** Reads a parsed JSON value as a model of the expected kind. */
export const parseModel = (value, expected) => {
    const file = parseFile(value);
    if (file === undefined)
        return { ok: false, why: 'not a file of model weights' };
    if (file.kind !== expected.kind) {
        return { ok: false, why: `weights of a ${file.kind}, not of a ${expected.kind}` };
    }
    const bytes = Buffer.from(file.terms.bytes, 'base64');
    if (bytes.length !== termBuckets)
        return { ok: false, why: 'table of terms has a wrong size' };
    const table = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    const known = new Map(Object.entries(file.features));
    const dense = Float64Array.from(expected.names, (name) => known.get(name) ?? 0);
    const { scale } = file.terms;
    const { bias, version } = file;
    const score = (vector) => {
        let sum = bias;
        for (let i = 0; i < dense.length; i++)
            sum += (dense[i] ?? 0) * (vector.dense[i] ?? 0);
        let fromTerms = 0;
        for (const [bucket, value] of vector.terms)
            fromTerms += value * (table[bucket] ?? 0);
        return sum + scale * fromTerms;
    };
    const stale = file.reading !== expected.reading;
    // Another reading is another instrument, so the version tells.
    const named = stale ? `${version}-${expected.reading}` : version;
    return { ok: true, model: { version: named, score }, file, stale };
};
