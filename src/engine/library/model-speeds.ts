import { z } from 'zod';
import { JsonFile } from '../files/json-file';

const speedSchema = z.object({
  /** Of one standard fill, the model being loaded. */
  seconds: z.number().min(0),
  provider: z.string().max(40),
  /** Milliseconds since 1970. */
  measuredAt: z.number(),
});
export type ModelSpeed = z.infer<typeof speedSchema>;

/** So many are remembered. */
const KEPT = 300;

/** How fast models are on this machine: measured once, then remembered. */
export class ModelSpeeds {
  private readonly file: JsonFile<Record<string, ModelSpeed>>;

  /** @param file null: nothing is kept beyond this process */
  constructor(file: string | null) {
    this.file = new JsonFile(file, z.record(z.string().max(300), speedSchema), {});
  }

  /** @param key names the model's weights and what they run on */
  async get(key: string): Promise<ModelSpeed | null> {
    return (await this.file.read())[key] ?? null;
  }

  async set(key: string, speed: ModelSpeed): Promise<void> {
    const { [key]: _old, ...others } = await this.file.read();
    await this.file.write(Object.fromEntries([...Object.entries(others), [key, speed] as const].slice(-KEPT)));
  }
}
