package dev.ronde.check.probe;

import dev.ronde.platform.address.HostName;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a certificate speaks for a name (RFC 9525: subject alternative names only, a wildcard stands for one whole left label). */
final class CertificateNames {
    private static final int DNS = 2;
    private static final int IP = 7;

    private CertificateNames() {}

    static boolean match(X509Certificate certificate, @Nullable String name, InetAddress address) {
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return false;
        }
        if (names == null) {
            return false;
        }
        for (List<?> entry : names) {
            int type = (Integer) entry.get(0);
            if (name != null && type == DNS && matches((String) entry.get(1), name)) {
                return true;
            }
            if (name == null && type == IP && entry.get(1) instanceof String text && isAddress(text, address)) {
                return true;
            }
        }
        return false;
    }

    static boolean matches(String pattern, String name) {
        String left = pattern.toLowerCase(Locale.ROOT);
        String right = name.toLowerCase(Locale.ROOT);
        if (!left.startsWith("*.")) {
            return left.equals(right);
        }
        int dot = right.indexOf('.');
        return dot > 0 && left.indexOf('.', 2) > 0 && right.substring(dot).equals(left.substring(1));
    }

    private static boolean isAddress(String text, InetAddress address) {
        return HostName.literal(text).filter(address::equals).isPresent();
    }
}
