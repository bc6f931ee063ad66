package dev.mailservice.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest {
  private static final ConfigMap DESIRED = configMap("a = 1", "here");
  private static final ConfigMap ANSWER = configMap("a = 1", "here");

  private final ServerSideApply serverSideApply = new ServerSideApply();
  private final List<HasMetadata> sent = new ArrayList<>();

  @Test
  void what_is_there_as_written_is_not_written_again() {
    assertThat(apply(DESIRED, Optional.empty())).isTrue();
    assertThat(apply(DESIRED, Optional.of(ANSWER))).isFalse();
    assertThat(sent).containsExactly(DESIRED);
  }

  @Test
  void after_a_restart_everything_is_written_once() {
    assertThat(apply(DESIRED, Optional.of(ANSWER))).isTrue();
  }

  @Test
  void what_should_be_different_is_written() {
    apply(DESIRED, Optional.empty());

    assertThat(apply(configMap("a = 2", "here"), Optional.of(ANSWER))).isTrue();
  }

  @Test
  void what_somebody_changed_or_deleted_is_written_again() {
    apply(DESIRED, Optional.empty());
    assertThat(apply(DESIRED, Optional.of(configMap("a = 9", "here")))).isTrue();
    assertThat(apply(DESIRED, Optional.of(configMap("a = 1", "elsewhere")))).isTrue();
    assertThat(apply(DESIRED, Optional.empty())).isTrue();
  }

  @Test
  void what_is_forgotten_is_written_anew() {
    apply(DESIRED, Optional.empty());
    serverSideApply.forget(DESIRED);
    assertThat(apply(DESIRED, Optional.of(ANSWER))).isTrue();

    serverSideApply.keepOnly(Set.of("mx-uid"));
    assertThat(apply(DESIRED, Optional.of(ANSWER))).isFalse();
    serverSideApply.keepOnly(Set.of("another"));
    assertThat(apply(DESIRED, Optional.of(ANSWER))).isTrue();
  }

  private boolean apply(ConfigMap desired, Optional<ConfigMap> actual) {
    return serverSideApply.apply(
        desired,
        actual,
        resource -> {
          sent.add(resource);
          return ANSWER;
        });
  }

  private static ConfigMap configMap(String mainCf, String label) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("mx")
        .withNamespace("mail")
        .withUid("config-uid")
        .addToLabels("where", label)
        .addNewOwnerReference()
        .withUid("mx-uid")
        .endOwnerReference()
        .endMetadata()
        .withData(Map.of("main.cf", mainCf))
        .build();
  }
}
