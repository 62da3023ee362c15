package dev.ronde.evidence.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Store;

/** Says who signed a time stamp (RFC 3161): somebody for whom one of the given authorities vouches, for this purpose, at its time. */
final class TrustedStamps implements Function<byte[], String> {
    private final List<X509Certificate> authorities = new ArrayList<>();

    /**
     * Reads certificates in PEM.
     *
     * @throws IllegalArgumentException if the file holds none
     */
    TrustedStamps(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                authorities.add((X509Certificate) certificate);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " holds no certificates in PEM: " + e.getMessage(), e);
        }
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no certificates in PEM");
        }
    }

    /** Why the answer is not one of a trusted authority; empty where it is. */
    @Override
    public String apply(byte[] response) {
        try {
            TimeStampToken token = new TimeStampResponse(response).getTimeStampToken();
            Store<X509CertificateHolder> holders = token.getCertificates();
            List<X509Certificate> sent = new ArrayList<>(authorities);
            X509Certificate signer = null;
            for (X509CertificateHolder holder : holders.getMatches(null)) {
                X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(holder);
                sent.add(certificate);
                signer = token.getSID().match(holder) ? certificate : signer;
            }
            if (signer != null) {
                token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
                vouched(signer, sent, token);
                return "";
            }
            return "it holds no certificate of its signer";
        } catch (IOException
                | TSPException
                | OperatorCreationException
                | GeneralSecurityException
                | RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void vouched(X509Certificate signer, List<X509Certificate> sent, TimeStampToken token)
            throws GeneralSecurityException {
        Set<TrustAnchor> roots = new HashSet<>();
        authorities.forEach(authority -> roots.add(new TrustAnchor(authority, null)));
        X509CertSelector wanted = new X509CertSelector();
        wanted.setCertificate(signer);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots, wanted);
        parameters.setRevocationEnabled(false);
        parameters.setDate(token.getTimeStampInfo().getGenTime());
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(sent)));
        CertPathBuilder.getInstance("PKIX").build(parameters);
    }
}
