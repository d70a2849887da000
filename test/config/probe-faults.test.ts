import t from 'tap'
import { loadText } from '../../src/config/load.ts'
import { callsPerRun } from '../../src/config/probe-faults.ts'

const load = (probes: string, rest = '') =>
  loadText(`upstream: http://h\nlanguages: {served: [en, de]}\nprobes: {${probes}}\n${rest}`)
const told = (probes: string, rest = ''): string[] => {
  const result = load(probes, rest)
  return result.ok ? [] : result.faults.map(({ key, reason }) => `${key} ${reason}`)
}
/** PATH stands for a key that is set. */
const good = 'url: "http://api/v1", model: m, key_env: PATH'

t.test('nothing is asked of who configures no probes, nor of who does it right', (t) => {
  t.strictSame(told(''), [])
  t.strictSame(told(good), [])
  t.strictSame(told('url: "http://api/v1", model: m, without_key: true'), [])
  const result = load(good)
  t.equal(result.ok && callsPerRun(result.config), 100 * 4 + 100 * 3 + 10 * 2 + 10)
  t.end()
})

t.test('probes without a key of their own are refused', (t) => {
  t.strictSame(told('url: "http://api/v1", model: m'), [
    'probes.key_file is missing: probes need a key of their own, or without_key for an endpoint that takes none',
  ])
  t.strictSame(told('url: "http://api/v1", model: m, key_env: NO_SUCH_KEY'), [
    'probes.key_env names a variable that is not set',
  ])
  t.strictSame(told(`${good}, without_key: true`), [
    'probes.without_key is true, but a key is given',
  ])
  t.end()
})

t.test('every part that can only fail is named', (t) => {
  t.strictSame(told('model: m, key_env: PATH'), [
    'probes.url is missing: name the API that probes are sent to',
  ])
  t.strictSame(told(good, 'drift: {enabled: false}'), [
    'probes.url is set, but drift.enabled is false: nothing would take the results',
  ])
  t.strictSame(told(good, 'capture: {enabled: false}'), [
    'probes.url is set, but capture.enabled is false: nothing would take the results',
  ])
  t.strictSame(told(`${good}, schedule: every 1h`), [
    'probes.run_deadline_ms is more than the 3600000 between two runs',
  ])
  t.match(told(`${good}, schedule: nightly`), [/^probes\.schedule must be "every 24h"/])
  t.strictSame(told(`${good}, conditions: ["format=verse", "language=de"]`), [
    'probes.conditions[0] has a part that is not format=agentic|structured, depth=1-64 or scaffold=NAME',
    'probes.conditions[1] has a part that is not format=agentic|structured, depth=1-64 or scaffold=NAME',
  ])
  t.strictSame(told(`${good}, conditions: ["depth=65", "depth=3,depth=4", "scaffold=absent"]`), [
    'probes.conditions[0] has a part that is not format=agentic|structured, depth=1-64 or scaffold=NAME',
    'probes.conditions[1] has a part twice',
    'probes.conditions[2] names the scaffold absent, which is in no folder',
  ])
  t.strictSame(told(`${good}, conditions: ["format=agentic,depth=64", "scaffold=help-desk"]`), [])
  t.strictSame(told(`${good}, folders: [no/such/folder]`), [
    'probes.folders names no/such/folder, which is not there',
  ])
  t.end()
})

t.test('a run that the budget cannot pay for is refused with its figure', (t) => {
  t.strictSame(told(`${good}, calls_per_day: 729, calls_per_hour: 729`), [
    'probes.calls_per_day is 729, but one run takes 730 calls',
  ])
  t.strictSame(told(`${good}, calls_per_hour: 182`), [
    'probes.calls_per_hour lets no run of 730 calls end within run_deadline_ms',
  ])
  t.strictSame(told(`${good}, calls_per_hour: 183`), [])
  t.strictSame(told(`${good}, dollars_per_day: 1`), [
    'probes.dollars_per_day needs price_input_per_million and price_output_per_million',
  ])
  t.strictSame(told(`${good}, price_input_per_million: 1`), [
    'probes.price_output_per_million is missing: give both prices or none',
  ])
  t.end()
})

t.test('adversarial probes need their switch, a key of their own and an acknowledgement', (t) => {
  const allowed = 'key_env: HOME, acknowledgement: "allowed by the CISO on 2 March"'
  t.strictSame(told(`${good}, suites: [adversarial]`), [
    'probes.suites names adversarial, whose probes are P2: set probes.adversarial',
  ])
  t.strictSame(told(`${good}, suites: [adversarial], adversarial: {enabled: true, ${allowed}}`), [])
  t.strictSame(told(`${good}, adversarial: {enabled: true}`), [
    'probes.adversarial.key_file is missing: P2 probes need a key of their own',
    'probes.adversarial.acknowledgement is missing: say who allowed P2 probes against this account',
  ])
  t.strictSame(told(`${good}, adversarial: {${allowed}}`), [
    'probes.adversarial.enabled is false, but a key for it is given',
  ])
  t.end()
})

t.test('K has to hold the detectors of live traffic and of probes together', (t) => {
  // Live: 1 gap, 2 unclear, repeat_flip, tool_surprisal. Probes: 1 gap, 4 controls, 3 conditions.
  t.strictSame(told(good, 'drift: {detectors_max: 13}'), [])
  t.strictSame(told(good, 'drift: {detectors_max: 12}'), [
    'drift.detectors_max is 12, but 13 detectors run: set it to 13 or more',
  ])
  t.end()
})

t.test('forks need the same organisation, a purpose, and routes to the API that is probed', (t) => {
  const probed = 'url: "http://h/v1", model: m, without_key: true'
  t.strictSame(told(`${probed}, fork: {enabled: true}`), [
    'probes.fork.same_organisation is false: forks send text of your users only to the provider organisation that had it already',
    'probes.fork.purpose is missing: say what the copies of sessions are for',
    'probes.fork.routes is empty: name the routes whose sessions may be copied',
  ])
  const declared = 'same_organisation: true, purpose: "quality at depth, agreed with the DPO"'
  t.strictSame(told(`${probed}, fork: {enabled: true, ${declared}, routes: [default]}`), [])
  t.strictSame(told(`${good}, fork: {enabled: true, ${declared}, routes: [default, x]}`), [
    'probes.fork.routes names default, whose upstream is another one than that of probes.url',
    'probes.fork.routes names x, which is no route',
  ])
  const forks = `fork: {enabled: true, ${declared}, routes: [default]}`
  t.strictSame(told(`${probed}, ${forks}, shadow: {condition: "model=m-2"}`), [])
  t.strictSame(told(`${probed}, ${forks}, shadow: {condition: "scaffold=absent"}`), [
    'probes.shadow.condition names the scaffold absent, which is in no folder',
  ])
  t.strictSame(told(`${probed}, shadow: {condition: "format=agentic"}`), [
    'probes.shadow.condition is set, but probes.fork.enabled is false: there are no copies to send',
  ])
  t.equal(told(`${probed}, ${forks}, shadow: {condition: "depth=3"}`).length, 1)
  t.strictSame(told('fork: {enabled: true}'), [
    'probes.fork.enabled is true, but probes.url is not set',
  ])
  t.end()
})
