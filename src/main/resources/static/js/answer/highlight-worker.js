import hljs from '../../vendor/highlight-11.12.0.min.js';
import { piecesOf } from './spans.js';

/** Colours code in a worker. The page ends the worker if it takes too long. */
onmessage = ({ data: { text, language } }) => {
	postMessage(hljs.getLanguage(language) ? piecesOf(hljs.highlight(text, { language, ignoreIllegals: true }).value) : null);
};
