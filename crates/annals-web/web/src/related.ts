// What belongs together: the selection as marks of pictures, and what it has to do with.

import type { Selected, Shown } from "./page.svelte";
import type { EventSeen } from "./types";

const key = (kind: string) => (id: number): string => `${kind}:${id}`;
const [eventKey, stateKey, thingKey, roadKey] = [key("event"), key("state"), key("thing"), key("road")];

/** The marks that stand for the selection itself. */
export function selectedKeys(selected: Selected | null): Set<string> {
  switch (selected?.kind) {
    case "event":
      return new Set([eventKey(selected.event.id)]);
    case "state":
      return new Set([stateKey(selected.state.id)]);
    case "thing":
      return new Set([thingKey(selected.thing.id)]);
    case "road":
      return new Set([roadKey(selected.road.id)]);
    case "claim":
      return new Set([eventKey(selected.claim.event)]);
    default:
      return new Set();
  }
}

export function thingsOf(event: EventSeen): number[] {
  return [...event.roles, ...event.circumstances].flatMap((r) => r.things);
}

/** The marks that have to do with the selection. */
export function related(selected: Selected | null, shown: Shown): Set<string> {
  const keys = new Set<string>();
  const add = (list: readonly number[], make: (id: number) => string): void => {
    for (const id of list) {
      keys.add(make(id));
    }
  };
  const { events, states } = shown.overview;
  switch (selected?.kind) {
    case "event":
      add(thingsOf(selected.event), thingKey);
      add(selected.event.part_of, eventKey);
      add(events.filter((e) => e.part_of.includes(selected.event.id)).map((e) => e.id), eventKey);
      add(sharing(selected.event.claims, states), stateKey);
      break;
    case "state":
      add(selected.state.things, thingKey);
      add(sharing(selected.state.claims, events), eventKey);
      break;
    case "thing": {
      const id = selected.thing.id;
      add(events.filter((e) => thingsOf(e).includes(id)).map((e) => e.id), eventKey);
      add(states.filter((s) => s.things.includes(id)).map((s) => s.id), stateKey);
      break;
    }
    case "road":
      add([selected.road.from, ...selected.road.via, selected.road.to], thingKey);
      break;
    case "claim":
      add(sharing([selected.claim.id], states), stateKey);
      break;
    default:
  }
  return keys;
}

function sharing(claims: readonly number[], parts: readonly { id: number; claims: number[] }[]): number[] {
  return parts.filter((p) => p.claims.some((c) => claims.includes(c))).map((p) => p.id);
}
