package dev.mailservice.smtpd.reference;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** What the dialogues' clients say, for those who do not care what they hear. */
public final class SpokenDialogues {
  private SpokenDialogues() {}

  /** Each dialogue's client, byte for byte. */
  public static List<byte[]> all() {
    return DialogueFile.all().stream()
        .flatMap(it -> it.dialogues().stream())
        .map(SpokenDialogues::spoken)
        .toList();
  }

  private static byte[] spoken(Dialogue dialogue) {
    var spoken = new ByteArrayOutputStream();
    for (Step step : dialogue.steps()) {
      if (step instanceof Step.Say say) {
        spoken.writeBytes(say.bytes());
      }
    }
    return spoken.toByteArray();
  }
}
