package dev.mneme.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostPatternTest {
  @Test
  void aHostIsReachedAtItsUsualPortsOrTheOneNamed() {
    assertThat(fits("api.example.com", "https://api.example.com/x")).isTrue();
    assertThat(fits("api.example.com", "http://API.example.com:80/")).isTrue();
    assertThat(fits("api.example.com", "https://api.example.com:8443/")).isFalse();
    assertThat(fits("api.example.com", "https://api.example.com:80/")).isFalse();
    assertThat(fits("api.example.com:8443", "https://api.example.com:8443/")).isTrue();
    assertThat(fits("api.example.com", "https://api.example.com.evil.test/")).isFalse();
    assertThat(fits("api.example.com", "https://xapi.example.com/")).isFalse();
  }

  @Test
  void aStarMeansAllBelowANameAndNotTheNameItself() {
    assertThat(fits("*.example.com", "https://a.b.example.com/")).isTrue();
    assertThat(fits("*.example.com", "https://example.com/")).isFalse();
    assertThat(fits("*.example.com", "https://badexample.com/")).isFalse();
  }

  @Test
  void onlyWhatBothNameIsCommon() {
    assertThat(HostPattern.common(List.of("a.test", "b.test"), List.of("b.test")))
        .containsExactly("b.test");
    assertThat(HostPattern.common(List.of("*.x.test"), List.of("a.x.test", "y.test")))
        .containsExactly("a.x.test");
    assertThat(HostPattern.common(List.of("a.x.test"), List.of("*.x.test")))
        .containsExactly("a.x.test");
    assertThat(HostPattern.common(List.of("*.a.x.test"), List.of("*.x.test")))
        .containsExactly("*.a.x.test");
    assertThat(HostPattern.common(List.of("a.test:8080"), List.of("a.test"))).isEmpty();
    assertThat(HostPattern.common(List.of("*.x.test"), List.of("xx.test"))).isEmpty();
  }

  @Test
  void urlsAndPathsAreNoPatterns() {
    for (String text : List.of("https://a.test", "a.test/x", "*", "*.", "", "a b", "u@a.test")) {
      assertThat(HostPattern.isOne(text)).as(text).isFalse();
    }
  }

  private static boolean fits(String pattern, String url) {
    return HostPattern.of(pattern).orElseThrow().fits(URI.create(url));
  }
}
