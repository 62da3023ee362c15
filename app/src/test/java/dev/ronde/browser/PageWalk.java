package dev.ronde.browser;

import com.microsoft.playwright.Page;
import dev.ronde.testing.TestBrowser;
import dev.ronde.testing.TestBrowser.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/** Follows every link of every page once per kind of page: of a hundred assets one is enough. */
final class PageWalk {
    private static final int MOST = 60;

    private static final Pattern ELSEWHERE =
            Pattern.compile("^/(static|api|r|d|u|m)/|^/preferences|download|\\.csv|\\.zip|\\.ics|format=");

    private final Set<String> kinds = new LinkedHashSet<>();
    private final List<String> broken = new ArrayList<>();

    /** What a visitor was answered. */
    record Answer(int status, String html) {}

    /** Asks for every page reachable from the given ones; answers the addresses seen. */
    List<String> walk(List<String> starts, Function<String, Answer> visit) {
        Deque<String> open = new ArrayDeque<>(starts);
        List<String> seen = new ArrayList<>();
        while (!open.isEmpty() && seen.size() < MOST) {
            String path = open.removeFirst();
            if (!kinds.add(kind(path))) {
                continue;
            }
            Answer answer = visit.apply(path);
            seen.add(path);
            if (answer.status() >= 400 && !starts.contains(path)) {
                broken.add(path + " is linked and answers " + answer.status());
            }
            Jsoup.parse(answer.html()).select("a[href^=/]").eachAttr("href").stream()
                    .filter(link -> !ELSEWHERE.matcher(link).find())
                    .forEach(open::add);
        }
        return seen;
    }

    /** Links that lead nowhere. */
    List<String> broken() {
        return broken;
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

    /** The narrowest view, where most goes wrong; at full scale all others too. */
    static List<View> views() {
        return TestBrowser.FULL ? View.corners() : List.of(View.NARROW);
    }

    /** What is wrong with a page: its width, and what axe finds; where only the narrowest view is walked, axe sees every other page as a desktop does. */
    static List<String> faults(Page page, View view, String path) {
        List<String> faults = new ArrayList<>(tooWide(page, view, path));
        View seen = TestBrowser.FULL || kind(path).length() % 2 == 0 ? view : View.DESKTOP;
        show(page, seen);
        if (!seen.equals(view)) {
            faults.addAll(tooWide(page, seen, path));
        }
        TestBrowser.axe(page).forEach(line -> faults.add(seen.name() + " " + path + " " + line));
        show(page, view);
        return faults;
    }

    private static void show(Page page, View view) {
        page.setViewportSize(view.width(), view.height());
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(view.scheme()));
    }

    private static List<String> tooWide(Page page, View view, String path) {
        int pixels = TestBrowser.overflow(page);
        return pixels > 0 ? List.of(view.name() + " " + path + " scrolls sideways by " + pixels + " px") : List.of();
    }
}
