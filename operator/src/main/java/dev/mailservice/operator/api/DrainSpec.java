package dev.mailservice.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How a pod ends. */
@JsonIgnoreProperties(ignoreUnknown = true)
// The generator writes the default of the whole object through Jackson: {} and no zeros.
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record DrainSpec(
    @JsonPropertyDescription(
            "Seconds for which a pod that is to end still serves the clients it has and those that"
                + " wait. Kubernetes gives it 10 s more.")
        @Default("30")
        @Min(5)
        @Max(3600)
        int timeoutSeconds) {}
