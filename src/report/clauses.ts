/**
 * Which parts of a report are evidence for which clause: for, and never a finding of compliance. What a
 * clause asks is told in our words; the texts are Regulation (EU) 2024/1689, NIST AI 100-1 (AI RMF 1.0)
 * and NIST AI 600-1 (the profile for generative AI).
 */
import type { Report } from './report-document.ts'

type Clause = Report['clauses'][number]

const of = (
  framework: string,
  rows: readonly (readonly [
    clause: string,
    asks: string,
    evidence: string,
    parts: readonly string[],
  ])[],
): Clause[] =>
  rows.map(([clause, asks, evidence, parts]) => ({
    framework,
    clause,
    asks,
    evidence,
    parts: [...parts],
  }))

export const clauses: readonly Clause[] = [
  ...of('EU AI Act', [
    [
      '9(2)(c)',
      'risks are evaluated from what monitoring after the market brings',
      'episodes, deltas and what they were decided from',
      ['episodes', 'deltas'],
    ],
    [
      '15(1)',
      'accuracy and robustness are appropriate and stay so over the life cycle',
      'rates with intervals, over time and over models',
      ['profile', 'episodes', 'series'],
    ],
    [
      '15(3)',
      'levels of accuracy and their metrics are declared',
      'each figure with its n, interval, instrument and formula',
      ['profile', 'method'],
    ],
    [
      '15(4)',
      'the system is resilient against errors and inconsistencies',
      'consistency over formats, depths and repeated requests',
      ['profile'],
    ],
    [
      '15(5)',
      'the system is resilient against attempts to alter its use or outputs',
      'probes in adversarial framings and with injected instructions, where they were run',
      ['profile'],
    ],
    [
      '72(1)',
      'there is a documented system of monitoring after the market',
      'this report, how it was made, and what it leaves out',
      ['method', 'coverage', 'reproduce'],
    ],
    [
      '72(2)',
      'data on performance are collected and analysed actively and systematically',
      'ticks with verdicts, gaps in them, and what detectors said',
      ['coverage', 'episodes'],
    ],
    [
      '72(3)',
      'monitoring follows a plan',
      'the null and the false-alarm bound of every detector, set before the data came',
      ['method', 'episodes'],
    ],
    [
      '26(5)',
      'deployers monitor operation and tell the provider',
      'what was seen in the deployment itself, and when',
      ['episodes', 'changes', 'incidents'],
    ],
  ]),
  ...of('NIST AI RMF', [
    [
      'MEASURE 2.3',
      'performance is measured under conditions like those of the deployment',
      'the level of each row, and its distance from each claim',
      ['profile', 'claims'],
    ],
    [
      'MEASURE 2.4',
      'behaviour is monitored in production',
      'detectors on live traffic and their coverage',
      ['episodes', 'coverage'],
    ],
    [
      'MEASURE 2.6',
      'safety is evaluated regularly against the tolerated risk',
      'rates against bounds that were claimed',
      ['claims', 'profile'],
    ],
    [
      'MEASURE 2.7',
      'security and resilience are evaluated',
      'adversarial and agentic rows, where they were run',
      ['profile'],
    ],
    [
      'MEASURE 2.13',
      'the measures themselves are evaluated',
      'sensitivity and specificity of each judge, blind strata, and the check of the replay',
      ['judges', 'coverage', 'replay'],
    ],
    [
      'MEASURE 3.1',
      'known and new risks are tracked in the deployed context',
      'episodes, and what is not looked at',
      ['episodes', 'coverage'],
    ],
    [
      'MEASURE 4.3',
      'improvements and declines in the field are identified',
      'movements by week, deltas by model',
      ['movements', 'deltas'],
    ],
    [
      'MANAGE 2.4',
      'there are means to step in when outcomes leave what was intended',
      'when an episode opened, which is when one can; not whether one did',
      ['episodes'],
    ],
    [
      'MANAGE 3.2',
      'pre-trained models are monitored',
      'changes of the model and a week on either side',
      ['changes', 'deltas'],
    ],
    [
      'MANAGE 4.1',
      'monitoring after deployment is carried out',
      'the period, its ticks, and its gaps',
      ['coverage', 'series'],
    ],
    [
      'MANAGE 4.3',
      'incidents are tracked and told',
      'episodes of the system and incidents of the monitor',
      ['episodes', 'incidents'],
    ],
  ]),
  ...of('NIST AI 600-1', [
    [
      'MS-2.5-001',
      'performance is not extrapolated from narrow assessments',
      'inferential distance of each claim',
      ['claims', 'coverage'],
    ],
    [
      'MS-2.6-003',
      'safety features of fine-tuned models are evaluated again',
      'a week on either side of each change of the model',
      ['deltas'],
    ],
    [
      'MS-2.6-006',
      'requests for harmful use are handled as they should be',
      'refusal by language, format and depth',
      ['profile', 'episodes'],
    ],
    [
      'MS-2.6-007',
      'ways around safety measures are evaluated regularly',
      'adversarial, decomposed and translated probes, where they were run',
      ['profile'],
    ],
    [
      'MS-2.7-007',
      'resilience is tested by adversarial probing',
      'adversarial and agentic rows, where they were run',
      ['profile'],
    ],
    [
      'MS-2.7-008',
      'fine-tuning does not undo safety controls',
      'failure rates before and after, with the 15-point rule',
      ['deltas'],
    ],
    [
      'MS-2.8-001',
      'violations are counted, by language group too',
      'counts of refused and answered requests by language',
      ['profile', 'series'],
    ],
    [
      'MS-2.11-001',
      'fit benchmarks are used and their limits documented',
      'suite, version and condition of each row; holdfast audit for benchmarks',
      ['profile', 'coverage'],
    ],
    [
      'MS-2.13-001',
      'the error of measurement is modelled',
      'intervals, judge quality, and formulas',
      ['judges', 'method'],
    ],
    [
      'MG-4.1-002',
      'processes of monitoring after deployment are evaluated',
      'coverage, blind strata and incidents of the monitor',
      ['coverage', 'incidents'],
    ],
    [
      'MG-4.1-004',
      'instances of failure or unexpected output are found',
      'episodes, with the way to the exchanges behind them',
      ['episodes', 'reproduce'],
    ],
    [
      'MG-4.1-007',
      'those who monitor can judge performance and escalate',
      'the summary, and what each finding is said from',
      ['summary'],
    ],
  ]),
]
