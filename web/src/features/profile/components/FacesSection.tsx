import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { asProblem } from "@/api/problem";
import type { User } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { chooseFiles } from "@/ui/chooseFiles";
import { problemSentence } from "@/ui/problem/problemSentence";
import { Section } from "@/ui/Section";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { changeFace, type Face } from "../api";
import { BannerPicture } from "./BannerPicture";

const ACCEPT = "image/jpeg,image/png,image/webp,image/gif,image/bmp";

/** The two pictures of a profile: the round one, and the wide one behind it. */
export function FacesSection({ user }: { user: User }) {
  return (
    <Section heading={t("profile.pictures")} text={t("profile.picturesText")}>
      <FaceField face="avatar" has={Boolean(user.avatar)}>
        <Avatar name={user.display_name || user.username} picture={user.avatar} size={96} />
      </FaceField>
      <FaceField face="banner" has={Boolean(user.banner)}>
        <BannerPicture seed={user.id} picture={user.banner} sizes="200px" className="banner-small" />
      </FaceField>
    </Section>
  );
}

function FaceField({ face, has, children }: { face: Face; has: boolean; children: ReactNode }) {
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: (file: File | null) => changeFace(cache, face, file),
    onSuccess: () => say(t("profile.pictureSaved")),
  });
  return (
    <div className="face">
      {children}
      <div className="grid gap-2 justify-items-start">
        <p className="font-medium">{t(`profile.${face}`)}</p>
        <div className="acts">
          <Button
            look="ghost"
            size="s"
            busy={change.isPending}
            aria-label={change.isPending ? undefined : t(`profile.${face}Choose`)}
            onClick={() => chooseFiles({ accept: ACCEPT }, ([file]) => file && change.mutate(file))}
          >
            {t(change.isPending ? "artist.edit.pictureComing" : "artist.edit.choosePicture")}
          </Button>
          {has && (
            <Button
              look="plain"
              size="s"
              busy={change.isPending}
              aria-label={t(`profile.${face}Remove`)}
              onClick={() => change.mutate(null)}
            >
              {t("artist.edit.noPicture")}
            </Button>
          )}
        </div>
        {change.error ? (
          <p className="err" role="alert">
            {problemSentence(asProblem(change.error))}
          </p>
        ) : (
          <p className="hint">{t(`profile.${face}Hint`)}</p>
        )}
      </div>
    </div>
  );
}
