package dev.ronde.platform.resource;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.LoaderException;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.Loader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pebble templates of {@code templates/}, strict about missing variables. HTML is escaped; templates whose name ends in
 * {@code .txt.peb} are plain text and are not.
 */
public final class Templates {
    private static final String SUFFIX = ".peb";

    private final Overlay files;
    private final PebbleEngine html;
    private final PebbleEngine text;

    public Templates(Overlay files, Messages messages) {
        this.files = files;
        html = engine(files, messages, true);
        text = engine(files, messages, false);
    }

    private static PebbleEngine engine(Overlay files, Messages messages, boolean escaping) {
        return new PebbleEngine.Builder()
                .loader(new OverlayLoader(files))
                .strictVariables(true)
                .autoEscaping(escaping)
                .newLineTrimming(false)
                .extension(new TemplateWords(messages))
                .build();
    }

    public String render(String name, Locale locale, Map<String, Object> model) {
        StringWriter out = new StringWriter();
        try {
            engineOf(name).getTemplate(name).evaluate(out, model, locale);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (StackOverflowError e) {
            throw new IllegalStateException(
                    "The template " + name + " includes itself, or another that includes it.", e);
        }
        return out.toString();
    }

    private PebbleEngine engineOf(String name) {
        return name.endsWith(".txt.peb") ? text : html;
    }

    /** The packaged templates and words alone; empty where the operator has none of his own, so that these are they. */
    public Optional<Templates> packaged() {
        Overlay packaged = files.packaged();
        return files.own("").isEmpty()
                ? Optional.empty()
                : Optional.of(new Templates(packaged, new Messages(packaged)));
    }

    /** What is wrong with the operator's own templates, each with its file and, where there is one, its line; whether the values they name
     * are there is seen only when they are used. */
    public List<String> faults() {
        return files.own("").stream()
                .filter(name -> name.endsWith(SUFFIX))
                .flatMap(name -> fault(name).stream())
                .toList();
    }

    private Optional<String> fault(String name) {
        try {
            engineOf(name).getTemplate(name);
        } catch (PebbleException e) {
            String line = e.getLineNumber() == null ? "" : ", line " + e.getLineNumber();
            return Optional.of(name + line + ": " + e.getPebbleMessage());
        } catch (UncheckedIOException e) {
            return Optional.of(name + ": " + e.getMessage());
        }
        return Includes.circle(files, name).map(circle -> name + ": it includes itself (" + circle + ")");
    }

    private static final class OverlayLoader implements Loader<String> {
        private final Overlay files;

        OverlayLoader(Overlay files) {
            this.files = files;
        }

        @Override
        public Reader getReader(String name) {
            return new StringReader(
                    files.text(name).orElseThrow(() -> new LoaderException(null, "There is no template " + name)));
        }

        @Override
        public void setCharset(String charset) {}

        @Override
        public void setPrefix(String prefix) {}

        @Override
        public void setSuffix(String suffix) {}

        @Override
        public @Nullable String resolveRelativePath(String relativePath, String anchorPath) {
            return relativePath;
        }

        @Override
        public String createCacheKey(String name) {
            return name;
        }

        @Override
        public boolean resourceExists(String name) {
            return files.read(name).isPresent();
        }
    }
}
