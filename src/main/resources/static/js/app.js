import Alpine from '../vendor/alpine-csp-3.17.4.min.js';
import { chat } from './chat.js';
import { startSidebar } from './sidebar.js';

Alpine.data('chat', chat);
Alpine.start();
startSidebar();
