import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { importRules } from './scripts/lint/import-rules.mjs';
import { textRules } from './scripts/lint/text-rules.mjs';

export default defineConfig(
  globalIgnores([
    'out/',
    'dist/',
    '.cache/',
    'test-results/',
    'playwright-report/',
    'coverage/',
    'models/',
    'cluster/',
  ]),
  {
    name: 'every file',
    extends: [js.configs.recommended],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['warn', { max: 400 }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Formatting is Prettier's, which writes no accidental line breaks.
      'no-unexpected-multiline': 'off',
      // The type check knows the globals of each layer better.
      'no-undef': 'off',
    },
  },
  {
    name: 'typescript',
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Interfaces ask for promises where an implementation may have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Builders hand out their functions by destructuring; those that are methods use no `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Event handlers may be async: their failures are caught inside.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  ...importRules,
  {
    name: 'renderer',
    files: ['src/renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended']],
    plugins: { texts: textRules },
    rules: { 'texts/read-late': 'error' },
  },
  {
    name: 'errors',
    files: ['src/**/*.{ts,tsx}'],
    // Where an error is made of its reason, or again of what another process reports.
    ignores: [
      '**/*.test.{ts,tsx}',
      'src/shared/error-texts/index.ts',
      'src/shared/rpc.ts',
      'src/renderer/texts/reports.ts',
      'src/engine/image/decode/decode-process.ts',
      'src/engine/inference/inference-process.ts',
      'src/engine/train/prefetcher.ts',
    ],
    plugins: { texts: textRules },
    rules: { 'texts/errors-by-reason': 'error' },
  },
  {
    name: 'tests',
    files: ['**/*.test.{ts,tsx}', 'e2e/**/*.ts'],
    rules: {
      // Tests feed broken values on purpose and read untyped files.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);
