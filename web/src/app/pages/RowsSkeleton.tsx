import { Loading } from "@/ui/Loading";
import { Skeleton } from "@/ui/Skeleton";

const ROWS = [1, 2, 3, 4, 5];

/** The shape of a list before it is here. */
export function RowsSkeleton() {
  return (
    <Loading>
      {ROWS.map((row) => (
        <div key={row} className="row">
          <Skeleton className="size-11 rounded-cover" />
          <div>
            <Skeleton className="h-4 w-1/2" />
            <Skeleton className="h-3 w-1/3 mt-2" />
          </div>
        </div>
      ))}
    </Loading>
  );
}
