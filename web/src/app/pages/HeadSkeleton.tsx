import { Loading } from "@/ui/Loading";
import { Skeleton } from "@/ui/Skeleton";

const ROWS = [1, 2, 3, 4, 5, 6];

/** The shape of a release, or of an artist, before it is here. */
export function HeadSkeleton({ arch = false }: { arch?: boolean }) {
  return (
    <div className="bleed">
      <Loading>
        <div className="head head-coming">
          <div className="inner">
            <Skeleton className={arch ? "portrait big-portrait" : "cover"} />
            <div className="words">
              <Skeleton className="h-4 w-24" />
              <Skeleton className="h-16 w-3/5 my-4" />
              <Skeleton className="h-5 w-2/5" />
            </div>
          </div>
        </div>
        <div className="inner">
          <div className="head-acts">
            <Skeleton className="size-15 rounded-full!" />
          </div>
          {ROWS.map((row) => (
            <div key={row} className="flex items-center gap-4 h-(--row-h)">
              <Skeleton className="h-4 w-6" />
              <Skeleton className="h-4 w-2/5" />
              <Skeleton className="h-4 w-10 ms-auto" />
            </div>
          ))}
        </div>
      </Loading>
    </div>
  );
}
