import { Command } from '@commander-js/extra-typings';
import { drawStream } from '../model/draw.js';
import { isClauseId } from '../spec/clauses.js';
import { sectionPageOfClause } from './address.js';
import { createTerminal } from './terminal.js';
import { exitStatus, type ExitStatus, UsageError } from './usage.js';

const examples = `
Examples:
  hybi decode 840548656c6c6f                     a text frame of a server
  hybi decode --from client 37fa213db3ff69585b964e  one of a client: four octets of masking key come first
  hybi decode '0x84 0x05 0x48 0x65 0x6c 0x6c 0x6f'
  some-program | hybi decode -                   takes the digits from standard input

Exit status: 0 every byte belongs to a right frame; 1 the bytes break a rule, or a frame is not complete; 2 no bytes.`;

/** `hybi decode HEX`: explains bytes, bit by bit. */
export function decodeCommand(finish: (status: ExitStatus) => void): Command {
  const command = new Command('decode')
    .summary('explain the bytes of frames, bit by bit')
    .description('Explains the bytes of frames, bit by bit, with the clauses that they stand on.')
    .argument('<hex...>', 'hexadecimal digits; blanks, commas, colons and 0x are passed over; - reads standard input')
    .option('--from <role>', 'who sent the bytes: server (clear) or client (masked)', 'server')
    .option('--no-color', 'print without colours')
    .addHelpText('after', examples);
  command.action(async (hex, options) => {
    if (options.from !== 'server' && options.from !== 'client') {
      throw new UsageError(`--from is server or client, not ${JSON.stringify(options.from)}`);
    }
    const terminal = createTerminal({ color: options.color });
    const { text, isComplete } = drawStream(parseHex(hex[0] === '-' ? await readAll() : hex.join(' ')), options.from);
    terminal.out(text);
    terminal.out(terminal.paint.dim(pagesIn(text)));
    finish(isComplete ? exitStatus.fine : exitStatus.failed);
  });
  return command as unknown as Command;
}

/** The pages of the sections whose clauses a text names, in one line. */
function pagesIn(text: string): string {
  const ids = [...(text.match(/\bdraft-06\/[\d.]+\/[\w-]+/g) ?? [])].filter(isClauseId);
  const pages = [...new Set(ids.map(sectionPageOfClause))];
  return pages.length === 0 ? '' : `pages: ${pages.join(' ')}\n`;
}

/** @throws UsageError that says where the digits go wrong */
function parseHex(text: string): Uint8Array {
  const digits = text.replace(/0x/gi, '').replace(/[\s,:]/g, '');
  const wrong = /[^0-9a-f]/i.exec(digits);
  if (wrong !== null)
    throw new UsageError(`${JSON.stringify(wrong[0])} is no hexadecimal digit: give bytes such as 84 05 48`);
  if (digits === '')
    throw new UsageError('there are no bytes to decode: give hexadecimal digits such as 840548656c6c6f');
  if (digits.length % 2 === 1)
    throw new UsageError(`${digits.length} hexadecimal digits are not whole bytes: give two for each`);
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

async function readAll(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('latin1');
}
