/**
 * The trained model of the learned judge: one linear layer over the answer, one over each sentence,
 * and boosted trees over the named features and what the layers say. A file of another kind or shape
 * is refused with the reason in words; one whose features are read differently today (a phrase was
 * added) still scores, but says that it is stale.
 */
import { answerTermBuckets } from './answer-terms.js';
import { answerFeatureNames, moreFeatureNames } from './learned-reading.js';
import { layerOf, scoreLayer } from './model/linear-layer.js';
import { mapOf, textIn } from './model/model-fields.js';
import { scoreTrees, treesOf } from './model/trees.js';
import { sentenceFeatureNames, sentenceScoreNames, sentenceScores } from './sentence-figures.js';
/** What the trees see beside the named features. */
export const layerScoreNames = [
    ...sentenceScoreNames,
    'answer_score',
    'to_remark_sentences_mean',
    'to_remark_sentences_highest',
    'to_remark_sentences_first',
    'to_remark_answer_score',
];
export const treeFeatureNames = [
    ...answerFeatureNames,
    ...moreFeatureNames,
    ...layerScoreNames,
];
/** The features of the trees, in the order of their names. */
export const treeFeatures = (layers, vector) => {
    const { answer, sentences, more, toRemark } = vector;
    const scores = sentences.map(({ dense, terms }) => scoreLayer(layers.sentence, dense, terms));
    const figures = sentenceScores(scores, sentences.map(({ words }) => words));
    const whole = scoreLayer(layers.answer, answer.dense, answer.terms);
    const remark = toRemark ? 1 : 0;
    const features = new Float64Array(treeFeatureNames.length);
    features.set(answer.dense);
    features.set(more, answer.dense.length);
    let at = answer.dense.length + more.length;
    for (const name of sentenceScoreNames)
        features[at++] = figures[name];
    features[at++] = whole;
    features[at++] = remark * figures.sentences_mean;
    features[at++] = remark * figures.sentences_highest;
    features[at++] = remark * figures.sentences_first;
    features[at] = remark * whole;
    return features;
};
export const scoreRefusal = (layers, trees, vector) => scoreTrees(trees, treeFeatures(layers, vector));
/** Layers as read from their files. */
export const layersOf = (answer, sentence) => {
    const whole = layerOf(answer, answerFeatureNames, answerTermBuckets);
    const each = layerOf(sentence, sentenceFeatureNames, answerTermBuckets);
    return whole === undefined || each === undefined ? undefined : { answer: whole, sentence: each };
};
/** Reads a parsed JSON value as a model of the expected kind. */
export const parseRefusalModel = (value, expected) => {
    const fields = mapOf(value);
    const kind = textIn(fields, 'kind');
    const version = textIn(fields, 'version');
    const reading = textIn(fields, 'reading');
    if (kind === undefined || version === undefined || reading === undefined) {
        return { ok: false, why: 'not a file of model weights' };
    }
    if (kind !== expected.kind) {
        return { ok: false, why: `weights of a ${kind}, not of a ${expected.kind}` };
    }
    const layers = layersOf(fields.get('answer'), fields.get('sentence'));
    if (layers === undefined)
        return { ok: false, why: 'a layer is missing or has a wrong size' };
    const trees = treesOf(fields.get('trees'), expected.names.length);
    if (trees === undefined)
        return { ok: false, why: 'the trees do not fit together' };
    const stale = reading !== expected.reading;
    // Another reading is another instrument, so the version tells.
    const named = stale ? `${version}-${expected.reading}` : version;
    const score = (vector) => scoreRefusal(layers, trees, vector);
    return { ok: true, model: { version: named, score }, stale };
};
