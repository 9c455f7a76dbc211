/**
 * ONNX Runtime as this program takes it: silent. Its library (1.30, Linux) reports to its maker what it is used for, over the
 * network, and leaves files of that in the home folder and among the temporary files. The variable is read when the first session
 * is made, so whoever makes one imports it from here.
 */
export { InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';

process.env['ORT_DISABLE_TELEMETRY'] = '1';
