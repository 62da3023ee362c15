package dev.ronde.check.probe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Reads a server's certificate: dates, names, key and signature. */
final class CertificateFacts {
    private static final List<String> HASHES = List.of("MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512");

    private final X509TrustManager trust;
    private final Set<X509Certificate> roots;

    private CertificateFacts(X509TrustManager trust) {
        this.trust = trust;
        this.roots = Set.copyOf(Arrays.asList(trust.getAcceptedIssuers()));
    }

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

    /** Null if the server sent none. */
    @Nullable
    Map<String, Object> of(SSLSession session, @Nullable String name, InetAddress address) {
        try {
            return of(Arrays.stream(session.getPeerCertificates()), name, address);
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /** Null if the chain is empty or cannot be read. */
    @Nullable
    Map<String, Object> of(List<byte[]> chain, @Nullable String name, InetAddress address) {
        List<Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] der : chain) {
                certificates.add(factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        } catch (CertificateException e) {
            return null;
        }
        return of(certificates.stream(), name, address);
    }

    private @Nullable Map<String, Object> of(Stream<Certificate> sent, @Nullable String name, InetAddress address) {
        X509Certificate[] chain = sent.filter(X509Certificate.class::isInstance).toArray(X509Certificate[]::new);
        if (chain.length == 0) {
            return null;
        }
        X509Certificate leaf = chain[0];
        Map<String, Object> facts = new HashMap<>(key(leaf.getPublicKey()));
        facts.put("notBefore", leaf.getNotBefore().toInstant().toString());
        facts.put("notAfter", leaf.getNotAfter().toInstant().toString());
        facts.put("nameMatches", CertificateNames.match(leaf, name, address));
        facts.put("chainTrusted", isTrusted(chain));
        facts.put("selfSigned", isSelfSigned(leaf));
        facts.put("signatureHash", hash(signature(leaf)));
        return facts;
    }

    private static boolean isSelfSigned(X509Certificate leaf) {
        return leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal());
    }

    /** A self-signed certificate is trusted only if it is a root itself; searching for a path is in vain. */
    private boolean isTrusted(X509Certificate[] chain) {
        if (isSelfSigned(chain[0]) && !roots.contains(chain[0])) {
            return false;
        }
        try {
            trust.checkServerTrusted(chain, "UNKNOWN");
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
