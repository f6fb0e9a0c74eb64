import { mount } from 'svelte'
import App from './App.svelte'
import './app.css'

const target = document.getElementById('page')
if (target) mount(App, { target })

if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js')
