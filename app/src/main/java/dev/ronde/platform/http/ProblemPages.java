package dev.ronde.platform.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each code of a problem document means: where the member {@code type} leads (RFC 9457 §3.1.1). Says nothing of this installation. */
public record ProblemPages(PageRenderer pages) implements Routes {
    private static final String PATH = "/problems";
    private static final String PREFIX = "problem.";

    @Override
    public void register(Router router) {
        router.get(PATH, Access.ANYONE, this::list);
    }

    static String key(String code) {
        return PREFIX + code;
    }

    static String address(String code) {
        return PATH + "#" + code;
    }

    private void list(Context context) {
        Requests.query(context);
        List<String> codes = pages.words(context).messages().keys(Locale.ENGLISH).stream()
                .filter(key -> key.startsWith(PREFIX))
                .map(key -> key.substring(PREFIX.length()))
                .filter(code -> code.indexOf('.') < 0) // not the words of the page itself
                .toList();
        pages.render(context, "web/problems.peb", Map.of("codes", codes));
    }
}
