/**
 * No probe may stand in what the judge was fitted on or looks for, nor in what the simulated model
 * and its users say: a probe that was learnt from measures nothing.
 */
import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { coreLanguages } from '../../src/exchange/stratum.ts'
import { cues } from '../../src/judge/phrases/phrase-set.ts'
import { phraseSets } from '../../src/judge/phrases/phrase-sets.ts'
import { answersIn, simulatorTexts } from '../../src/simulator/texts/texts.ts'
import { bare } from './overlap.ts'
import { isFields, readSuites, stringOf, turnsOf } from './suite-files.ts'

const rowsFolder = 'src/learn/rows/'

/** Texts with a space around each word, so that a part of a word is no find. */
const padded = (text: string): string => ` ${bare(text)} `

const learnt = ['answers', 'requests'].flatMap((folder) =>
  readdirSync(`${rowsFolder}${folder}`).flatMap((file) =>
    readFileSync(`${rowsFolder}${folder}/${file}`, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => {
        const row: unknown = JSON.parse(line)
        if (!isFields(row)) throw new TypeError(`${file}: no row`)
        return ['prompt', 'response'].flatMap((key) =>
          row[key] === undefined ? [] : [stringOf(row[key])],
        )
      }),
  ),
)

const simulated = coreLanguages.flatMap((language) => {
  const { shouldRefuse, benign, followUps } = simulatorTexts[language]
  return [...shouldRefuse, ...benign, ...followUps, ...answersIn(language)]
})

const phrases = phraseSets.flatMap((set) => cues.flatMap((cue) => set[cue]))

const keys = ['direct', 'question', 'text', 'fact', 'request'] as const
const probes = readSuites()
  .flatMap((suite) => [
    ...suite.items.flatMap((item) => [
      ...keys.flatMap((key) =>
        item.fields[key] === undefined ? [] : [stringOf(item.fields[key])],
      ),
      ...turnsOf(item, 'user'),
    ]),
    ...[...suite.texts.values()].flatMap((texts) => [...texts.values()]),
  ])
  // A framing has no words of its own until a request is put into it.
  .filter((text) => !text.includes('{request}'))

void t.test('no probe is found in what was learnt, simulated or looked for', async (t) => {
  const corpus = [...learnt, ...simulated, ...phrases].map(padded).join('\n')
  t.same(
    probes.filter((text) => corpus.includes(padded(text))),
    [],
  )
  t.ok(learnt.length > 1000 && simulated.length > 500 && phrases.length > 1000)
  t.ok(probes.length > 850, `${probes.length} texts were looked for`)
})

void t.test('the check finds a text that is there, whatever its marks', async (t) => {
  const [one = ''] = simulated
  t.ok([padded(`Well: ${one}`)].join('\n').includes(padded(one.toUpperCase())))
})
