import { Button } from "@/ui/Button";
import { SistrumState } from "@/ui/SistrumState";
import { t } from "@/ui/text/text";

/** A mistake of ours inside a page: the shell and the sound around it go on. */
export function CrashPage() {
  return (
    <SistrumState figure="broken" heading={t("state.crash.heading")} text={t("state.crash.text")}>
      <div className="acts">
        <Button look="accent" onClick={() => location.reload()}>
          {t("state.reload")}
        </Button>
      </div>
    </SistrumState>
  );
}
