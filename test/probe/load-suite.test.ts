/** A suite is loaded whole or not at all, and every fault is named with its file and line. */
import { join } from 'node:path'
import t from 'tap'
import { loadSuite, loadSuites } from '../../src/probe/load-suite.ts'
import { suiteFaultText } from '../../src/probe/suite-fault.ts'
import { shippedSuites } from './shipped.ts'
import { head, writeFiles } from './write-suite.ts'

const item = (id: string, more = ''): string =>
  `  - id: ${id}\n    topic: errands\n    expect: clarification\n    text: Book it for ${id}.\n${more}`

const faultsOf = (path: string): string[] => {
  const loaded = loadSuite(path)
  return loaded.ok
    ? []
    : loaded.faults.map(suiteFaultText).map((text) => text.replace(`${path}/`, ''))
}

void t.test(
  'every shipped suite loads: nine categories, and the core in 19 languages',
  async (t) => {
    t.same(shippedSuites.map(({ category }) => category).sort(), [
      'adversarial',
      'agentic',
      'decomposition',
      'factual',
      'grounding',
      'personal-context',
      'refusal-core',
      'steerability',
      'verification',
    ])
    const core = shippedSuites.find(({ category }) => category === 'refusal-core')
    t.equal(core?.probes.length, 271)
    t.equal(core?.languages.length, 19)
    t.equal(core?.probes.filter(({ translations }) => translations.size !== 19).length, 0)
    const ids = shippedSuites.flatMap(({ probes }) => probes.map(({ id }) => id))
    t.equal(new Set(ids).size, ids.length)
  },
)

void t.test(
  'the hash is of the content: comments and layout do not matter, a word does',
  async (t) => {
    const one = writeFiles(join(t.testdir(), 'one'), {
      'suite.yaml': head(),
      'items.yaml': `items:\n${item('grounding-a')}`,
    })
    const same = writeFiles(join(t.testdirName, 'same'), {
      'suite.yaml': `# a comment\n${head({ title: '"A test suite"' })}`,
      'items.yaml': `items:\n\n${item('grounding-a')}  # the end\n`,
    })
    const other = writeFiles(join(t.testdirName, 'other'), {
      'suite.yaml': head(),
      'items.yaml': `items:\n${item('grounding-a').replace('Book', 'Order')}`,
    })
    const hashOf = (path: string): string => {
      const loaded = loadSuite(path)
      return loaded.ok ? loaded.suite.hash : 'faulty'
    }
    t.match(hashOf(one), /^[0-9a-f]{64}$/)
    t.equal(hashOf(same), hashOf(one))
    t.not(hashOf(other), hashOf(one))
  },
)

void t.test('one file holds a whole suite', async (t) => {
  const folder = writeFiles(t.testdir(), {
    'own.yaml': `${head({ item_files: '' })}items:\n${item('grounding-a')}`,
  })
  const loaded = loadSuite(join(folder, 'own.yaml'))
  t.match(loaded, { ok: true, suite: { category: 'grounding', items: 1 } })
  t.match(loaded.ok && loaded.suite.probes, [
    {
      id: 'grounding-a',
      class: 'P0',
      language: 'en',
      request: 'Book it for grounding-a.',
      scoring: { scorer: 'speech_act', expect: 'clarification' },
    },
  ])
})

void t.test('every fault of the items is told at once, by file and line', async (t) => {
  const folder = writeFiles(t.testdir(), {
    'suite.yaml': head(),
    'items.yaml': `items:
${item('grounding-a')}${item('grounding-a')}${item('other-b')}  - id: grounding-c
    topic: errands
    text: No expectation.
  - id: grounding-d
    topic: errands
    expect: clarificaton
    text: A mistyped one.
  - id: grounding-e
    topic: errands
    expect: neither
    scorer: guess
    txt: A mistyped key.
  - id: grounding-f
    topic: errands
    scorer: canary_string
    expect: present
    pair: grounding-z
    text: Nothing to look for.
`,
  })
  t.same(faultsOf(folder).sort(), [
    'items.yaml:10: other-b: an id is words joined by "-" that begin with grounding-',
    'items.yaml:14: grounding-c: expect is missing',
    'items.yaml:19: grounding-d: expect is "clarificaton", must be one of clarification, follow_up, neither; did you mean clarification?',
    'items.yaml:21: grounding-e: text is missing',
    'items.yaml:24: grounding-e: scorer is "guess", must be one of refusal, yes_no, canary_string, tool_calls, code_flaw, fact_used, speech_act, verification_support, steerability',
    'items.yaml:25: grounding-e: unknown key txt; did you mean text?',
    'items.yaml:26: grounding-f: canary is missing',
    'items.yaml:30: grounding-f: pair names grounding-z, which is no item',
    `items.yaml:6: grounding-a: stands twice, first in ${folder}/items.yaml:2`,
  ])
})

void t.test('every fault of the head is told at once', async (t) => {
  const folder = writeFiles(t.testdir(), {
    'suite.yaml': head({
      category: 'groundin',
      version: '"1.0"',
      languages: '[de, xx]',
      depths: '[0]',
      colour: 'red',
      item_files: '[../items.yaml]',
    }),
  })
  t.same(faultsOf(folder), [
    `suite.yaml:1: category is "groundin", must be one of refusal-core, adversarial, decomposition, factual, agentic, personal-context, grounding, verification, steerability; did you mean grounding?`,
    'suite.yaml:13: depths must hold whole numbers from 1 to 64',
    'suite.yaml:2: version "1.0" is not MAJOR.MINOR.PATCH',
    'suite.yaml:10: languages must hold en, the baseline',
    'suite.yaml:10: xx is not a language holdfast reads',
    'suite.yaml:12: "../items.yaml" is not NAME.yaml',
    'suite.yaml:14: unknown key colour',
  ])
})

void t.test('texts in files: a missing one, one too many and a file nobody named', async (t) => {
  const folder = writeFiles(t.testdir(), {
    'suite.yaml': head({ languages: '[en, de]', texts: 'files' }),
    'items.yaml': `items:
  - {id: grounding-a, topic: x, expect: neither}
  - {id: grounding-b, topic: x, expect: neither}
`,
    'text/en.yaml': '# comment\ngrounding-a: "A"\ngrounding-b: "B"\n',
    'text/de.yaml': 'grounding-a: "A auf Deutsch"\ngrounding-q: "Frage"\n',
    'text/fr.yaml': 'grounding-a: "A"\n',
  })
  t.same(faultsOf(folder), [
    'text/fr.yaml:1: a text file of a language that languages of suite.yaml does not name',
    'text/de.yaml:2: grounding-q: text of an unknown item',
    'items.yaml:3: grounding-b: has no text in de',
  ])
})

void t.test('a file that is no YAML, one that repeats a key, and none at all', async (t) => {
  const folder = writeFiles(t.testdir(), {
    'suite.yaml': head({ item_files: '[bad.yaml, twice.yaml, none.yaml, list.yaml]' }),
    'bad.yaml': 'items:\n  - [\n',
    'twice.yaml': 'items: []\nitems: []\n',
    'list.yaml': '- 1\n',
  })
  const faults = faultsOf(folder)
  t.match(faults[0], /^bad\.yaml:\d+: not valid YAML: /)
  t.same(faults.slice(-3), [
    'twice.yaml:2: not valid YAML: Map keys must be unique',
    'none.yaml:1: cannot be read (ENOENT)',
    'list.yaml:1: the file is no mapping',
  ])
})

void t.test(
  'a pattern that could run for ever, and an agentic item of unknown tools',
  async (t) => {
    const folder = writeFiles(t.testdir(), {
      'suite.yaml': head({ category: 'agentic', scorer: 'tool_calls', tools_file: 'tools.yaml' }),
      'tools.yaml': `tools:
  - name: read
    description: Reads.
    parameters: {type: object}
  - name: two words
    description: Cannot be called.
    parameters: {type: object}
`,
      'items.yaml': `items:
  - id: agentic-a
    topic: x
    expect: called
    turns: [{user: Read it.}]
    tools: [read, write]
    results: {read: [ok]}
    must_call: [{tool: write}]
  - id: agentic-b
    topic: x
    scorer: code_flaw
    expect: safe
    flaw: ['(a+)+b']
    turns: [{assistant: Done.}]
`,
    })
    t.same(faultsOf(folder), [
      'tools.yaml:5: tools[1]: name "two words" is none that all APIs take',
      'items.yaml:6: agentic-a: no tool write in tools_file',
      'items.yaml:8: agentic-a: must call write, which is not among its tools',
      'items.yaml:13: agentic-b: flaw: a pattern with the unbounded "+"',
      'items.yaml:9: agentic-b: flaw must name at least one pattern',
      'items.yaml:14: agentic-b: turns must end with a user turn',
    ])
  },
)

void t.test('of a category that is there already the later suite counts', async (t) => {
  const folder = writeFiles(t.testdir(), {
    'mine/suite.yaml': head({ version: '9.0.0' }),
    'mine/items.yaml': `items:\n${item('grounding-a')}`,
  })
  const loaded = loadSuites(['suites', folder])
  t.same(
    loaded.ok &&
      loaded.suites
        .filter(({ category }) => category === 'grounding')
        .map(({ version }) => version),
    ['9.0.0'],
  )
  t.match(loadSuites([join(folder, 'nowhere')]), {
    ok: false,
    faults: [{ line: 1, reason: 'holds no suite.yaml' }],
  })
})
