package dev.ronde.evidence.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.function.UnaryOperator;

/**
 * An Ed25519 private key in a PKCS#8 PEM file that only its owner may read, as {@code openssl genpkey} makes one too; or on a PKCS#11
 * token, whose URI (RFC 7512) stands in the file instead.
 */
public final class SigningKey {
    private final UnaryOperator<byte[]> signer;
    private final byte[] publicX509;

    private SigningKey(UnaryOperator<byte[]> signer, byte[] publicX509) {
        this.signer = signer;
        this.publicX509 = publicX509;
    }

    /** Reads the key at {@code file}; {@link IllegalArgumentException} names the file if it leads to no Ed25519 key. */
    public static SigningKey load(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            if (!isOnToken(file)) {
                return ofPem(text);
            }
            TokenKey token = TokenKey.open(text.strip());
            return new SigningKey(token::sign, token.publicX509());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key file " + file, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no Ed25519 key by " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether the file leads to a key on a token; false where there is no file. */
    public static boolean isOnToken(Path file) throws IOException {
        return Files.exists(file)
                && Files.readString(file, StandardCharsets.US_ASCII).startsWith(TokenUri.SCHEME);
    }

    /** Makes a key and writes it to {@code file} with mode 0600; if somebody else just wrote one, that one is loaded. */
    public static SigningKey create(Path file) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            String pem = Pem.encode("PRIVATE KEY", pair.getPrivate().getEncoded());
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path fresh =
                    file.resolveSibling(file.getFileName() + ".new-" + Long.toHexString(new SecureRandom().nextLong()));
            Files.createFile(fresh, ownerOnly(file));
            Files.writeString(
                    fresh,
                    pem,
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.SYNC);
            try {
                Files.createLink(file, fresh);
            } catch (FileAlreadyExistsException e) {
                return load(file);
            } finally {
                Files.delete(fresh);
            }
            return new SigningKey(
                    message -> signed(message, pair.getPrivate()),
                    pair.getPublic().getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the key file " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519", e);
        }
    }

    static SigningKey ofPem(String pem) {
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Pem.decode("PRIVATE KEY", pem)));
            return new SigningKey(message -> signed(message, key), publicOf(key).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 private key", e);
        }
    }

    public VerifierKey verifierKey(String name) {
        return VerifierKey.ofX509(name, publicX509);
    }

    /** The key as that of a witness, which cosigns checkpoints. */
    public VerifierKey witnessKey(String name) {
        return VerifierKey.witnessOfX509(name, publicX509);
    }

    /** The 64-byte Ed25519 signature of {@code message}, RFC 8032. */
    public byte[] sign(byte[] message) {
        return signer.apply(message);
    }

    private static byte[] signed(byte[] message, PrivateKey privateKey) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(privateKey);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 signing failed", e);
        }
    }

    /** The JDK derives no public key from a private one, but its generator does when "random" returns the seed. */
    private static PublicKey publicOf(PrivateKey key) throws GeneralSecurityException {
        byte[] seed = ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new IllegalArgumentException("the key does not give its bytes"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(255, new FixedRandom(seed));
        return generator.generateKeyPair().getPublic();
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] seed;

        FixedRandom(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
