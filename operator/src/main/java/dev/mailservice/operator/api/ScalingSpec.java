package dev.mailservice.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How the number of pods follows the load. */
@JsonIgnoreProperties(ignoreUnknown = true)
// The generator writes the default of the whole object through Jackson: {} and no zeros.
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
@ValidationRule(
    // The API server tries the rule on the default {} too, before it fills in what {} lacks.
    value =
        "!has(self.minReplicas) || !has(self.maxReplicas) || self.minReplicas <= self.maxReplicas",
    message =
        "minReplicas must not be greater than maxReplicas: lower minReplicas or raise maxReplicas")
public record ScalingSpec(
    @JsonPropertyDescription(
            "Auto: the operator sets the number of pods. Off: spec.replicas says it.")
        @Default("Auto")
        ScalingMode mode,
    @JsonPropertyDescription("Fewest pods in mode Auto.") @Default("1") @Min(1) @Max(1000)
        int minReplicas,
    @JsonPropertyDescription("Most pods in mode Auto.") @Default("10") @Min(1) @Max(1000)
        int maxReplicas,
    @JsonPropertyDescription(
            "Share of a pod's slots, in percent, that should be busy in calm times; the number of"
                + " pods follows from it.")
        @Default("70")
        @Min(1)
        @Max(100)
        int targetBusyPercent,
    @JsonPropertyDescription(
            "Seconds for which fewer pods must have been enough before any is removed.")
        @Default("300")
        @Min(0)
        @Max(86400)
        int stabilizationWindowSeconds) {}
