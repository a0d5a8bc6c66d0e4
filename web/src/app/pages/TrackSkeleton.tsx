import { Loading } from "@/ui/Loading";
import { Skeleton } from "@/ui/Skeleton";

/** The shape of a track page before it is here. */
export function TrackSkeleton() {
  return (
    <Loading>
      <div className="track-head">
        <Skeleton className="w-full aspect-square rounded-cover" />
        <div>
          <Skeleton className="h-12 w-2/3" />
          <Skeleton className="h-5 w-1/3 mt-4" />
        </div>
      </div>
      <Skeleton className="lake" />
    </Loading>
  );
}
