// The language server over a WebSocket: one JSON-RPC message a text frame.

import type { Transport } from "@codemirror/lsp-client";

export interface Ends {
  opened(transport: Transport): void;
  closed(): void;
}

/** Pauses between attempts to connect anew, in milliseconds. */
const PAUSES = [500, 1000, 2000, 5000, 10_000];

export function connect(ends: Ends): void {
  let attempt = 0;
  const dial = (): void => {
    const address = new URL("lsp", location.href.split("#")[0]);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    let handlers: ((message: string) => void)[] = [];
    let open = false;
    socket.addEventListener("open", () => {
      attempt = 0;
      open = true;
      ends.opened({
        send: (message) => socket.send(message),
        subscribe: (handler) => {
          handlers.push(handler);
        },
        unsubscribe: (handler) => {
          handlers = handlers.filter((h) => h !== handler);
        },
      });
    });
    socket.addEventListener("message", (event: MessageEvent<string>) => {
      for (const handler of handlers) {
        handler(event.data);
      }
    });
    socket.addEventListener("close", () => {
      if (open) {
        ends.closed();
      }
      open = false;
      setTimeout(dial, PAUSES[Math.min(attempt, PAUSES.length - 1)]);
      attempt += 1;
    });
  };
  dial();
}
