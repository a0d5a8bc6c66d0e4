import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Icon } from "@/ui/Icon";
import { ListState } from "@/ui/ListState";
import { problemSentence } from "@/ui/problem/problemSentence";
import { Section } from "@/ui/Section";
import { formatAgo, formatMoment } from "@/ui/text/dates";
import { t } from "@/ui/text/text";
import { say } from "@/ui/toast/toasts";
import { type Device, endDevice, endOtherDevices, sessionsQuery } from "../api";
import { isSmall } from "../device";

/** Every device that is signed in, and the way to sign it out. */
export function SessionsSection() {
  const cache = useQueryClient();
  const sessions = useQuery(sessionsQuery());
  const [asking, setAsking] = useState(false);
  return (
    <Section heading={t("security.sessions")} text={t("security.sessions.text")}>
      <ListState query={sessions}>
        {(devices) => (
          <>
            <ul className="things" aria-label={t("security.sessions")}>
              {devices.map((device) => (
                <DeviceRow key={device.id} device={device} />
              ))}
            </ul>
            {devices.length > 1 && (
              <Button look="ghost" className="justify-self-start" onClick={() => setAsking(true)}>
                {t("security.sessions.endOthers")}
              </Button>
            )}
          </>
        )}
      </ListState>
      {asking && (
        <ConfirmDialog
          heading={t("security.sessions.endHeading")}
          text={t("security.sessions.endText")}
          confirm={t("security.sessions.endOthers")}
          act={() => endOtherDevices(cache)}
          onDone={() => say(t("security.sessions.ended"))}
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const cache = useQueryClient();
  const end = useMutation({
    mutationFn: () => endDevice(cache, device.id),
    onError: (error) => say(problemSentence(asProblem(error))),
  });
  const name = device.device || device.agent || t("security.sessions.unknown");
  return (
    <li className="thing">
      <Icon name={isSmall(device.agent ?? "") ? "phone" : "system"} />
      <div className="min-w-0">
        <p className="font-medium truncate" title={device.agent ?? undefined}>
          {name}
        </p>
        <p className="text-muted text-sm" title={formatMoment(device.created_at)}>
          {device.current ? t("security.sessions.current") : t("security.sessions.used", { when: formatAgo(device.last_used_at) })}
        </p>
      </div>
      {!device.current && (
        <Button
          look="plain"
          size="s"
          busy={end.isPending}
          aria-label={t("security.sessions.endOne", { name })}
          onClick={() => end.mutate()}
        >
          {t("account.signOut")}
        </Button>
      )}
    </li>
  );
}
