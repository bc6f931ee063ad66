package dev.mailservice.operator.apply;

import dev.mailservice.operator.api.ImageContract;
import dev.mailservice.operator.api.Labels;
import dev.mailservice.operator.api.MailService;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** The Service that clients connect to. */
final class SmtpService {
  /** Name of the SMTP port, in the Service and in the pod. */
  static final String PORT_NAME = "smtp";

  private SmtpService() {}

  static Service of(MailService mailService) {
    String name = mailService.getMetadata().getName();
    return new ServiceBuilder()
        .withMetadata(Metadata.of(mailService, name))
        .withNewSpec()
        .withSelector(Labels.selector(name))
        .addNewPort()
        .withName(PORT_NAME)
        .withProtocol("TCP")
        .withPort(mailService.getSpec().port())
        .withNewTargetPort(ImageContract.SMTP_PORT)
        .endPort()
        .endSpec()
        .build();
  }
}
