import { Skeleton } from "@/ui/Skeleton";

const CARDS = [1, 2, 3, 4, 5, 6];

/** The shape of cards before they are here. */
export function CardsSkeleton({ arch = false }: { arch?: boolean }) {
  return (
    <div className="shelf grid-cards">
      {CARDS.map((card) => (
        <div key={card}>
          <Skeleton className={arch ? "portrait" : "aspect-square rounded-cover"} />
          <Skeleton className={`h-4 w-2/3 mt-3 ${arch ? "mx-auto" : ""}`} />
        </div>
      ))}
    </div>
  );
}
