import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { copyText } from "@/ui/SecretText";
import { t } from "@/ui/text/text";

/** The codes for the day the phone is lost: shown once, to be kept elsewhere. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <div className="grid gap-4">
      <ul className="codes" aria-label={t("security.codes")} dir="ltr">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="acts">
        <Button look="ghost" size="s" onClick={() => void copyText(codes.join("\n"))}>
          <Icon name="copy" small />
          {t("copy.button")}
        </Button>
        <Button look="ghost" size="s" onClick={() => download(codes)}>
          <Icon name="down" small />
          {t("security.codes.download")}
        </Button>
        <Button look="ghost" size="s" onClick={() => window.print()}>
          <Icon name="printer" small />
          {t("security.codes.print")}
        </Button>
      </div>
      <footer>
        <Button look="accent" onClick={onDone}>
          {t("security.codes.kept")}
        </Button>
      </footer>
    </div>
  );
}

function download(codes: readonly string[]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${codes.join("\n")}\n`], { type: "text/plain" }));
  link.download = "hathor-recovery-codes.txt";
  link.click();
  URL.revokeObjectURL(link.href);
}
