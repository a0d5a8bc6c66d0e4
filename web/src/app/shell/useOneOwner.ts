import { useQueryClient } from "@tanstack/react-query";
import { useContext, useEffect, useRef } from "react";
import type { Session } from "@/api/session";
import { UploadContext } from "@/features/uploads/useUploads";

/** What one person loaded is not shown to the next: a change of person empties cache and upload list. Sound goes on. */
export function useOneOwner(session: Session): void {
  const cache = useQueryClient();
  const uploads = useContext(UploadContext);
  const owner = session.is === "signedIn" ? session.user.id : session.is;
  const known = useRef(owner);
  useEffect(() => {
    if (known.current === owner) return;
    const before = known.current;
    known.current = owner;
    if (before === "unknown") return;
    if (before !== "anonymous") uploads.clear();
    void cache.resetQueries();
  }, [owner, cache, uploads]);
}
