interface Wanted {
  accept?: string;
  multiple?: boolean;
  /** A whole folder with everything in it. */
  folder?: boolean;
}

/** Opens the system's file dialog. Nothing is answered when the person thinks better of it. */
export function chooseFiles({ accept, multiple = false, folder = false }: Wanted, onChosen: (files: File[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = multiple;
  input.webkitdirectory = folder;
  if (accept) input.accept = accept;
  input.onchange = () => onChosen([...(input.files ?? [])]);
  input.click();
}
