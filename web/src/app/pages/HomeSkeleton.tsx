import { Loading } from "@/ui/Loading";
import { Skeleton } from "@/ui/Skeleton";

const CARDS = [1, 2, 3, 4, 5, 6];

/** The shape of home before it is here. */
export function HomeSkeleton() {
  return (
    <Loading>
      <Skeleton className="h-[304px] rounded-lg max-md:h-[260px]" />
      <div className="shelf grid-cards">
        {CARDS.map((card) => (
          <div key={card}>
            <Skeleton className="aspect-square rounded-cover" />
            <Skeleton className="h-4 w-2/3 mt-3" />
          </div>
        ))}
      </div>
    </Loading>
  );
}
