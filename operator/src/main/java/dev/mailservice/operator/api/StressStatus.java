package dev.mailservice.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The fleet's stress, as the status keeps it. Times are RFC 3339 with milliseconds, in UTC. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StressStatus(
    @JsonPropertyDescription("Whether the fleet has its stressed personality.") boolean active,
    @JsonPropertyDescription("When it was stressed (RFC 3339).") @Nullable String since,
    @JsonPropertyDescription(
            "When stress is taken back unless the fleet is saturated again (RFC 3339). Up to 32 s"
                + " ahead of the true time, because it is not written every second; absent while"
                + " stress.mode is On and the fleet was not saturated.")
        @Nullable String until,
    @JsonPropertyDescription("Why it was stressed.") @Nullable String reason) {

  /** Not stressed. */
  public static final StressStatus CALM = new StressStatus(false, null, null, null);
}
