/// <reference types="svelte" />
/// <reference types="vite/client" />

/** Whether this is the build for static sites. */
declare const __SITE__: boolean;
