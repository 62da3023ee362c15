package dev.ronde.testing;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, driven by Debian's node: nothing is downloaded. */
public final class TestBrowser implements AutoCloseable {
    private static final List<String> ARGUMENTS = List.of("""
            --no-sandbox --disable-gpu --disable-background-networking --disable-sync --disable-component-update
            --disable-default-apps --no-first-run""".split("\\s+"));
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    /** Whether tests run at full scale. */
    public static final boolean FULL = "full".equals(System.getProperty("ronde.scale"));

    private final Playwright playwright;
    private final Browser browser;

    public TestBrowser() {
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        program("node").toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program("chromium"))
                        .setArgs(ARGUMENTS));
    }

    /** How a visitor looks at the pages. */
    public record View(String name, int width, int height, ColorScheme scheme, String language, boolean script) {
        public static final View DESKTOP = new View("desktop", 1280, 900, ColorScheme.LIGHT, "en", false);
        public static final View PHONE = new View("phone", 390, 844, ColorScheme.LIGHT, "en", false);
        public static final View DARK = new View("dark", 1280, 900, ColorScheme.DARK, "en", false);
        public static final View FRENCH = new View("french", 1280, 900, ColorScheme.LIGHT, "fr", false);
        public static final View NARROW = new View("narrow", 320, 640, ColorScheme.DARK, "fr", false);

        /** The two that differ in everything; at full scale also those between. */
        public static List<View> corners() {
            return FULL ? List.of(DESKTOP, PHONE, DARK, FRENCH, NARROW) : List.of(DESKTOP, NARROW);
        }

        public View scripted() {
            return new View(name, width, height, scheme, language, true);
        }
    }

    /** A fresh visitor who chose the view's language; no JavaScript unless the view says so. */
    public BrowserContext visitor(View view, String address) {
        BrowserContext visitor = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(view.width(), view.height())
                .setColorScheme(view.scheme())
                .setLocale(view.language())
                .setJavaScriptEnabled(view.script()));
        visitor.addCookies(List.of(new Cookie("lang", view.language()).setUrl(address)));
        return visitor;
    }

    /** What axe-core finds on a page without frames, one line per rule; needs a scripted view. */
    public static List<String> axe(Page page) {
        AxeRunOptions violations = new AxeRunOptions();
        violations.setResultTypes(List.of("violations"));
        return new AxeBuilder(page)
                        // our pages have no frames: nothing to bring together in a page of axe's own
                        .setLegacyMode(true)
                        .options(violations)
                        .withTags(RULES)
                        .analyze()
                        .getViolations()
                        .stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " at "
                                + rule.getNodes().stream()
                                        .map(node -> node.getTarget() + " " + node.getHtml())
                                        .limit(3)
                                        .toList())
                        .toList();
    }

    /** Collects what the browser complains about, refused content of the security policy first of all. */
    public static List<String> complaints(Page page) {
        List<String> complaints = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(complaints::add);
        return complaints;
    }

    /** By how many CSS pixels the page is wider than the window. */
    public static int overflow(Page page) {
        Object pixels =
                page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return ((Number) pixels).intValue();
    }

    /** At full scale, saves the whole page under {@code target/screenshots}. */
    public static void screenshot(Page page, String name) {
        if (!FULL) {
            return;
        }
        Path folder = Path.of(System.getProperty("ronde.buildDirectory", "target"), "screenshots");
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(folder.resolve(name + ".png")));
    }

    private static Path program(String name) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not installed"));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
