package dev.ronde.check.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Reads a server's certificate: dates, names, key and signature. */
final class CertificateFacts {
    private static final List<String> HASHES = List.of("MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512");

    private final X509TrustManager roots;

    private CertificateFacts(X509TrustManager roots) {
        this.roots = roots;
    }

    /** Trusts the roots this Java trusts. */
    static CertificateFacts withSystemRoots() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            TrustManager manager = factory.getTrustManagers()[0];
            return new CertificateFacts((X509TrustManager) manager);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no trusted roots", e);
        }
    }

    /** Returns the facts of the leaf certificate, or null where the server sent none. */
    @Nullable
    Map<String, Object> of(SSLSession session, @Nullable String name, InetAddress address) {
        Certificate[] chain;
        try {
            chain = session.getPeerCertificates();
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
        if (chain.length == 0 || !(chain[0] instanceof X509Certificate leaf)) {
            return null;
        }
        Map<String, Object> facts = new HashMap<>(key(leaf.getPublicKey()));
        facts.put("notBefore", leaf.getNotBefore().toInstant().toString());
        facts.put("notAfter", leaf.getNotAfter().toInstant().toString());
        facts.put("nameMatches", CertificateNames.match(leaf, name, address));
        facts.put("chainTrusted", isTrusted(chain));
        facts.put("selfSigned", leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal()));
        facts.put("signatureHash", hash(signature(leaf)));
        return facts;
    }

    private boolean isTrusted(Certificate[] chain) {
        try {
            roots.checkServerTrusted(Arrays.copyOf(chain, chain.length, X509Certificate[].class), "UNKNOWN");
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private static Map<String, Object> key(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return Map.of("keyType", "RSA", "keyBits", (long) rsa.getModulus().bitLength());
        }
        if (key instanceof ECPublicKey curve) {
            return Map.of("keyType", "EC", "keyBits", (long)
                    curve.getParams().getOrder().bitLength());
        }
        if (key instanceof EdECPublicKey edwards) {
            return Map.of(
                    "keyType",
                    "EdDSA",
                    "keyBits",
                    "Ed448".equals(edwards.getParams().getName()) ? 448L : 256L);
        }
        return Map.of("keyType", "other", "keyBits", 0L);
    }

    /** RSASSA-PSS names its hash in its parameters only (RFC 4055 §3.1). */
    private static String signature(X509Certificate leaf) {
        byte[] parameters = leaf.getSigAlgParams();
        if (!"RSASSA-PSS".equals(leaf.getSigAlgName()) || parameters == null) {
            return leaf.getSigAlgName();
        }
        try {
            AlgorithmParameters pss = AlgorithmParameters.getInstance("RSASSA-PSS");
            pss.init(parameters);
            return pss.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } catch (GeneralSecurityException | IOException e) {
            return leaf.getSigAlgName();
        }
    }

    private static String hash(String algorithm) {
        String name = algorithm.toUpperCase(Locale.ROOT).replace("SHA-", "SHA");
        if (name.startsWith("ED")) {
            return name.equals("ED448") ? "other" : "SHA512";
        }
        return HASHES.stream().filter(name::startsWith).findFirst().orElse("other");
    }
}
