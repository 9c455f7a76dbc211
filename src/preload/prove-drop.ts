/** Shows main that a file is one that the person has dropped: the browser lets this page read it. */
import { ipcRenderer, webUtils } from 'electron';
import type { z } from 'zod';
import { DROP_SAMPLE_BYTES, sampleStart } from '../shared/drop-sample';
import type { Answer } from '../shared/protocol/window-main';
import type { dropChannels } from '../shared/protocol/drops';

type Response<C extends keyof typeof dropChannels> = z.infer<(typeof dropChannels)[C]['response']>;

/** A ticket for the file, or why there is none. */
export async function proveDrop(file: File): Promise<Answer<Response<'drop:prove'>>> {
  const path = webUtils.getPathForFile(file);
  const offered = (await ipcRenderer.invoke('drop:offer', { path })) as Answer<Response<'drop:offer'>>;
  if (!offered.ok) return offered;
  const { dropId, at } = offered.value;
  const { size } = file;
  const samples = await Promise.all(
    at.map(async (part) => {
      const start = sampleStart(part, size);
      return new Uint8Array(await file.slice(start, start + DROP_SAMPLE_BYTES).arrayBuffer());
    }),
    // A folder, or a file that has gone meanwhile: main refuses it in its own words.
  ).catch((): Uint8Array[] => []);
  return ipcRenderer.invoke('drop:prove', { dropId, size, samples }) as Promise<Answer<Response<'drop:prove'>>>;
}
