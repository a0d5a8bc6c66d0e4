import { Loading } from "@/ui/Loading";
import { Skeleton } from "@/ui/Skeleton";
import { CardsSkeleton } from "./CardsSkeleton";

const LINES = [1, 2, 3, 4, 5];

/** The shape of home before it is here. */
export function HomeSkeleton() {
  return (
    <Loading>
      <div className="hero" data-two>
        <Skeleton className="h-[304px] rounded-lg! max-md:h-[260px]" />
        <div className="cont">
          {LINES.map((line) => (
            <div key={line} className="li">
              <Skeleton className="size-11 rounded-cover" />
              <div>
                <Skeleton className="h-4 w-2/3" />
                <Skeleton className="h-3 w-1/3 mt-2" />
              </div>
            </div>
          ))}
        </div>
      </div>
      <CardsSkeleton />
    </Loading>
  );
}
