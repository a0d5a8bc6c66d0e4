import { Loading } from "@/ui/Loading";
import { CardsSkeleton } from "./CardsSkeleton";
import { RowsSkeleton } from "./RowsSkeleton";

/** The shape of what is about to be found. */
export function SearchSkeleton() {
  return (
    <Loading>
      <CardsSkeleton />
      <div className="shelf">
        <RowsSkeleton />
      </div>
    </Loading>
  );
}
