package dev.mailservice.operator.apply;

import dev.mailservice.operator.api.Labels;
import dev.mailservice.operator.api.MailService;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** The metadata that everything of a MailService has. */
final class Metadata {
  private Metadata() {}

  /** Metadata of a resource called {@code name} that goes when {@code mailService} goes. */
  static ObjectMeta of(MailService mailService, String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(mailService.getMetadata().getNamespace())
        .withLabels(Labels.selector(mailService.getMetadata().getName()))
        .addNewOwnerReference()
        .withApiVersion(HasMetadata.getApiVersion(MailService.class))
        .withKind(HasMetadata.getKind(MailService.class))
        .withName(mailService.getMetadata().getName())
        .withUid(mailService.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .build();
  }
}
