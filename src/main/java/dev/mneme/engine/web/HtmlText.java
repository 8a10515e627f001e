package dev.mneme.engine.web;

import java.net.URI;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * The readable text of a page: headings, paragraphs, lists and links, without scripts and styles.
 */
final class HtmlText implements NodeFilter {
  private static final Set<String> DROPPED =
      Set.of("script", "style", "noscript", "template", "svg", "iframe", "object", "select");
  private static final Set<String> PARAGRAPHS =
      Set.of("h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "title");
  private static final Set<String> CELLS = Set.of("td", "th");
  private static final int MAX_LINK = 500;

  private final StringBuilder text = new StringBuilder();
  private int preformatted;

  private HtmlText() {}

  /**
   * @param base what links on the page are relative to
   */
  static String of(String html, URI base) {
    Document page = Jsoup.parse(html, base.toString());
    HtmlText readable = new HtmlText();
    NodeTraversor.filter(readable, page);
    return readable.text.toString().strip();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode words) {
      write(words.getWholeText());
    } else if (node instanceof Element element) {
      if (DROPPED.contains(element.normalName())) {
        return FilterResult.SKIP_ENTIRELY;
      }
      open(element);
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      switch (element.normalName()) {
        case "a" -> text.append(target(element));
        case "pre" -> preformatted--;
        default -> {}
      }
      separate(element);
    }
    return FilterResult.CONTINUE;
  }

  private void open(Element element) {
    separate(element);
    String name = element.normalName();
    switch (name) {
      case "pre" -> preformatted++;
      case "li" -> text.append("- ");
      case "h1", "h2", "h3", "h4", "h5", "h6" ->
          text.append("#".repeat(name.charAt(1) - '0')).append(' ');
      default -> {
        if (CELLS.contains(name)) {
          text.append(' ');
        }
      }
    }
  }

  private void separate(Element element) {
    String name = element.normalName();
    boolean line = element.isBlock() || name.equals("br");
    if (PARAGRAPHS.contains(name)) {
      end(2);
    } else if (line && !CELLS.contains(name)) {
      end(1);
    }
  }

  private static String target(Element link) {
    String url = link.absUrl("href");
    boolean elsewhere = url.startsWith("http") && !link.attr("href").startsWith("#");
    return elsewhere && url.length() <= MAX_LINK && link.hasText() ? " (" + url + ")" : "";
  }

  private void write(String words) {
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      boolean blank =
          Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
      if (!blank || (preformatted > 0 && (c == '\n' || c == ' '))) {
        text.append(c);
      } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
        text.append(' ');
      }
    }
  }

  /** Ends the line, with so many line ends in all. */
  private void end(int lines) {
    int length = text.length();
    while (length > 0 && text.charAt(length - 1) == ' ') {
      length--;
    }
    text.setLength(length);
    int ended = 0;
    while (ended < length && ended < lines && text.charAt(length - 1 - ended) == '\n') {
      ended++;
    }
    if (length > 0) {
      text.append("\n".repeat(lines - ended));
    }
  }
}
