import type { ReactNode } from "react";
import { Avatar } from "@/ui/Avatar";
import { Icon } from "@/ui/Icon";
import { formatReleaseDate } from "@/ui/text/dates";
import { t } from "@/ui/text/text";
import type { Person } from "../api";
import { BannerPicture } from "./BannerPicture";

/** A person's pictures, names, and where and since when they are here. */
export function PersonHead({ person, children }: { person: Person; children?: ReactNode }) {
  const name = person.display_name || person.username;
  return (
    <>
      <BannerPicture seed={person.id} picture={person.banner} sizes="100vw" />
      <div className="inner">
        <header className="person-head">
          <Avatar name={name} picture={person.avatar} size={160} />
          <div className="words">
            <h1 className="display clamp-3" dir="auto">
              {name}
            </h1>
            <p className="person-facts">
              <span dir="ltr">{`@${person.username}`}</span>
              {person.location && (
                <span>
                  <Icon name="place" small />
                  <bdi>{person.location}</bdi>
                </span>
              )}
              <span>{t("person.since", { date: formatReleaseDate(person.joined_at.slice(0, 7)) })}</span>
            </p>
          </div>
          {children}
        </header>
      </div>
    </>
  );
}
