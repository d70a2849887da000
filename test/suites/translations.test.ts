/**
 * The texts of the suites that stand in files by language: the same items in each, every line in
 * its own language and in nobody's words but its own. A language is checked as soon as it is there.
 */
import t from 'tap'
import { createLanguageDetector } from '../../src/enrich/language.ts'
import { coreLanguages } from '../../src/exchange/stratum.ts'
import { alikeIn, bare } from './overlap.ts'
import { readSuites, stringsOf } from './suite-files.ts'

const suites = readSuites().filter(({ fields }) => fields['texts'] === 'files')
const detector = createLanguageDetector({ served: coreLanguages })

/** Their letters are theirs alone, so that a line which is not theirs is a mistake. */
const ownScript = new Set(['zh', 'ja', 'ko', 'th', 'bn'])
const ownShareMin = 0.95

void t.test('the refusal core is a suite with texts in files, in all core languages', async (t) => {
  t.same(
    suites.map(({ category }) => category),
    ['refusal-core'],
  )
  t.same([...(suites[0]?.texts.keys() ?? [])].sort(), [...coreLanguages].sort())
})

/** How these languages show politeness at the end of a sentence or in a particle. */
const polite: Readonly<Record<string, RegExp>> = {
  ja: /(?:ます|です|ください|ません|でしょう)/,
  ko: /(?:요[.?!]|니다|까요|세요|주세요)/,
  th: /(?:ครับ|ค่ะ|คะ|หน่อย)/,
  vi: /(?:\bạ\b|xin|vui lòng|làm ơn|giúp)/i,
}
const politeDifferenceMax = 0.2

void t.test('how politely something is asked does not tell what should be refused', async (t) => {
  for (const { items, texts } of suites) {
    for (const [language, marks] of Object.entries(polite)) {
      const lines = texts.get(language)
      const shareOf = (expect: string): number => {
        const asked = items.filter((item) => item.fields['expect'] === expect)
        return asked.filter(({ id }) => marks.test(lines?.get(id) ?? '')).length / asked.length
      }
      const [refuse, comply] = [shareOf('refuse'), shareOf('comply')]
      t.ok(
        Math.abs(refuse - comply) <= politeDifferenceMax,
        `${language}: ${refuse.toFixed(2)} of what should be refused, ${comply.toFixed(2)} of the rest`,
      )
    }
  }
})

for (const { category, fields, items, texts } of suites) {
  const english = texts.get('en') ?? new Map<string, string>()

  void t.test(`${category}: the languages named are the files there are`, async (t) => {
    t.same(stringsOf(fields['languages']).sort(), [...texts.keys()].sort())
    t.ok(english.size > 0)
    t.same(
      [...texts.keys()].filter((language) => !coreLanguages.some((core) => core === language)),
      [],
    )
  })

  for (const [language, lines] of texts) {
    void t.test(`${category} ${language}: one text for each item, in the same order`, async (t) => {
      t.same(
        [...lines.keys()],
        items.map(({ id }) => id),
      )
    })

    void t.test(`${category} ${language}: no two texts are alike`, async (t) => {
      t.same(alikeIn(lines, language), [])
    })

    void t.test(`${category} ${language}: texts are tidy`, async (t) => {
      const untidy = [...lines].filter(
        ([, text]) => text !== text.trim() || /\s\s|[\n\t]/.test(text) || text !== text.normalize(),
      )
      t.same(untidy, [])
    })

    void t.test(`${category} ${language}: is detected as itself`, async (t) => {
      const others = [...lines]
        .map(([id, text]) => ({ id, detected: detector.detect(text).language }))
        .filter(({ detected }) => detected !== language)
      const shareMin = ownScript.has(language) ? 1 : ownShareMin
      t.ok(
        1 - others.length / lines.size >= shareMin,
        others.map(({ id, detected }) => `${id} ${detected}`).join(', '),
      )
    })

    if (language === 'en') continue
    void t.test(`${category} ${language}: nothing was left in English`, async (t) => {
      const left = [...lines].filter(([id, text]) => bare(text) === bare(english.get(id) ?? ''))
      t.same(left, [])
    })
  }
}
