import { randomBytes } from 'node:crypto';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorFor } from '../../shared/error-texts';
import { writeAside } from '../files/write-aside';
import { sizeMultiple } from '../network/architecture';
import { plainGraph } from '../network/inference';
import { lowerToOnnx } from '../runtime/onnx/lower';
import { encodeModel, OPSET } from '../runtime/onnx/encode-model';
import { ADAPTER_METADATA, LARGEST_SIDE, plainAdapter, SMALLEST_SIDE } from '../models/adapter';
import { isModelId, type ModelFolder, readWeights } from '../models/model-folder';

/**
 * Writes a model as one ONNX file for other programs: `image` (1,3,side,side) and `mask` (1,1,side,side) to `output`
 * (1,3,side,side), float32. The file's metadata say the ranges, the opset, the licence, and how this program talks to it.
 * @throws StudioError `bad-request` for a side that the network cannot take; what `readWeights` and `writeAside` throw
 */
export async function exportOnnx(model: ModelFolder, file: string, side: number): Promise<void> {
  const { architecture, name, description, licence, weights } = model.manifest;
  const multiple = sizeMultiple(architecture);
  if (!Number.isInteger(side / multiple) || side < SMALLEST_SIDE || side > LARGEST_SIDE) {
    throw errorFor('side-not-exported', { side, multiple, least: SMALLEST_SIDE, most: LARGEST_SIDE });
  }
  const { graph, layout } = plainGraph(architecture, side);
  const fixed = await readWeights(model, layout);
  const bytes = encodeModel(
    lowerToOnnx(graph, {
      fixed,
      metadata: {
        [ADAPTER_METADATA]: JSON.stringify(plainAdapter(side)),
        name,
        description,
        licence: licence.weights,
        'licence of the training pictures': licence.data.join('; '),
        'sha256 of the original weights': weights.sha256,
        opset: String(OPSET),
        image: `float32 1x3x${side}x${side}, RGB, 0 to 1`,
        mask: `float32 1x1x${side}x${side}, 1 = hole, 0 = known`,
        output: `float32 1x3x${side}x${side}, RGB, 0 to 1; the whole picture, also outside the hole`,
      },
    }),
  );
  await writeAside(path.resolve(file), bytes);
}

/**
 * Copies a model's folder; the copy appears whole or not at all.
 * @param to a path that does not exist yet; its last part becomes the model's id
 */
export async function exportFolder(from: string, to: string): Promise<void> {
  const target = path.resolve(to);
  const id = path.basename(target);
  if (!isModelId(id)) {
    throw errorFor('not-a-model-folder-name', { name: id });
  }
  if ((await stat(target).catch(() => null)) !== null) {
    throw errorFor('folder-taken', { name: id }, { file: target });
  }
  const parent = path.dirname(target);
  const aside = path.join(parent, `.inpaint-${randomBytes(6).toString('hex')}.part`);
  try {
    await mkdir(parent, { recursive: true });
    await cp(from, aside, { recursive: true, errorOnExist: true });
    await rename(aside, target);
  } catch (cause) {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
    throw errorFor('folder-not-written', { name: id }, { file: target, cause });
  }
}
