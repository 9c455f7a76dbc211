import { z } from 'zod';
import { surroundingsSchema } from '../../shared/protocol/models';
import { idSchema } from '../../shared/protocol/values';
import { JsonFile } from '../files/json-file';

const choiceSchema = z.object({ placeId: idSchema, measured: surroundingsSchema, modelId: idSchema });
/** A place, and the model whose fill of it was kept. */
export type RepairChoice = z.infer<typeof choiceSchema>;

/** The newest so many are remembered: taste changes. */
const KEPT = 200;

/** Which models a person has chosen for which places. */
export class RepairMemory {
  private readonly file: JsonFile<readonly RepairChoice[]>;

  /** @param file null: nothing is kept beyond this process */
  constructor(file: string | null) {
    this.file = new JsonFile<readonly RepairChoice[]>(file, z.array(choiceSchema), []);
  }

  choices(): Promise<readonly RepairChoice[]> {
    return this.file.read();
  }

  /** Takes the place of what was chosen there before. */
  async add(choice: RepairChoice): Promise<void> {
    const others = (await this.choices()).filter(({ placeId }) => placeId !== choice.placeId);
    await this.file.write([...others, choice].slice(-KEPT));
  }
}
