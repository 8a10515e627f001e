package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.launcher.Beside;
import dev.mneme.sandbox.docker.DockerHere;
import dev.mneme.sandbox.docker.SandboxImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plot that a script draws in a container comes back as a picture through MCP. */
@Beside
class PlotIT {
  private static final String SCRIPT =
      """
      import matplotlib.pyplot as plt
      import pandas as pd

      frame = pd.DataFrame({"x": [0, 1, 2, 3]})
      frame["y"] = frame.x ** 2
      plt.figure(figsize=(6, 4), dpi=100)
      plt.plot(frame.x, frame.y, color="red", linewidth=8)
      plt.title("squares")
      plt.savefig("/out/squares.png")
      frame.to_csv("/out/squares.csv", index=False)
      int(frame.y.sum())
      """;

  @TempDir Path folder;

  @Test
  void aPlotAndATableComeBackThroughMcp() throws Exception {
    DockerHere.require(SandboxImage.PYTHON_DATA);
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(
        data.resolve("mneme.toml"),
        """
        [sandbox]
        untrusted = "docker"
        wall = "60s"
        [sandbox.docker]
        image = "python_data"
        memory = "512MB"
        """);
    try (ServeProcess server = ServeProcess.start(data);
        McpHttp client = server.client("plotter")) {
      JsonNode result = client.call("run_python", Map.of("code", SCRIPT));
      assertThat(result.path("isError").asBoolean()).as("%s", result).isFalse();
      assertThat(result.at("/structuredContent/result").asInt()).isEqualTo(14);
      JsonNode table = result.at("/content/1");
      assertThat(table.at("/resource/mimeType").asText()).isEqualTo("text/csv");
      assertThat(table.at("/resource/text").asText()).isEqualTo("x,y\n0,0\n1,1\n2,4\n3,9\n");
      JsonNode picture = result.at("/content/2");
      assertThat(picture.path("type").asText()).isEqualTo("image");
      assertThat(picture.path("mimeType").asText()).isEqualTo("image/png");
      assertThat(McpHttp.text(result)).contains("squares.png (image/png, ");
      byte[] png = Base64.getDecoder().decode(picture.path("data").asText());
      Files.write(Files.createDirectories(Path.of("target")).resolve("plot.png"), png);
      BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(png));
      assertThat(drawn.getWidth()).isEqualTo(600);
      assertThat(drawn.getHeight()).isEqualTo(400);
      assertThat(redPixels(drawn)).isBetween(2_000L, 20_000L);
      String id = result.at("/structuredContent/files/0/id").asText();
      String sum = "import pandas as pd; int(pd.read_csv('/in/table.csv').y.sum())";
      JsonNode later =
          client.call(
              "run_python",
              Map.of("code", sum, "files", List.of(Map.of("name", "table.csv", "from", id))));
      assertThat(later.at("/structuredContent/result").asInt()).as("%s", later).isEqualTo(14);
    }
  }

  private static long redPixels(BufferedImage image) {
    long red = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        int rgb = image.getRGB(x, y) & 0xFFFFFF;
        red += rgb == 0xFF0000 ? 1 : 0;
      }
    }
    return red;
  }
}
