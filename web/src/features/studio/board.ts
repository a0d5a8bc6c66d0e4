import type { Picture, ReleaseProposal } from "@/api/types";
import { without } from "./order";
import { type Sheet, type SheetTrack, sheetOfProposal, sheetTrack } from "./sheet";

/** One release to be: what the server proposed and what the person made of it. */
export interface Draft {
  /** The proposal it grew from, or a name of its own after a split. */
  key: string;
  sheet: Sheet;
  /** Pictures that lay beside the files. */
  covers: Picture[];
  /** What the server found worth a word, as in `missing_numbers`. */
  notes: string[];
  /** What the server proposed last, by which name: as long as nobody edits it, the draft follows. */
  proposed: Proposed | undefined;
}

interface Proposed {
  key: string;
  sheet: Sheet;
}

/** Everything on the review page. */
export interface Board {
  drafts: Draft[];
  /** Tracks that go on no release this time. */
  left: SheetTrack[];
}

export type Move =
  /** What the server proposes now: states move on, new tracks come, deleted ones go; what was edited stays. */
  | { do: "sync"; proposals: readonly ReleaseProposal[] }
  | { do: "edit"; key: string; change: Partial<Sheet> }
  | { do: "transfer"; track: string; to: string }
  /** From this track on, into a release of its own. */
  | { do: "split"; key: string; track: string }
  | { do: "merge"; key: string; into: string }
  | { do: "leave"; track: string }
  | { do: "leaveAll"; key: string }
  | { do: "take"; track: string; to: string }
  | { do: "published"; key: string };

export const EMPTY: Board = { drafts: [], left: [] };

/** The board after a move. */
export function review(board: Board, move: Move): Board {
  switch (move.do) {
    case "sync":
      return sync(board, move.proposals);
    case "edit":
      return edit(board, move.key, (draft) => ({ ...draft, sheet: { ...draft.sheet, ...move.change } }));
    case "transfer":
    case "take":
      return transfer(board, move.track, move.to);
    case "split":
      return split(board, move.key, move.track);
    case "merge":
      return merge(board, move.key, move.into);
    case "leave":
      return leave(board, [move.track]);
    case "leaveAll":
      return leave(
        board,
        tracksOf(board, move.key).map(({ id }) => id),
      );
    case "published":
      return { ...board, drafts: board.drafts.filter(({ key }) => key !== move.key) };
  }
}

/** Every track on the board. */
export function allTracks({ drafts, left }: Board): SheetTrack[] {
  return [...drafts.flatMap(({ sheet }) => sheet.tracks), ...left];
}

function sync(board: Board, proposals: readonly ReleaseProposal[]): Board {
  const fresh = new Map(proposals.flatMap(({ tracks }) => tracks).map((track) => [track.id, track]));
  const renewed = (tracks: readonly SheetTrack[]) =>
    tracks.flatMap((known) => {
      const track = fresh.get(known.id);
      return track ? [renew(known, sheetTrack(track))] : [];
    });
  const known = new Set(allTracks(board).map(({ id }) => id));
  const kept: Board = {
    left: renewed(board.left),
    drafts: board.drafts.map((draft) => ({ ...draft, sheet: { ...draft.sheet, tracks: renewed(draft.sheet.tracks) } })),
  };
  const keys = new Set(proposals.map(({ key }) => key));
  return tidy(proposals.reduce((grown, proposal) => grow(grown, proposal, known, keys), kept));
}

/** What the person has not touched follows the server. */
function renew(known: SheetTrack, fresh: SheetTrack): SheetTrack {
  const before = sheetTrack(known.track);
  const untouched = (field: "title" | "explicit" | "disc" | "credits") => JSON.stringify(known[field]) === JSON.stringify(before[field]);
  const followed = (["title", "explicit", "disc", "credits"] as const).filter(untouched).map((field) => [field, fresh[field]]);
  return { ...known, track: fresh.track, ...Object.fromEntries(followed) };
}

/** Puts what a proposal has new onto the board. */
function grow(board: Board, proposal: ReleaseProposal, known: ReadonlySet<string>, keys: ReadonlySet<string>): Board {
  const come = proposal.tracks.filter(({ id }) => !known.has(id)).map(sheetTrack);
  const { covers, notes, key } = proposal;
  const proposed = { key, sheet: sheetOfProposal(proposal) };
  const home = homeOf(board, proposal, keys);
  if (home) {
    return edit(board, home.key, (draft) => {
      const sheet = { ...follow(draft, proposed.sheet), tracks: withNew(draft.sheet.tracks, come, proposal) };
      return { key: draft.key, covers, notes, proposed, sheet };
    });
  }
  if (come.length === 0) return board;
  return { ...board, drafts: [...board.drafts, { key, sheet: { ...proposed.sheet, tracks: come }, covers, notes, proposed }] };
}

/** The draft that grew from a proposal. One that was read in another order goes by another name now: its tracks tell. */
function homeOf({ drafts }: Board, { key, tracks }: ReleaseProposal, keys: ReadonlySet<string>): Draft | undefined {
  const ids = new Set(tracks.map(({ id }) => id));
  const shared = ({ sheet }: Draft) => sheet.tracks.filter(({ id }) => ids.has(id)).length;
  const nameless = drafts.filter((draft) => draft.proposed && !keys.has(draft.proposed.key) && shared(draft) > 0);
  return drafts.find(({ proposed }) => proposed?.key === key) ?? nameless.toSorted((a, b) => shared(b) - shared(a))[0];
}

/** The fields of a draft: those that nobody has edited as the server has them now, since it knows more files. */
function follow({ sheet, proposed }: Draft, fresh: Sheet): Sheet {
  const isEdited = ([field, value]: [string, unknown]) => JSON.stringify(value) !== JSON.stringify(proposed?.sheet[field as keyof Sheet]);
  return { ...fresh, ...Object.fromEntries(Object.entries(sheet).filter(isEdited)) };
}

/** New tracks go where the proposal has them, unless somebody has arranged the others already: then to the end. */
function withNew(known: readonly SheetTrack[], come: readonly SheetTrack[], proposal: ReleaseProposal): SheetTrack[] {
  const places = new Map(proposal.tracks.map(({ id }, place) => [id, place]));
  const rank = ({ id }: SheetTrack) => places.get(id) ?? Number.MAX_SAFE_INTEGER;
  const all = [...known, ...come];
  const arranged = known.some((track, at) => at > 0 && rank(track) < rank(known[at - 1] ?? track));
  return arranged ? all : all.toSorted((a, b) => rank(a) - rank(b));
}

function transfer(board: Board, id: string, to: string): Board {
  const track = allTracks(board).find((other) => other.id === id);
  if (!track) return board;
  const rest = leave(board, [id]);
  const emptied = { ...rest, left: without(rest.left, id) };
  return tidy(edit(emptied, to, (draft) => ({ ...draft, sheet: { ...draft.sheet, tracks: [...draft.sheet.tracks, track] } })));
}

function split(board: Board, key: string, from: string): Board {
  const place = board.drafts.findIndex((draft) => draft.key === key);
  const draft = board.drafts[place];
  const at = draft?.sheet.tracks.findIndex(({ id }) => id === from) ?? -1;
  if (!draft || at < 1) return board;
  const { tracks } = draft.sheet;
  const rest: Draft = {
    ...draft,
    key: `${key} ${from}`,
    notes: [],
    proposed: undefined,
    sheet: { ...draft.sheet, title: "", tracks: tracks.slice(at) },
  };
  const first = { ...draft, sheet: { ...draft.sheet, tracks: tracks.slice(0, at) } };
  return { ...board, drafts: board.drafts.toSpliced(place, 1, first, rest) };
}

function merge(board: Board, key: string, into: string): Board {
  const tracks = tracksOf(board, key);
  const covers = board.drafts.find((draft) => draft.key === key)?.covers ?? [];
  const rest = { ...board, drafts: board.drafts.filter((draft) => draft.key !== key) };
  return edit(rest, into, (draft) => ({
    ...draft,
    covers: [...draft.covers, ...covers],
    sheet: { ...draft.sheet, tracks: [...draft.sheet.tracks, ...tracks] },
  }));
}

function leave(board: Board, ids: readonly string[]): Board {
  const gone = allTracks(board).filter(({ id }) => ids.includes(id));
  const drafts = board.drafts.map((draft) => ({
    ...draft,
    sheet: { ...draft.sheet, tracks: draft.sheet.tracks.filter(({ id }) => !ids.includes(id)) },
  }));
  return tidy({ drafts, left: [...board.left.filter(({ id }) => !ids.includes(id)), ...gone] });
}

/** A release without tracks is none. */
function tidy(board: Board): Board {
  return { ...board, drafts: board.drafts.filter(({ sheet }) => sheet.tracks.length > 0) };
}

function edit(board: Board, key: string, change: (draft: Draft) => Draft): Board {
  return { ...board, drafts: board.drafts.map((draft) => (draft.key === key ? change(draft) : draft)) };
}

function tracksOf({ drafts }: Board, key: string): SheetTrack[] {
  return drafts.find((draft) => draft.key === key)?.sheet.tracks ?? [];
}
