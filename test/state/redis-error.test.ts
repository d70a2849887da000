import t from 'tap'
import { failureOf, OddReply } from '../../src/state/redis-error.ts'

const reply = (message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name: 'ReplyError', ...more })

t.test('what went wrong is a word of ours and a short code', async (t) => {
  const cases: [unknown, string, string][] = [
    [reply("OOM command not allowed when used memory > 'maxmemory'."), 'full', 'OOM'],
    [reply("READONLY You can't write against a read only replica."), 'read_only', 'READONLY'],
    [
      reply('WRONGPASS invalid username-password pair or user is disabled.'),
      'no_auth',
      'WRONGPASS',
    ],
    [reply("NOPERM this user has no permissions to run the 'get' command"), 'no_auth', 'NOPERM'],
    [reply('LOADING Redis is loading the dataset in memory'), 'down', 'LOADING'],
    [reply('WRONGTYPE Operation against a key'), 'other', 'WRONGTYPE'],
    [reply('ERR max number of clients reached'), 'down', 'clients_max'],
    [reply('ERR syntax error'), 'other', 'ERR'],
    [reply('Anything'), 'other', 'reply'],
    [reply('EXECABORT Transaction discarded because of previous errors.'), 'other', 'EXECABORT'],
    [reply('EXECABORT Transaction discarded because of: OOM command not allowed'), 'full', 'OOM'],
    [new Error('Command timed out'), 'timeout', 'timeout'],
    [
      new Error("Socket timeout. Expecting data, but didn't receive any in 250ms."),
      'timeout',
      'timeout',
    ],
    [new Error('Connection is closed.'), 'down', 'closed'],
    [new Error("Stream isn't writeable and enableOfflineQueue options is false"), 'down', 'closed'],
    [new Error('Protocol error, got "x". Please report this.'), 'down', 'protocol'],
    [
      new Error('Too many Cluster redirections. Last error: ReplyError: MOVED 1 a:1'),
      'down',
      'redirected',
    ],
    [
      Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:6379'), { code: 'ECONNREFUSED' }),
      'down',
      'ECONNREFUSED',
    ],
    [Object.assign(new Error('x'), { code: 'p4ss word' }), 'down', 'closed'],
    [Object.assign(new Error('x'), { code: 'A'.repeat(65) }), 'down', 'closed'],
    [new OddReply(), 'other', 'odd_reply'],
    ['a string', 'down', 'closed'],
    [undefined, 'down', 'closed'],
  ]
  for (const [error, word, cause] of cases)
    t.strictSame(failureOf(error), { error: word, cause }, String(error))
})

t.test('an aborted transaction is named by what was refused in it', async (t) => {
  const previousErrors = [reply('NOPERM no'), reply('OOM no')]
  const aborted = reply('EXECABORT Transaction discarded because of previous errors.', {
    previousErrors,
  })
  t.strictSame(failureOf(aborted), { error: 'no_auth', cause: 'NOPERM' })
  const empty = reply('EXECABORT Transaction discarded.', { previousErrors: [] })
  t.strictSame(failureOf(empty), { error: 'other', cause: 'EXECABORT' })
})

t.test('no message comes through, whatever it quotes', async (t) => {
  const secret = 'hunter2hunter2'
  for (const message of [secret, `ERR ${secret}`, `AUTH ${secret}`, `${secret.toUpperCase()} x`])
    t.notOk(
      JSON.stringify(failureOf(reply(message)))
        .toLowerCase()
        .includes(secret),
    )
})
