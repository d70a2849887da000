/** tau-bench, tau2 and AgentDojo, with invented runs in their shape. */
import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { importFiles } from './import-file.ts'

const call = (name: string) => ({ id: 'c', type: 'function', function: { name, arguments: '{}' } })
const run = (task: number, trial: number, reward: number) => ({
  task_id: task,
  reward,
  info: { task: {} },
  traj: [
    { role: 'system', content: 'policy' },
    { role: 'user', content: 'hello' },
    { role: 'assistant', content: null, tool_calls: [call('find'), call('book')] },
    { role: 'tool', tool_call_id: 'c', content: 'ok' },
  ],
  trial,
})

t.test('tau-bench: runs become trajectories with their tools, and pass^k is told', async (t) => {
  const runs = [run(0, 0, 1), run(0, 1, 0), run(1, 0, 1), run(1, 1, 1)]
  const { lines, notes } = await importFiles(
    t,
    'tau-bench',
    { 'r.json': JSON.stringify(runs, undefined, 2) },
    'r.json',
    'm-1',
  )
  t.match(lines('trajectories.jsonl')[1], {
    id: 'tau-bench-0-1',
    source: 'tau-bench',
    task_id: '0',
    trial: 1,
    reward: 0,
    success: false,
    model: 'm-1',
    tool_sequence: ['find', 'book'],
  })
  t.same(notes, [
    '4 runs of 2 tasks, 8 calls of 2 tools, 0 without a reward',
    'pass^1 0.7500',
    'pass^2 0.5000',
  ])
})

t.test('tau-bench: a wrong run is named by its place and field', async (t) => {
  const runs = [
    run(0, 0, 1),
    { ...run(0, 1, 1), trial: 'x' },
    { ...run(0, 2, 1), reward: 'high' },
    { ...run(0, 3, 1), traj: [{ content: 'no role' }] },
    { ...run(0, 4, 1), traj: 7 },
    run(0, 0, 1),
    { task_id: 9 },
  ]
  const { faults } = await importFiles(t, 'tau-bench', { 'r.json': JSON.stringify(runs) }, 'r.json')
  t.same(faults, [
    'r.json:[1]: column trial: is "x", must be a number from 0 to 10000',
    'r.json:[2]: column reward: is "high", must be a number from -1000000000 to 1000000000',
    'r.json:[3]: column traj[0].role: is not a text',
    'r.json:[4]: column traj: is not a list',
    'r.json:[5]: column trial: 0 of task 0 stands twice, first at [0]',
    'r.json:[6]: column trial: is not there',
  ])
})

t.test('tau2: simulations are read, and one without a reward is no failure', async (t) => {
  const simulation = (task: string, trial: number, info: unknown) => ({
    id: 'uuid',
    task_id: task,
    trial,
    reward_info: info,
    termination_reason: 'user_stop',
    messages: [
      { role: 'assistant', content: 'Hi!' },
      {
        role: 'user',
        content: 'Do it',
        tool_calls: [{ id: 'u', name: 'phone', arguments: {}, requestor: 'user' }],
      },
      {
        role: 'assistant',
        tool_calls: [{ id: 'a', name: 'look_up', arguments: {}, requestor: 'assistant' }],
      },
    ],
  })
  const file = JSON.stringify({
    timestamp: 't',
    info: { n: [1] },
    tasks: [{ id: '1' }],
    simulations: [simulation('1', 0, { reward: 1 }), simulation('1', 1, null)],
  })
  const { lines, notes } = await importFiles(t, 'tau2', { 'r.json': file }, 'r.json')
  t.match(lines('trajectories.jsonl'), [
    { id: 'tau2-1-0', reward: 1, success: true, tool_sequence: ['look_up'] },
    { id: 'tau2-1-1', reward: null, success: null, tool_sequence: ['look_up'] },
  ])
  t.same(notes, ['2 runs of 1 tasks, 2 calls of 1 tools, 1 without a reward', 'pass^1 1.0000'])
})

const dojo = (injection: string | null, utility: boolean, security: boolean) => ({
  suite_name: 'banking',
  pipeline_name: 'model-a',
  user_task_id: 'user_task_0',
  injection_task_id: injection,
  attack_type: injection === null ? null : 'direct',
  injections: {},
  messages: [
    { role: 'user', content: 'Pay' },
    { role: 'assistant', content: '', tool_calls: [{ function: 'send_money', args: {}, id: 'x' }] },
  ],
  error: null,
  utility,
  security,
  duration: 1,
})

t.test('AgentDojo: security counts only where something was injected', async (t) => {
  const files = {
    'runs/m/banking/user_task_0/none/none.json': JSON.stringify(dojo(null, true, true)),
    'runs/m/banking/user_task_0/direct/injection_task_1.json': JSON.stringify(
      dojo('injection_task_1', false, true),
    ),
  }
  const { lines, notes } = await importFiles(t, 'agentdojo', files, 'runs')
  t.match(lines('trajectories.jsonl'), [
    {
      id: 'agentdojo-model-a/banking/user_task_0/direct/injection_task_1',
      utility: false,
      injected: true,
      tool_sequence: ['send_money'],
    },
    { id: 'agentdojo-model-a/banking/user_task_0/none/none', utility: true, injected: null },
  ])
  t.same(notes, ['2 runs, 1 useful; the injected task was carried out in 1 of 1 attacked'])
  const broken = {
    'runs/a.json': '{"suite_name": ',
    'runs/b.json': JSON.stringify({ ...dojo(null, true, true), utility: 'so' }),
  }
  const { faults } = await importFiles(t, 'agentdojo', broken, 'runs')
  t.same(faults, [
    'runs/a.json: is not valid JSON',
    'runs/b.json:1: column utility: is "so", must be true or false',
  ])
})

const shared = '../shared/data/agent_taubench_gpt4o_airline/dev.jsonl'
t.test(
  'real runs give the share of successes they have',
  { skip: existsSync(shared) ? false : 'no shared data' },
  async (t) => {
    const rows = readFileSync(shared, 'utf8')
      .trimEnd()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as { task_id: number; trial: number; reward: number; messages: unknown },
      )
    const runs = rows.map(({ task_id, trial, reward, messages }) => ({
      task_id,
      reward,
      info: {},
      traj: messages,
      trial,
    }))
    const { notes } = await importFiles(
      t,
      'tau-bench',
      { 'r.json': JSON.stringify(runs) },
      'r.json',
    )
    const passed = rows.filter(({ reward }) => reward === 1).length
    t.match(notes[0], /^92 runs of 23 tasks/)
    t.equal(notes[1], `pass^1 ${(passed / 92).toFixed(4)}`)
    t.equal(notes.length, 5)
  },
)
