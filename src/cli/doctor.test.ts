import { describe, expect, it } from 'vitest';
import { writeSmallModel } from '../engine/testing/small-model';
import { computerCheckSchema } from '../shared/protocol/computer';
import type { CliContext } from './cli-context';
import { fakeLibrary, runCli, temporaryFolder } from './testing/program';

describe('doctor', () => {
  it('reports every provider, with the fill of the one that works, as words and as JSON', async () => {
    const { output, messages } = await runCli(['doctor']);
    expect(messages).toContain('Tries everything that fills can run on');
    expect(output).toMatch(/cpu \(chosen\): CPU, 2 threads.*filled a hole in/);
    expect(output).toMatch(/cuda: not used: no\s+driver/);
    const json = await runCli(['doctor', '--json']);
    const check = computerCheckSchema.parse(JSON.parse(json.output));
    expect(check.providers.map(({ provider, fill }) => [provider, fill !== null])).toEqual([
      ['cpu', true],
      ['cuda', false],
    ]);
  });

  it('ends with 3 where there is no model to fill with', async () => {
    // The test's program knows no folder with models.
    expect((await runCli(['doctor'])).code).toBe(3);
  });

  it('tries the models of --models, before the usual ones', async () => {
    const folder = await temporaryFolder();
    await writeSmallModel(folder, 'default');
    const roots: (readonly string[])[] = [];
    const openLibrary: CliContext['openLibrary'] = (choice) => {
      roots.push(choice.roots);
      return Promise.resolve(fakeLibrary());
    };
    const ran = await runCli(['doctor', '--json', '--models', folder], { openLibrary, modelRoots: ['usual'] });
    expect(ran.code, ran.messages).toBe(0);
    expect(computerCheckSchema.parse(JSON.parse(ran.output)).models.usable).toEqual(['default']);
    expect(new Set(roots.map((each) => each.join('|')))).toEqual(new Set([`${folder}|usual`]));
  });

  it('names no folder of this machine', async () => {
    const { output } = await runCli(['doctor'], {
      library: {
        generator: async () => {
          throw new Error('cannot read /home/somebody/private/models/default/model.json');
        },
      },
    });
    expect(output).toContain('could not fill: cannot read …/model.json');
    expect(output).not.toContain('somebody');
  });
});
