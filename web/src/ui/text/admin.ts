import "./account";
import { learn } from "./text";

/** What administrators read. */
export const admin = {
  "admin.title": "Administration",
  "admin.parts": "Parts of the administration",
  "admin.users": "Accounts",
  "admin.audit": "What happened",
  "admin.forbidden": "This is for the administrators of this server.",
  "admin.find": "Find",
  "admin.nothing": "Nothing like it",
  "admin.nothingText": "Ask for less, and more will come.",
  "admin.saved": "Saved. It holds everywhere within five seconds.",
  "admin.never": "never",
  "admin.users.search": "Part of a username or an address",
  "admin.users.about": "{email}, here since {since}, seen {used}",
  "admin.roleOf": "Role of {name}",
  "admin.role.user": "User",
  "admin.role.artist": "Artist",
  "admin.role.moderator": "Moderator",
  "admin.role.admin": "Administrator",
  "admin.banned": "Banned",
  "admin.ban": "Ban",
  "admin.unban": "Lift the ban",
  "admin.banOne": "Ban {name}",
  "admin.unbanOne": "Lift the ban on {name}",
  "admin.banText": "They are signed out everywhere within seconds and cannot come back. Their music stays.",
  "admin.banReason": "What they are told",
  "admin.audit.action": "What",
  "admin.audit.actor": "By whom (id)",
  "admin.audit.from": "From",
  "admin.audit.to": "Until",
  "admin.audit.csv": "All of it as CSV",
  "admin.audit.at": "When",
  "admin.audit.who": "By whom",
  "admin.audit.whom": "To whom",
  "admin.audit.where": "Where from",
  "admin.audit.changes": "Changes",
  "admin.audit.erased": "Erased",
} as const;

learn(admin);
