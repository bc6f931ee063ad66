package dev.mailservice.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of a {@link MailService}: what a person reads, and what must survive a
 * restart of the operator ({@code desiredReplicas}, {@code stress}).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MailServiceStatus(
    @JsonPropertyDescription("Generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Number of pods there are, those that are ending not counted.")
        @StatusReplicas
        @Nullable Integer replicas,
    @JsonPropertyDescription("Number of pods that accept clients.") @Nullable Integer readyReplicas,
    @JsonPropertyDescription("Number of pods that the last decision asked for.")
        @Nullable Integer desiredReplicas,
    @JsonPropertyDescription("Label selector of the pods, for the scale subresource.")
        @LabelSelector
        @Nullable String selector,
    @JsonPropertyDescription("The fleet's stress.") @Nullable StressStatus stress,
    @JsonPropertyDescription("What is so at the moment: exactly one condition of each type.")
        @Nullable List<Condition> conditions) {

  /** A status that says nothing yet. */
  public static final MailServiceStatus NONE =
      new MailServiceStatus(null, null, null, null, null, null, null);

  /** The status of {@code mailService}, or {@link #NONE}. */
  public static MailServiceStatus of(MailService mailService) {
    @Nullable MailServiceStatus status = mailService.getStatus();
    return status == null ? NONE : status;
  }

  /** The conditions, none if there are none yet. */
  public List<Condition> conditionsOrEmpty() {
    return conditions == null ? List.of() : conditions;
  }
}
