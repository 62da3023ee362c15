package dev.ronde.platform.resource;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.LoaderException;
import io.pebbletemplates.pebble.loader.Loader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pebble templates of {@code templates/}, strict about missing variables. HTML is escaped; templates whose name ends in
 * {@code .txt.peb} are plain text and are not.
 */
public final class Templates {
    private final PebbleEngine html;
    private final PebbleEngine text;

    public Templates(Overlay files, Messages messages) {
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

    /** Renders a template such as {@code web/assets.peb} in a language. */
    public String render(String name, Locale locale, Map<String, Object> model) {
        StringWriter out = new StringWriter();
        try {
            (name.endsWith(".txt.peb") ? text : html).getTemplate(name).evaluate(out, model, locale);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
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
