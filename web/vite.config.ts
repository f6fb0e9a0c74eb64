import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { compressed } from './scripts/compressed.ts'
import { keptOffline } from './scripts/kept-offline.ts'
import { licences } from './scripts/licences.ts'

export default defineConfig({
  plugins: [svelte(), licences(), keptOffline(), compressed()],
  build: {
    outDir: '../src/pilgi/serve/page',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // a data: URI is what the page's policy refuses
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { page: 'index.html', sw: 'src/service-worker.ts' },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
})
