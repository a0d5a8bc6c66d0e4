import "@/ui/account.css";
import { Loading } from "@/ui/Loading";
import { Skeleton } from "@/ui/Skeleton";

/** The shape of a person before they are here. */
export function PersonSkeleton() {
  return (
    <div className="bleed person">
      <Loading>
        <span className="banner-picture" />
        <div className="inner">
          <div className="person-head">
            <Skeleton className="avatar avatar-160" />
            <div className="words">
              <Skeleton className="h-10 w-3/5" />
              <Skeleton className="h-4 w-2/5 mt-3" />
            </div>
          </div>
        </div>
      </Loading>
    </div>
  );
}
