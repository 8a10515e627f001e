package dev.mneme.api.tools;

import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.sandbox.keep.KeptFiles;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.FileReference;
import dev.mneme.tool.InputFile;
import java.util.List;

/** {@code GET /v1/mneme/files/{id}}: a file that sandboxed code made, while it is kept. */
public final class FileRoutes implements Group {
  private final KeptFiles files;

  public FileRoutes(KeptFiles files) {
    this.files = files;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get("/mneme/files/{file_id}", this::get);
  }

  private Reply get(Call call) {
    String id = call.id("file_id", "file");
    InputFile file = files.fetch(call.owner(), new FileReference("", id));
    Artifact shown = Artifact.of(file.name(), file.base64()).keptAs(id);
    return Reply.of(WireFile.of(List.of(shown)).getFirst());
  }
}
