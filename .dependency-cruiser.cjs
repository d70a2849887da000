/** The layers of src/, as docs/architecture.md draws them. Each message names the way to go instead. */
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: '^src/', pathNot: [from, ...allowed] },
})
const nodeOnly = (name, from, modules, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: '^src/', pathNot: from },
  to: { path: `^(node:)?(${modules})$`, dependencyTypes: ['core'] },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Move what both need into the one that is further down the flow.',
      from: {},
      to: { circular: true },
    },
    only('exchange-is-the-ground', '^src/exchange/', [], 'Nouns import nothing: move the verb up.'),
    only('clock-and-error-are-leaves', '^src/(clock|error)\\.ts$', [], 'Leaves import nothing.'),
    only(
      'proxy-moves-bytes',
      '^src/proxy/',
      ['^src/exchange/', '^src/clock\\.ts$', '^src/error\\.ts$'],
      'The proxy knows no meaning: hand it a function through its options in app.ts.',
    ),
    only(
      'decode-is-pure',
      '^src/decode/',
      ['^src/exchange/'],
      'A decoder sees bytes and nouns only: what it needs comes in its input.',
    ),
    only(
      'enrich-is-pure',
      '^src/enrich/',
      ['^src/exchange/'],
      'Labels are derived from the exchange: what else is needed comes in the options.',
    ),
    only(
      'aggregate-is-pure',
      '^src/aggregate/',
      ['^src/exchange/'],
      'Estimators see numbers only.',
    ),
    only(
      'drift-is-pure',
      '^src/drift/',
      ['^src/exchange/', '^src/aggregate/'],
      'A detector sees numbers only: time, state and metrics come from who runs it.',
    ),
    only(
      'judges-see-the-exchange',
      '^src/judge/',
      ['^src/(exchange|spend)/', '^src/(clock|error)\\.ts$'],
      'A judge reads its input only; outgoing calls go through an interface handed in.',
    ),
    only(
      'probes-see-upstream-through-an-interface',
      '^src/probe/',
      [
        '^src/(exchange|decode|judge|aggregate|drift|spend)/',
        '^src/state/store\\.ts$',
        '^src/(clock|error|did-you-mean|package-root)\\.ts$',
      ],
      'A probe is sent by whoever is handed in (`Sender`); pure stages only may be imported.',
    ),
    only(
      'stress-tests-see-upstream-through-an-interface',
      '^src/stress/',
      [
        '^src/(exchange|decode|judge|aggregate|probe|profile|spend)/',
        '^src/drift/simulation/random\\.ts$',
        '^src/(clock|error)\\.ts$',
      ],
      'Targets and judges are called by whoever is handed in; options and tables are of the command.',
    ),
    only(
      'signals-are-pure',
      '^src/signals/',
      [
        '^src/exchange/',
        '^src/enrich/(human-text|boilerplate)\\.ts$',
        '^src/judge/normalise\\.ts$',
      ],
      'Turns are read from the exchange alone: counting is of src/stages/signals-stage.ts.',
    ),
    only(
      'metrics-see-constants',
      '^src/metrics/',
      ['^src/exchange/', '^src/decode/decoder\\.ts$', '^src/state/store\\.ts$', '^src/(scrub|version)\\.ts$'],
      'Metrics take names and numbers: call the recorder from the stage, not the stage from here.',
    ),
    only(
      'watch-runs-the-detectors',
      '^src/watch/',
      [
        '^src/(exchange|drift|aggregate|state)/',
        '^src/sample/(tool-)?admission\\.ts$',
        '^src/enrich/(near-duplicate|lru-map)\\.ts$',
        '^src/metrics/(catalogue|delta)\\.ts$',
        '^src/clock\\.ts$',
      ],
      'The watch puts detectors, store and clock together; what it is fed comes from the pipeline.',
    ),
    only(
      'overload-sees-numbers',
      '^src/overload/',
      ['^src/exchange/', '^src/clock\\.ts$'],
      'Shedding sees numbers only: what it acts on is connected in overload-stage.ts.',
    ),
    only(
      'evidence-keeps-what-it-is-given',
      '^src/evidence/',
      ['^src/exchange/', '^src/(clock|error)\\.ts$'],
      'Records are made in evidence-stage.ts, which hands them to the writer.',
    ),
    only(
      'otlp-encodes-and-sends',
      '^src/otlp/',
      ['^src/(exchange|upstream)/', '^src/metrics/delta\\.ts$'],
      'The export sees nouns, sums and the one client: what is exported comes from otlp-stage.ts.',
    ),
    only(
      'profile-is-made-from-what-is-known',
      '^src/profile/',
      ['^src/(exchange|aggregate|drift|judge|probe|signals)/', '^src/watch/history\\.ts$'],
      'A row is made of counts: who reads files and stores hands them in.',
    ),
    only(
      'report-is-pure',
      '^src/(report|claims)/',
      [
        '^src/(report|claims|profile|exchange|aggregate|drift)/',
        '^src/probe/(fields|suite-fault|yaml-file|run-record)\\.ts$',
        '^src/judge/calibration\\.ts$',
        '^src/evidence/record\\.ts$',
        '^src/watch/(history|settings)\\.ts$',
      ],
      'A report is made from its input alone: commands read, and hand it in.',
    ),
    only(
      'spend-counts',
      '^src/spend/',
      ['^src/state/store\\.ts$', '^src/drift/stored-values\\.ts$', '^src/clock\\.ts$'],
      'A budget counts calls, tokens and money: who asks for what stays with who spends.',
    ),
    only(
      'state-knows-no-meaning',
      '^src/state/',
      ['^src/exchange/', '^src/(clock|error)\\.ts$'],
      'A store keeps opaque values: what they mean stays with who writes them.',
    ),
    {
      name: 'redis-has-one-home',
      severity: 'error',
      comment: 'Redis is reached through src/state/redis-store.ts only: take a Store.',
      from: { path: '^src/', pathNot: '^src/state/redis-[a-z-]+\\.ts$' },
      to: { path: 'node_modules/ioredis/' },
    },
    {
      name: 'stages-meet-in-pipeline-and-app',
      severity: 'error',
      comment: 'Only pipeline.ts, app.ts, the monitor thread and commands put stages together.',
      from: {
        path: '^src/(proxy|decode|enrich|judge|aggregate|metrics|admin|config|sample|state)/',
      },
      to: { path: '^src/(pipeline|app|cli)\\.ts$|^src/(monitor|commands)/' },
    },
    nodeOnly(
      'sockets-have-three-homes',
      '^src/(proxy|upstream|admin|simulator)/',
      'net|http|https|http2|dgram',
      'Sockets are opened in proxy/, upstream/, admin/ and the simulator; and by ioredis in state/.',
    ),
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      comment: 'What runs in production is a dependency.',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
}
