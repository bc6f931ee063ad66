package dev.mailservice.e2e.load;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS as mail servers speak it to each other: any certificate will do (RFC 7435). */
public final class TrustingTls {
  private TrustingTls() {}

  /**
   * A context of its own.
   *
   * @throws GeneralSecurityException when this Java has no TLS
   */
  public static SSLContext context() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAnybody()}, null);
    // Sessions are not resumed, so what is kept of them would only grow.
    context.getClientSessionContext().setSessionCacheSize(1);
    return context;
  }

  private static final class TrustAnybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
