package dev.ronde.account;

import dev.ronde.platform.resource.ReaderWords;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Compares the address a browser used with {@code RONDE_BASE_URL}, for which links and cookies are made, and says in words what to
 * mend: wrong scheme, a proxy that keeps headers to itself, another host.
 *
 * @param seen the address the browser used, as far as this server can see it
 * @param base the address of the setting
 * @param advice sentences in the reader's language; empty where all is well
 */
public record AddressCheck(String seen, String base, List<String> advice) {
    /**
     * What a request says of the address it was made for.
     *
     * @param scheme scheme of the connection to this server
     * @param host the header Host
     * @param forwardedScheme X-Forwarded-Proto
     * @param forwardedHost X-Forwarded-Host
     * @param previous the page of this site the request came from; null where the browser does not say so
     */
    record Asked(
            String scheme,
            @Nullable String host,
            @Nullable String forwardedScheme,
            @Nullable String forwardedHost,
            @Nullable String previous) {}

    static AddressCheck of(Asked asked, URI base, ReaderWords words) {
        URI seen = seen(asked);
        List<String> advice = new ArrayList<>();
        boolean otherHost = !authority(seen).equals(authority(base));
        boolean otherScheme = !seen.getScheme().equals(base.getScheme());
        if (otherHost) {
            String forwarded = asked.forwardedHost();
            boolean hidden = forwarded != null && forwarded.equalsIgnoreCase(authority(base));
            advice.add(words.text(
                    hidden ? "account.address.host_hidden" : "account.address.host", authority(seen), authority(base)));
        }
        if (otherScheme && base.getScheme().equals("https")) {
            boolean silent = asked.forwardedScheme() == null;
            advice.add(words.text(silent ? "account.address.https_silent" : "account.address.https", base.toString()));
        } else if (otherScheme) {
            advice.add(words.text("account.address.http", seen.toString()));
        }
        return new AddressCheck(seen.toString(), base.toString(), List.copyOf(advice));
    }

    /** The referring page has the address the browser shows; without it, the proxy's headers count. */
    private static URI seen(Asked asked) {
        URI previous = parsed(asked.previous());
        if (previous != null) {
            return URI.create(previous.getScheme() + "://" + previous.getRawAuthority());
        }
        String scheme = asked.forwardedScheme() == null ? asked.scheme() : asked.forwardedScheme();
        URI headers = parsed(scheme + "://" + asked.host());
        return headers == null ? URI.create(asked.scheme() + "://unknown") : headers;
    }

    private static @Nullable URI parsed(@Nullable String text) {
        try {
            URI uri = text == null ? null : URI.create(text);
            return uri == null
                            || uri.getHost() == null
                            || !String.valueOf(uri.getScheme()).matches("https?")
                    ? null
                    : uri;
        } catch (IllegalArgumentException broken) {
            return null;
        }
    }

    private static String authority(URI uri) {
        int usual = "https".equals(uri.getScheme()) ? 443 : 80;
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        return uri.getPort() < 0 || uri.getPort() == usual ? host : host + ":" + uri.getPort();
    }
}
