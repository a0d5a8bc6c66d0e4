import { useId, useSyncExternalStore } from "react";
import { t } from "@/ui/text/text";
import { changeAppearance, currentAppearance, MODES, REALMS, subscribeAppearance } from "../appearance";

/** Realm and light, all of them seen. */
export function AppearanceSettings() {
  const { realm, mode } = useSyncExternalStore(subscribeAppearance, currentAppearance);
  const id = useId();
  return (
    <div className="grid gap-8 max-w-[560px]">
      <fieldset aria-describedby={`${id}-realm`}>
        <legend className="legend">{t("settings.realm")}</legend>
        <p className="text-muted text-sm" id={`${id}-realm`}>
          {t("settings.realmHint")}
        </p>
        <div className="realms realms-l">
          {REALMS.map((value) => (
            <label key={value} className="realm" data-state={value === realm ? "checked" : undefined}>
              <input
                type="radio"
                className="sr-only"
                name={`${id}-realms`}
                checked={value === realm}
                onChange={() => changeAppearance({ realm: value })}
              />
              <i data-realm-sample={value} aria-hidden="true" />
              {t(`look.realm.${value}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset aria-describedby={`${id}-mode`}>
        <legend className="legend">{t("settings.mode")}</legend>
        <p className="text-muted text-sm" id={`${id}-mode`}>
          {t("settings.modeHint")}
        </p>
        {MODES.map((value) => (
          <label key={value} className="choice">
            <input type="radio" name={`${id}-modes`} checked={value === mode} onChange={() => changeAppearance({ mode: value })} />
            {t(`look.mode.${value}`)}
          </label>
        ))}
      </fieldset>
    </div>
  );
}
