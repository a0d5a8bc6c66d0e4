import { Link } from "@tanstack/react-router";
import { TrackProgress } from "@/features/tracks/components/TrackProgress";
import { DropZone } from "@/features/uploads/components/DropZone";
import { UploadList } from "@/features/uploads/components/UploadList";
import { useUploads } from "@/features/uploads/useUploads";
import { t } from "@/ui/text/text";
import { useTitle } from "@/ui/useTitle";
import { Gate } from "./Gate";

/** Files in, and their way to ready. */
export function UploadPage() {
  useTitle(t("upload.title"));
  return (
    <Gate>
      <Intake />
    </Gate>
  );
}

function Intake() {
  const { queue, uploads } = useUploads();
  return (
    <div className="wide">
      <h1 className="display text-2xl mb-5">{t("upload.title")}</h1>
      <DropZone onFiles={(files) => queue.add(files)} />
      <UploadList renderTrack={(id) => <TrackProgress trackId={id} />} />
      {uploads.some(({ step }) => step === "done") && (
        <div className="acts mt-6">
          <Link to="/music" className="btn btn-accent">
            {t("upload.toMusic")}
          </Link>
        </div>
      )}
    </div>
  );
}
