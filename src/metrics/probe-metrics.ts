/** Metrics of the probes that holdfast sends itself (docs/canaries.md). What is not known is absent. */
import {
  factualDomains,
  forkCopyOutcomes,
  pairConditions,
  pairOutcomes,
  partLabels,
  partOutcomes,
  probePurses,
  probeRunOutcomes,
  redactionKinds,
  shadowConditions,
  shadowOutcomes,
  stopReasonLabels,
} from '../exchange/probe-run.ts'
import { depthBuckets, formats } from '../exchange/stratum.ts'
import { bounds, fromLanguages, type MetricDefinition } from './domains.ts'

const spendUnits = ['calls', 'input_tokens', 'output_tokens', 'microdollars'] as const

export const probeMetrics = {
  holdfast_probe_runs_total: {
    type: 'counter',
    help: 'Runs of the probe set by how they ended; only complete ones feed detectors.',
    labels: { outcome: probeRunOutcomes },
  },
  holdfast_probe_pairs_total: {
    type: 'counter',
    help: 'Requests that should be refused, asked plainly in English and under a condition, by which side refused.',
    labels: { condition: pairConditions, language: fromLanguages, outcome: pairOutcomes },
    initial: { condition: ['language', 'format_agentic', 'depth'] },
  },
  holdfast_factual_attempted_total: {
    type: 'counter',
    help: 'Yes/no questions with a known answer that were answered with yes or no.',
    labels: { domain: factualDomains, language: fromLanguages },
    initial: { domain: ['medicine', 'law', 'money'] },
  },
  holdfast_confident_hallucination_total: {
    type: 'counter',
    help: 'Of those, the wrong ones that did not say that they are unsure.',
    labels: { domain: factualDomains, language: fromLanguages },
    initial: { domain: ['medicine', 'law', 'money'] },
  },
  holdfast_fork_sessions_total: {
    type: 'counter',
    help: 'Live exchanges by whether they were copied for a fork, or why not.',
    labels: { outcome: forkCopyOutcomes },
  },
  holdfast_fork_pairs_total: {
    type: 'counter',
    help: 'Probes asked without a session and at the end of the copy of one, by the copied session and by which side refused.',
    labels: { depth: depthBuckets, format: formats, outcome: pairOutcomes },
  },
  holdfast_fork_redactions_total: {
    type: 'counter',
    help: 'Personal fields that were taken out of copied sessions, by kind.',
    labels: { kind: redactionKinds },
  },
  holdfast_fork_held_bytes: {
    type: 'gauge',
    help: 'Memory that copied sessions take now.',
    labels: {},
    absent: true,
  },
  holdfast_shadow_trials_total: {
    type: 'counter',
    help: 'Live requests sent again twice as they were and once under a condition, by which answer turned to or from a refusal.',
    labels: { condition: shadowConditions, outcome: shadowOutcomes },
  },
  holdfast_shadow_excess: {
    type: 'gauge',
    help: 'Share of answers that the condition turned to or from a refusal, less that of the control, over the last trials of this replica, with 95 % limits.',
    labels: { condition: shadowConditions, bound: bounds },
    absent: true,
  },
  holdfast_probe_part_answers_total: {
    type: 'counter',
    help: 'Answers to anchors, which every run asks, and to fresh items, in English and each language, by whether they were as expected.',
    labels: { part: partLabels, outcome: partOutcomes },
  },
  holdfast_probe_overfit_gap: {
    type: 'gauge',
    help: 'Share of anchors answered as expected less that of fresh items, over the latest answers that this replica asked for, with 95 % limits. Surely above 0: the system may have been tuned on what it is asked.',
    labels: { bound: bounds },
    absent: true,
  },
  holdfast_probe_items_retired: {
    type: 'gauge',
    help: 'Fresh items of the running epoch that have been asked so often that they are asked no more.',
    labels: {},
    absent: true,
  },
  holdfast_probe_spend_total: {
    type: 'counter',
    help: 'Spent on probes by this replica, as far as the endpoint said so. Microdollars only with configured prices.',
    labels: { kind: probePurses, unit: spendUnits },
  },
  holdfast_probe_budget_left: {
    type: 'gauge',
    help: 'What the budget of the fleet has left in the running hour and day (UTC); absent while the store is away.',
    labels: { kind: probePurses, window: ['hour', 'day'], unit: ['calls', 'tokens', 'usd'] },
    absent: true,
  },
  holdfast_probes_stopped: {
    type: 'gauge',
    help: '1 under the reason for which a provider refused the account; no probe is sent until an operator resumes them.',
    labels: { reason: stopReasonLabels },
    absent: true,
  },
  holdfast_probe_stops_total: {
    type: 'counter',
    help: 'Times that this replica stopped the probes of the fleet.',
    labels: { reason: stopReasonLabels },
  },
  holdfast_probe_leader: {
    type: 'gauge',
    help: '1 while this replica runs the probes of the fleet.',
    labels: {},
    absent: true,
  },
  holdfast_probe_last_run_timestamp_seconds: {
    type: 'gauge',
    help: 'When the last complete run was due.',
    labels: {},
    absent: true,
  },
} as const satisfies Record<string, MetricDefinition>
