package dev.ronde.platform.http;

import dev.ronde.platform.address.CidrBlock;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who a request comes from. What a header says of that is believed of our own proxies alone ({@code RONDE_TRUSTED_PROXIES}), and read from
 * the right: each proxy adds whom it heard, and what stands further left was sent by whoever that is.
 */
public final class TrustedProxies {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private static final Logger log = LoggerFactory.getLogger(TrustedProxies.class);

    private final List<CidrBlock> networks;
    private final AtomicBoolean told = new AtomicBoolean();

    private TrustedProxies(List<CidrBlock> networks) {
        this.networks = networks;
    }

    public static TrustedProxies of(Settings settings) {
        return new TrustedProxies(settings.list(Setting.TRUSTED_PROXIES).stream()
                .flatMap(text -> CidrBlock.find(text).stream())
                .toList());
    }

    boolean trusts(String address) {
        return CidrBlock.find(address)
                .filter(one -> networks.stream().anyMatch(network -> one.within(network)))
                .isPresent();
    }

    String client(Context context) {
        String near = bare(context.req().getRemoteAddr());
        List<String> named = headers(context, "X-Forwarded-For").stream()
                .map(TrustedProxies::address)
                .toList();
        List<String> standard = headers(context, "Forwarded").stream()
                .map(TrustedProxies::forPart)
                .map(TrustedProxies::address)
                .toList();
        if (!trusts(near)) {
            if (!(named.isEmpty() && standard.isEmpty()) && told.compareAndSet(false, true)) {
                log.info(
                        "a request from {} names another sender; where that is your proxy, list it in {}: until then all behind it count as one address",
                        near,
                        Setting.TRUSTED_PROXIES.key());
            }
            return near;
        }
        // a proxy writes one of them and may pass the other on as the client sent it
        boolean differ = !named.isEmpty() && !standard.isEmpty() && !named.equals(standard);
        return differ ? near : furthest(named.isEmpty() ? standard : named, near);
    }

    private String furthest(List<String> hops, String near) {
        String client = near;
        List<String> fromTheRight = new ArrayList<>(hops);
        Collections.reverse(fromTheRight);
        for (String hop : fromTheRight) {
            if (CidrBlock.find(hop).isEmpty()) {
                return client;
            }
            client = hop;
            if (!trusts(hop)) {
                return client;
            }
        }
        return client;
    }

    /**
     * Whether the address the request is known by is that of a proxy: then whoever comes through it has the same.
     *
     * @param client what {@link #client} said
     */
    static boolean shared(Context context, String client) {
        return passedOn(context) && client.equals(bare(context.req().getRemoteAddr()));
    }

    public static boolean passedOn(Context context) {
        return List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")
                .stream()
                .anyMatch(name -> context.header(name) != null);
    }

    private static List<String> headers(Context context, String name) {
        return Collections.list(context.req().getHeaders(name)).stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** The address in {@code for=} of one element of Forwarded (RFC 7239); empty if there is none. */
    private static String forPart(String element) {
        for (String pair : element.split(";", -1)) {
            String[] sides = pair.strip().split("=", 2);
            if (sides.length == 2 && sides[0].strip().toLowerCase(Locale.ROOT).equals("for")) {
                return sides[1].strip().replace("\"", "");
            }
        }
        return "";
    }

    private static String address(String text) {
        String whole = text.strip();
        if (whole.startsWith("[")) {
            int end = whole.indexOf(']');
            return end < 0 ? "" : whole.substring(1, end);
        }
        boolean port = whole.indexOf(':') >= 0 && whole.indexOf(':') == whole.lastIndexOf(':');
        return port ? whole.substring(0, whole.indexOf(':')) : whole;
    }

    private static String bare(@Nullable String remote) {
        return Optional.ofNullable(remote)
                .map(text -> text.replaceAll("[\\[\\]]", "").replaceAll("%.*", ""))
                .orElse("");
    }
}
