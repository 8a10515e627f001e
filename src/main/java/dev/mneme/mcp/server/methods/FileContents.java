package dev.mneme.mcp.server.methods;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.tool.Artifact;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Files a tool made, as parts of its answer: pictures to look at, sound to hear, anything else
 * embedded.
 */
final class FileContents {
  private FileContents() {}

  static void add(Artifact file, ArrayNode content) {
    if (file.isPicture() || file.isSound()) {
      content
          .addObject()
          .put("type", file.isSound() ? "audio" : "image")
          .put("data", file.base64())
          .put("mimeType", file.mediaType());
      return;
    }
    ObjectNode resource = content.addObject().put("type", "resource").putObject("resource");
    resource.put("uri", "mneme://out/" + URLEncoder.encode(file.name(), StandardCharsets.UTF_8));
    resource.put("mimeType", file.mediaType());
    if (file.isText()) {
      byte[] bytes = Base64.getDecoder().decode(file.base64());
      resource.put("text", new String(bytes, StandardCharsets.UTF_8));
    } else {
      resource.put("blob", file.base64());
    }
  }
}
