package dev.mneme.sandbox.keep;

import dev.mneme.common.Owner;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.FileReference;
import dev.mneme.tool.InputFile;
import dev.mneme.tool.InputFiles;
import java.util.List;

/** Where files go that code made, and come from again. Thread-safe. */
public interface KeptFiles {
  /** Keeps nothing. */
  KeptFiles NONE =
      new KeptFiles() {
        @Override
        public List<Artifact> keep(Owner owner, List<Artifact> files) {
          return files;
        }

        @Override
        public InputFile fetch(Owner owner, FileReference wanted) {
          throw FileShelf.unknown(wanted.id(), ShelfSettings.DEFAULT);
        }
      };

  /** The same files, each with an id by which it is found again for a while. */
  List<Artifact> keep(Owner owner, List<Artifact> files);

  /**
   * A file that was kept.
   *
   * @throws dev.mneme.common.MnemeException {@code unknown_file}
   */
  InputFile fetch(Owner owner, FileReference wanted);

  /** The same files, with the contents of those that were named by their ids. */
  default InputFiles complete(Owner owner, InputFiles files) {
    return files.references().isEmpty() ? files : files.completed(one -> fetch(owner, one));
  }
}
