package dev.mailservice.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** When the fleet changes to its stressed personality and back. */
@JsonIgnoreProperties(ignoreUnknown = true)
// The generator writes the default of the whole object through Jackson: {} and no zeros.
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record StressSpec(
    @JsonPropertyDescription(
            "Auto: stressed when saturated. On: stressed now, to rehearse it. Off: never stressed,"
                + " saturation only adds pods.")
        @Default("Auto")
        StressMode mode,
    @JsonPropertyDescription(
            "Seconds without saturation after which stress is taken back; 1000 as in Postfix.")
        @Default("1000")
        @Min(1)
        @Max(86400)
        int revertAfterSeconds,
    @JsonPropertyDescription(
            "Share of the serving pods, in percent, that must have taken their last slot for the"
                + " fleet to be saturated; always at least one pod.")
        @Default("50")
        @Min(1)
        @Max(100)
        int saturatedPodsPercent,
    @JsonPropertyDescription(
            "Share of all slots, in percent, that must be busy for the fleet to be saturated.")
        @Default("90")
        @Min(1)
        @Max(100)
        int busyPercent) {}
