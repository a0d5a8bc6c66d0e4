import "@/ui/text/account";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { asProblem } from "@/api/problem";
import { personQuery } from "@/features/profile/api";
import { PersonAbout } from "@/features/profile/components/PersonAbout";
import { PersonHead } from "@/features/profile/components/PersonHead";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { share } from "@/ui/share";
import { t } from "@/ui/text/text";
import { usePageTint } from "@/ui/usePageTint";
import { useTitle } from "@/ui/useTitle";
import { useViewerId } from "../useViewerId";
import { NothingHere } from "./NothingHere";
import { PersonSkeleton } from "./PersonSkeleton";
import { useCurrentName } from "./useCurrentName";

const route = getRouteApi("/user/$name");

/** A person as everybody sees them. */
export function UserPage() {
  const { name } = route.useParams();
  const viewerId = useViewerId();
  const { data: person, error, isError, refetch } = useQuery(personQuery(name));
  useTitle(person?.display_name);
  useCurrentName(name, person?.username);
  usePageTint(person?.id ?? name, person?.banner);
  if (isError && !person) return <NothingHere problem={asProblem(error)} onRetry={() => void refetch()} />;
  if (!person) return <PersonSkeleton />;
  return (
    <article className="bleed person">
      <PersonHead person={person}>
        <div className="acts">
          <IconButton icon="share" name={t("track.share")} onClick={() => void share(`/user/${person.username}`, person.display_name)} />
          {person.id === viewerId && (
            <Link to="/settings" search={{ tab: "profile" }} className="btn btn-ghost btn-s">
              <Icon name="edit" small />
              {t("artist.edit.button")}
            </Link>
          )}
        </div>
      </PersonHead>
      <div className="inner inner-end">
        <PersonAbout person={person} />
      </div>
    </article>
  );
}
