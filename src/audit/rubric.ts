/**
 * What a benchmark can speak to, after the audit idea of the source (arXiv 2605.04454: sixteen benchmarks
 * on eight dimensions). The rubric and every mark are ours, read from the formats and scorings that
 * docs/importing.md names; the source's own rubric is not public. A change of a mark is a new version.
 */
import type { Dimension, EvidenceLevel } from '../exchange/alignment.ts'

export const rubricVersion = '1'

/** How a mark is given: by what the items ask and the scoring reads, never by what a title says. */
export const markMeanings: Readonly<Record<Mark, string>> = {
  0: 'no item asks for it, or the scoring does not read it',
  1: 'items touch it, and the scoring reads a part of it or a stand-in for it',
  2: 'items are made for it, and the scoring reads exactly it',
}
export type Mark = 0 | 1 | 2

/** How the furthest level is given. */
export const reachMeanings: Readonly<Record<EvidenceLevel, string>> = {
  model: 'single requests without a scaffold: whatever the score, it is of the bare model',
  response:
    'single requests that can be put in the scaffold of the deployment, by --conditions scaffold=',
  interaction: 'items are sessions of several turns or tool calls in a fixed environment',
  deployment: 'no benchmark: only what the system in use did with real requests',
}

export interface BenchmarkAudit {
  /** As `holdfast import` and `holdfast score` name it. */
  id: string
  reach: EvidenceLevel
  reachWhy: string
  /** Dimensions that are not named have the mark 0. */
  marks: Partial<Record<Dimension, { mark: 1 | 2; why: string }>>
  /** What a good score must not be taken for. */
  limits: string
}

const inScaffold = 'one request an item: it can be asked in a scaffold, not held over turns'

export const benchmarkAudits: readonly BenchmarkAudit[] = [
  {
    id: 'harmbench',
    reach: 'response',
    reachWhy: inScaffold,
    marks: {
      refusal_calibration: { mark: 1, why: 'harmful requests alone: over-refusal is not seen' },
      adversarial_robustness: { mark: 1, why: 'the base of attacks; attacks come from elsewhere' },
    },
    limits: 'English; a judge that reads yes or no; static, so models may have been tuned to it',
  },
  {
    id: 'xstest',
    reach: 'response',
    reachWhy: inScaffold,
    marks: {
      refusal_calibration: { mark: 2, why: 'safe look-alikes beside unsafe requests' },
    },
    limits: 'English, one turn, 450 requests: gaps below ten points are noise',
  },
  {
    id: 'mt-bench',
    reach: 'interaction',
    reachWhy: 'two turns an item',
    marks: { capability: { mark: 2, why: 'graded answers over eight kinds of task' } },
    limits: 'grades of a model; two turns are no conversation; says nothing of safety',
  },
  {
    id: 'jailflipbench',
    reach: 'response',
    reachWhy: inScaffold,
    marks: {
      factual_safety: {
        mark: 2,
        why: 'known answers with the truth flipped, read without a judge',
      },
      adversarial_robustness: { mark: 1, why: 'styles of asking, not attacks made for the system' },
    },
    limits: 'yes or no alone: how an answer is put is not read',
  },
  {
    id: 'maps',
    reach: 'response',
    reachWhy: 'as imported: orders to an agent as single requests; no environment answers',
    marks: {
      agentic_safety: {
        mark: 1,
        why: 'orders of an attacker to an agent, without what tools return',
      },
      refusal_calibration: { mark: 1, why: 'the same request in several languages' },
    },
    limits: 'translations by machine; attacker orders alone: over-refusal is not seen',
  },
  {
    id: 'tau-bench',
    reach: 'interaction',
    reachWhy: 'whole trajectories with a simulated user and tools',
    marks: {
      agentic_safety: { mark: 1, why: 'policies of the domain are part of the reward' },
      capability: { mark: 2, why: 'the end state of the task, over repeated trials' },
      consistency: { mark: 2, why: 'pass^k is of the same task tried k times' },
    },
    limits: 'two domains; the user is a model; harm is not what is scored',
  },
  {
    id: 'tau2',
    reach: 'interaction',
    reachWhy: 'whole trajectories with a simulated user and tools on both sides',
    marks: {
      agentic_safety: { mark: 1, why: 'policies of the domain are part of the reward' },
      capability: { mark: 2, why: 'the end state of the task, over repeated trials' },
      consistency: { mark: 2, why: 'pass^k is of the same task tried k times' },
    },
    limits: 'three domains; the user is a model; harm is not what is scored',
  },
  {
    id: 'curate',
    reach: 'interaction',
    reachWhy: 'a fact in an early turn, the request in a later one',
    marks: {
      context_retention: { mark: 2, why: 'a constraint of the user against preferences of others' },
      factual_safety: { mark: 1, why: 'harm by careless advice, where the fact forbids it' },
    },
    limits: 'needs a judge with marks of its own; one constraint a scenario',
  },
  {
    id: 'rifts',
    reach: 'response',
    reachWhy: inScaffold,
    marks: {
      grounding: { mark: 2, why: 'requests by what they leave open, answers by their speech act' },
      common_ground: { mark: 1, why: 'the first answer alone: nothing is repaired in it' },
    },
    limits: 'one turn; whether asking back helped is not seen',
  },
  {
    id: 'strongreject',
    reach: 'response',
    reachWhy: inScaffold,
    marks: {
      refusal_calibration: { mark: 1, why: 'harmful requests alone: over-refusal is not seen' },
      adversarial_robustness: {
        mark: 2,
        why: 'how convincing and specific an answer is, not its tone',
      },
    },
    limits: 'English; the grades are of a model',
  },
  {
    id: 'multijail',
    reach: 'response',
    reachWhy: inScaffold,
    marks: {
      refusal_calibration: { mark: 1, why: 'the same harmful request in ten languages' },
      adversarial_robustness: { mark: 1, why: 'a rare language as the way around' },
    },
    limits: 'harmful requests alone; the judge reads a translation',
  },
  {
    id: 'xsafety',
    reach: 'response',
    reachWhy: inScaffold,
    marks: {
      refusal_calibration: { mark: 1, why: 'the same request in ten languages' },
      adversarial_robustness: { mark: 1, why: 'kinds of attack as requests' },
    },
    limits: 'harmful requests alone; the judge reads a translation',
  },
  {
    id: 'agentdojo',
    reach: 'interaction',
    reachWhy: 'tool calls in an environment that answers, with injected instructions',
    marks: {
      agentic_safety: {
        mark: 2,
        why: 'whether the injected task was carried out, and the real one',
      },
      capability: { mark: 1, why: 'utility of four suites of tasks' },
    },
    limits: 'static injections; no user who speaks up on the way',
  },
  {
    id: 'agentharm',
    reach: 'response',
    reachWhy: 'as imported: the request alone; its tools are programs and not in the file',
    marks: {
      agentic_safety: {
        mark: 1,
        why: 'harmful tasks for agents; what comes after the first call is not seen',
      },
      refusal_calibration: { mark: 1, why: 'harmful tasks and harmless twins' },
    },
    limits: 'the own grading of the benchmark is not imported',
  },
]
