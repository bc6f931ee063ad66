package dev.mailservice.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import org.jspecify.annotations.Nullable;

/** What a user wants of a {@link MailService}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MailServiceSpec(
    @JsonPropertyDescription(
            "Port of the Service that clients connect to. The container itself listens on 2525.")
        @Default("25")
        @Min(1)
        @Max(65535)
        int port,
    @JsonPropertyDescription(
            "Slots of one pod: how many SMTP sessions it serves at a time, as maxproc in"
                + " master.cf. Further clients wait in the backlog.")
        @Default("1000")
        @Min(1)
        @Max(100000)
        int processLimit,
    @JsonPropertyDescription(
            "Postfix's main.cf. Values may depend on stress, as in"
                + " smtpd_timeout = ${stress?5}${stress:300}. It must set smtpd_proxy_filter, the"
                + " next hop that takes the mail: a pod owns no mail.")
        @Required
        @Size(min = 1, max = 262144)
        String mainCf,
    @JsonPropertyDescription(
            "Image of the SMTP server; the operator's own choice when absent. Any image that"
                + " keeps the image contract can be run.")
        @Size(min = 1)
        @Nullable String image,
    @JsonPropertyDescription(
            "Number of pods while scaling.mode is Off; kubectl scale or an autoscaler may write"
                + " it. Ignored while scaling.mode is Auto.")
        @Default("1")
        @Min(0)
        @Max(1000)
        @SpecReplicas
        int replicas,
    @JsonPropertyDescription("How the number of pods follows the load.") @Default("{}")
        ScalingSpec scaling,
    @JsonPropertyDescription("When the fleet changes to its stressed personality and back.")
        @Default("{}")
        StressSpec stress,
    @JsonPropertyDescription("How a pod ends.") @Default("{}") DrainSpec drain) {}
