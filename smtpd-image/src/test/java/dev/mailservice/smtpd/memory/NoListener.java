package dev.mailservice.smtpd.memory;

/** Hears nothing. */
public final class NoListener implements MemoryWatch.Listener {
  @Override
  public void fallsShort(MemoryUse use) {}

  @Override
  public void isEnough(MemoryUse use) {}

  @Override
  public void failed(Throwable cause) {}
}
