import "@/ui/text/account";
import { getRouteApi } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { ApiProblem } from "@/api/problem";
import { MODES, REALMS } from "@/features/appearance/appearance";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Cover } from "@/ui/Cover";
import { Dialog } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { MenuItem } from "@/ui/MenuItem";
import { Note } from "@/ui/Note";
import { Portrait } from "@/ui/Portrait";
import { ProblemState } from "@/ui/problem/ProblemState";
import { SelectField } from "@/ui/SelectField";
import { SistrumState } from "@/ui/SistrumState";
import { Skeleton } from "@/ui/Skeleton";
import { TextArea } from "@/ui/TextArea";
import { TextField } from "@/ui/TextField";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { DesignMusic } from "./DesignMusic";

const route = getRouteApi("/design");
const LOOKS = ["accent", "solid", "ghost", "plain", "danger"] as const;
const STATUSES = [0, 403, 404, 429, 500];
const LIGHTS = MODES.filter((mode) => mode !== "system");

/** Every part of the kit in every realm and light, side by side. In development only. */
export function DesignPage() {
  const { realm, mode } = route.useSearch();
  useEffect(() => {
    if (realm) document.documentElement.dataset.realm = realm;
    if (mode) document.documentElement.dataset.mode = mode;
  }, [realm, mode]);
  return <div className="fixed inset-0 z-50 overflow-auto bg-surface-0 p-6">{realm && mode ? <Kit /> : <Themes />}</div>;
}

/** A realm's tokens live on the root of a document, so each theme has a document of its own. */
function Themes() {
  return (
    <div className="grid grid-cols-2 gap-6">
      {REALMS.flatMap((realm) =>
        LIGHTS.map((mode) => (
          <iframe
            key={realm + mode}
            className="w-full h-[4200px]"
            title={`${t(`look.realm.${realm}`)}, ${t(`look.mode.${mode}`)}`}
            src={`/design?realm=${realm}&mode=${mode}`}
          />
        )),
      )}
    </div>
  );
}

function Kit() {
  return (
    <div className="grid gap-8">
      <h1 className="display text-3xl">{t("app.name")}</h1>
      <Buttons />
      <Fields />
      <Pictures />
      <Overlays />
      <DesignMusic />
      <Note icon="info">{t("state.error.text")}</Note>
      <Note icon="wifiOff" look="warn">
        {t("app.offline")}
      </Note>
      <Note icon="alert" look="bad">
        {t("problem.offline")}
      </Note>
      <Skeleton className="h-12" />
      <SistrumState figure="empty" heading={t("home.empty.heading")} text={t("home.empty.text")} level={2} />
      {STATUSES.map((status) => (
        <ProblemState
          key={status}
          problem={new ApiProblem(status, { request_id: "0a1b" }, status === 429 ? 30 : undefined)}
          onRetry={() => say(t("state.tryAgain"))}
          level={2}
        />
      ))}
    </div>
  );
}

const Line = ({ children }: { children: ReactNode }) => <div className="flex flex-wrap items-center gap-3">{children}</div>;

function Buttons() {
  return (
    <>
      {LOOKS.map((look) => (
        <Line key={look}>
          <Button look={look}>{t("edit.save")}</Button>
          <Button look={look} size="s">
            <Icon name="check" small />
            {t("edit.save")}
          </Button>
          <Button look={look} size="l">
            {t("edit.save")}
          </Button>
          <Button look={look} busy>
            {t("edit.save")}
          </Button>
          <Button look={look} disabled>
            {t("edit.save")}
          </Button>
        </Line>
      ))}
      <Line>
        <IconButton icon="shuffle" name={t("player.shuffle")} />
        <IconButton icon="shuffle" name={t("player.shuffle")} aria-pressed />
        <IconButton icon="shuffle" name={t("player.shuffle")} disabled />
        <span className="badge">{t("visibility.private")}</span>
        <span className="badge badge-accent">{t("visibility.public")}</span>
        <span className="badge badge-bad">{t("about.part.unhealthy")}</span>
        <button type="button" className="chip" aria-pressed>
          {t("search.tab.all")}
        </button>
        <button type="button" className="chip" aria-pressed={false}>
          {t("search.tab.tracks")}
        </button>
        <kbd>{t("search.fieldKeys")}</kbd>
      </Line>
    </>
  );
}

function Fields() {
  const [mode, setMode] = useState<"light" | "dark">("light");
  const choices = LIGHTS.map((value) => ({ value, label: t(`look.mode.${value}`) }));
  return (
    <div className="grid gap-5 max-w-[480px]">
      <TextField label={t("signUp.displayName")} hint={t("profile.nameHint")} />
      <TextField label={t("signUp.email")} problem={t("problem.unreadable")} type="email" />
      <TextField label={t("release.fact.released")} type="date" />
      <TextArea label={t("artist.edit.bio")} rows={3} />
      <SelectField label={t("look.mode")} value={mode} choices={choices} onChange={setMode} />
      <fieldset className="flex gap-5">
        {LIGHTS.map((value) => (
          <label key={value} className="choice">
            <input type="radio" name="light" defaultChecked={value === "light"} />
            {t(`look.mode.${value}`)}
          </label>
        ))}
      </fieldset>
      <label className="check">
        <input type="checkbox" defaultChecked />
        {t("track.explicit")}
      </label>
      <input type="range" className="slider" aria-label={t("player.volume")} defaultValue={70} />
    </div>
  );
}

function Pictures() {
  return (
    <Line>
      <span className="w-32">
        <Cover seed="salt" url={null} />
      </span>
      <span className="w-32">
        <Portrait seed="ilse" picture={null} />
      </span>
      <Avatar name={t("app.name")} />
    </Line>
  );
}

function Overlays() {
  const [asked, setAsked] = useState(false);
  return (
    <Line>
      <Button onClick={() => setAsked(true)}>{t("track.delete")}</Button>
      <Button onClick={() => say(t("edit.saved"), { label: t("queue.undo"), act: () => undefined })}>{t("queue.undo")}</Button>
      <Menu trigger={<Button>{t("nav.browse")}</Button>} name={t("nav.browse")}>
        <MenuItem icon="share" label={t("track.share")} onSelect={() => say(t("share.copied"))} />
        <MenuItem icon="trash" label={t("track.delete")} danger onSelect={() => setAsked(true)} />
      </Menu>
      <Dialog open={asked} onClose={() => setAsked(false)} heading={t("track.delete")} text={t("state.error.text")}>
        <footer>
          <Button onClick={() => setAsked(false)}>{t("edit.cancel")}</Button>
        </footer>
      </Dialog>
    </Line>
  );
}
