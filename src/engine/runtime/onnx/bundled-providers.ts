import { listSupportedBackends } from './onnxruntime';

/**
 * Execution providers that this build of ONNX Runtime holds, those with hardware acceleration first, the CPU last.
 * Whether one runs here, only a trial tells.
 */
export function bundledProviders(): string[] {
  const names = listSupportedBackends().map((backend) => backend.name);
  return [...names.filter((name) => name !== 'cpu'), 'cpu'];
}
