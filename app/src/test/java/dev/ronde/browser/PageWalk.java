package dev.ronde.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import dev.ronde.testing.TestBrowser;
import dev.ronde.testing.TestBrowser.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Follows every link of every page once per kind of page: of a hundred assets one is enough. */
final class PageWalk {
    private static final int MOST = 60;

    private final String address;
    private final Set<String> kinds = new LinkedHashSet<>();
    private final List<String> broken = new ArrayList<>();

    PageWalk(String address) {
        this.address = address;
    }

    /** A signed-in visitor looks at every page reachable from the given ones; answers the addresses seen. */
    List<String> walk(BrowserContext visitor, View view, List<String> starts, BiConsumer<Page, String> look) {
        Page page = visitor.newPage();
        Deque<String> open = new ArrayDeque<>(starts);
        List<String> seen = new ArrayList<>();
        while (!open.isEmpty() && seen.size() < MOST) {
            String path = open.removeFirst();
            if (!kinds.add(kind(path))) {
                continue;
            }
            Response answer = page.navigate(address + path);
            seen.add(path);
            if (answer != null && answer.status() >= 400 && !starts.contains(path)) {
                broken.add(path + " is linked and answers " + answer.status());
            }
            look.accept(page, path);
            open.addAll(links(page));
        }
        return seen;
    }

    /** Links that lead nowhere. */
    List<String> broken() {
        return broken;
    }

    private static List<String> links(Page page) {
        Object found = page.evaluate("() => [...document.querySelectorAll('a[href^=\"/\"]')]"
                + ".map(a => a.getAttribute('href')).filter(h => !h.match(/^\\/(static|api|preferences|r|d|u|m)\\//)"
                + " && !h.startsWith('/preferences') && !h.match(/(download|\\.csv|\\.zip|\\.ics|format=)/))");
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    /** The address without what names one thing among many. */
    static String kind(String path) {
        String place = path.replaceAll("#.*$", "").replaceAll("\\?.*$", "");
        return place.replaceAll("/((?:REV|W)-\\d+|[0-9a-f]{8}-[0-9a-f-]{27})", "/*")
                .replaceAll(
                        "^/(assets|checks|plans|evidence|coverage/frameworks)/(?!import|new|exports|gaps|records|runs|probing)[^/]+",
                        "/$1/*");
    }

    /** A name for the screenshot of such a page. */
    static String fileName(String path, View view) {
        String name = kind(path).replace("*", "one").replaceAll("[^a-z]+", "-").replaceAll("^-|-$", "");
        return (name.isEmpty() ? "dashboard" : name) + "-" + view.name();
    }

    static void signIn(Page page, String address, String email, String password) {
        page.navigate(address + "/login");
        page.locator("#email").fill(email);
        page.locator("#password").fill(password);
        page.locator("main button").click();
    }

    static List<String> faults(Page page, View view, String path) {
        List<String> faults = new ArrayList<>();
        TestBrowser.axe(page).forEach(line -> faults.add(view.name() + " " + path + " " + line));
        if (TestBrowser.overflow(page) > 0) {
            faults.add(view.name() + " " + path + " scrolls sideways by " + TestBrowser.overflow(page) + " px");
        }
        return faults;
    }
}
