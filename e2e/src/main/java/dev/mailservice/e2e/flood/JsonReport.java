package dev.mailservice.e2e.flood;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mailservice.e2e.json.Json;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Tells a run to a program: each event is a line of JSON. */
public final class JsonReport implements Consumer<FloodEvent> {
  private static final ObjectMapper JSON = Json.mapper();

  private final PrintWriter out;

  JsonReport(PrintWriter out) {
    this.out = out;
  }

  /**
   * Reads a line back.
   *
   * @throws UncheckedIOException when the line is no event
   */
  public static FloodEvent parse(String line) {
    try {
      return JSON.readValue(line, FloodEvent.class);
    } catch (JsonProcessingException notAnEvent) {
      throw new UncheckedIOException("not an event of the flood: " + line, notAnEvent);
    }
  }

  @Override
  public void accept(FloodEvent event) {
    try {
      out.println(JSON.writeValueAsString(event));
      out.flush();
    } catch (JsonProcessingException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
