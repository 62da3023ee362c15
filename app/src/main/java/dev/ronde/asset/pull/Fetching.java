package dev.ronde.asset.pull;

import dev.ronde.asset.snapshot.Snapshots;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Reads what lies at a place: no redirect is followed, no link leaves a folder, and no more is read than a push may bring. */
final class Fetching {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration TOTAL = Duration.ofSeconds(15);
    private static final int MOST_FILES = 5_000;
    private static final String JSON = ".json";

    private Fetching() {}

    /** Tells where to go on: what was taken from this place before is not read again. */
    @FunctionalInterface
    interface Seen {
        boolean before(String place, Instant collectedAt);
    }

    /** Returns what is new at the place; throws {@link PullFailed} where it cannot be read. */
    static List<Fetched> fetch(PullSource.Origin origin, Seen seen) throws PullFailed, InterruptedException {
        try {
            if (origin instanceof PullSource.OneFile file) {
                return one(file.path(), file.asset(), file.source(), seen).stream()
                        .toList();
            }
            if (origin instanceof PullSource.Folder folder) {
                return folder(folder.path(), seen);
            }
            return List.of(address((PullSource.Address) origin));
        } catch (SSLException e) {
            throw new PullFailed("the certificate of the address is not trusted, or TLS failed");
        } catch (IOException e) {
            throw new PullFailed("it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static List<Fetched> folder(Path root, Seen seen) throws IOException, PullFailed {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root, 2)) {
            files = walk.filter(path -> path.getNameCount() == root.getNameCount() + 2)
                    .filter(path -> path.toString().endsWith(JSON))
                    .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .toList();
        }
        if (files.size() > MOST_FILES) {
            throw new PullFailed("the folder holds more than " + MOST_FILES + " files; make several sources of it");
        }
        List<Fetched> found = new ArrayList<>();
        for (Path path : files) {
            Path inside = root.relativize(path);
            String name = inside.getName(1).toString();
            one(path, inside.getName(0).toString(), name.substring(0, name.length() - JSON.length()), seen)
                    .ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Fetched> one(Path path, String asset, String source, Seen seen)
            throws IOException, PullFailed {
        if (!Files.isRegularFile(path)) {
            throw new PullFailed("there is no file " + path.getFileName());
        }
        Instant changedAt = Files.getLastModifiedTime(path).toInstant().truncatedTo(ChronoUnit.MICROS);
        if (seen.before(Fetched.place(asset, source), changedAt)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path)) {
            return Optional.of(new Fetched(asset, source, limited(in), changedAt));
        }
    }

    private static byte[] limited(InputStream in) throws IOException, PullFailed {
        byte[] body = in.readNBytes(Snapshots.MAX_BYTES + 1);
        if (body.length > Snapshots.MAX_BYTES) {
            throw new PullFailed("it is larger than " + Snapshots.MAX_BYTES + " bytes");
        }
        return body;
    }

    private static Fetched address(PullSource.Address from) throws IOException, PullFailed, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(from.uri())
                .timeout(TOTAL)
                .header("Accept", "application/json")
                .header("User-Agent", "Ronde/1")
                .GET();
        if (from.tokenFile() != null) {
            request.header("Authorization", "Bearer " + token(from.tokenFile()));
        }
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        if (from.caFile() != null) {
            client.sslContext(trusting(from.caFile()));
        }
        HttpResponse<InputStream> response =
                client.build().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw new PullFailed("the address answered " + response.statusCode());
            }
            return new Fetched(
                    from.asset(),
                    from.source(),
                    limited(in),
                    time(response.headers().firstValue("Last-Modified").orElse(null)));
        }
    }

    /** {@code Last-Modified}, RFC 9110; nothing where it is no date. */
    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null
                    ? null
                    : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String token(Path file) throws PullFailed {
        try {
            String token = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!token.isEmpty() && token.chars().allMatch(c -> c > 32 && c < 127)) {
                return token;
            }
        } catch (IOException e) {
            // said below
        }
        throw new PullFailed("the token file " + file.getFileName() + " cannot be read or holds no token");
    }

    private static SSLContext trusting(Path file) throws PullFailed {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new PullFailed("the file " + file.getFileName() + " holds no certificates in PEM");
        }
    }
}
