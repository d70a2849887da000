import * as fc from 'fast-check'
import t from 'tap'
import { partCharactersMax, withoutBoilerplate } from '../../src/enrich/boilerplate.ts'

const cases: readonly (readonly [situation: string, part: string, left: string])[] = [
  ['plain words stay', 'Hello there', 'Hello there'],
  ['a reminder goes', '<system-reminder>\nUse tools.\n</system-reminder>', ''],
  [
    'words around a reminder stay',
    'before <system-reminder>x</system-reminder> after',
    'before \n after',
  ],
  [
    'two reminders and the question behind them',
    '<system-reminder>a</system-reminder>\n<system-reminder>b</system-reminder>\n你好',
    '你好',
  ],
  ['a context block of any name goes', '<open_tabs>a.ts</open_tabs>', ''],
  ['a whole part in one tag pair goes', '<notes>anything</notes>', ''],
  ['a context block before a question goes', '<open_tabs>a.ts</open_tabs>\nFix it', 'Fix it'],
  ['markup that a person typed stays', '<b>Hello</b> there', '<b>Hello</b> there'],
  [
    'an unclosed tag is a mention',
    'What is <system-reminder> for?',
    'What is <system-reminder> for?',
  ],
  ['a longer name is another tag', 'Show <skills>x</skills> now', 'Show <skills>x</skills> now'],
  ['the query of an editor is the person', '<user_query>\nWhy?\n</user_query>', 'Why?'],
  [
    'context and query of an editor',
    '<additional_data>x</additional_data>\n<user_query>Why?</user_query>',
    'Why?',
  ],
  [
    'the arguments of a command are the person',
    '<command-message>m</command-message>\n<command-name>/fix</command-name>\n<command-args>the test</command-args>',
    'the test',
  ],
  ['attributes do not hide a tag', '<file_contents path="a b">x</file_contents>', ''],
  [
    'project instructions go',
    '# AGENTS.md instructions for /repo\n\n<INSTRUCTIONS>\nBe brief.\n</INSTRUCTIONS>',
    '',
  ],
  ['a block whose start was cut off goes', 'cut</system-reminder>\nWhy?', 'Why?'],
]

for (const [situation, part, left] of cases) {
  void t.test(situation, (t) => {
    t.equal(withoutBoilerplate(part), left)
    t.end()
  })
}

void t.test('only the end of an endless part is looked at', (t) => {
  const part = `${'a'.repeat(partCharactersMax * 2)} end`
  t.equal(withoutBoilerplate(part).length, partCharactersMax)
  t.ok(withoutBoilerplate(part).endsWith(' end'))
  t.end()
})

void t.test('any mixture of tags is read without a fault and never grows', (t) => {
  const piece = fc.constantFrom(
    '<system-reminder>',
    '</system-reminder>',
    '<skill>',
    '</skill>',
    '<a>',
    '</a>',
    '<user_query>',
    '</user_query>',
    'İ',
    'word',
    '\n',
    '<',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const part = pieces.join('')
      return withoutBoilerplate(part).length <= part.length + pieces.length
    }),
    { seed: 7, numRuns: 500 },
  )
  t.pass('500 mixtures')
  t.end()
})

void t.test('a part full of opening tags costs milliseconds, not seconds', (t) => {
  const started = performance.now()
  withoutBoilerplate('<skill>'.repeat(20_000))
  withoutBoilerplate('<a_b>'.repeat(20_000))
  withoutBoilerplate(`${'<skill></skill>'.repeat(4_000)}x`)
  t.ok(performance.now() - started < 1_000)
  t.end()
})
