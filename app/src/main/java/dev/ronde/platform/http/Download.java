package dev.ronde.platform.http;

import dev.ronde.platform.table.Table;
import io.javalin.http.Context;
import java.io.BufferedWriter;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** A file that is written while it is sent, in UTF-8. One that cannot be finished does not look finished: its connection breaks. */
public final class Download {
    public static final String CSV = "text/csv; charset=utf-8";

    private static final String DISPOSITION = "Content-Disposition";

    private Download() {}

    /**
     * Sends a table as a file. A browser gets it as spreadsheets open it in the reader's language: with a byte order mark, and with semicolons in
     * French; a program gets commas and no mark.
     *
     * @param rows passes each row on
     */
    public static <R> void table(
            Context context, PageRenderer pages, String name, Table<R> table, Consumer<Consumer<R>> rows) {
        boolean browser = !context.path().startsWith("/api/")
                && Requests.principal(context).channel() == Channel.PAGE;
        boolean french = pages.reader(context).locale().getLanguage().equals("fr");
        send(context, CSV, name, out -> {
            if (browser) {
                out.write('\uFEFF');
            }
            table.write(out, browser && french ? ';' : ',', rows);
        });
    }

    public interface Content {
        void write(Writer out) throws IOException;
    }

    /**
     * Sends what is written as a file of this name.
     *
     * @param type media type
     * @throws UncheckedIOException where whoever reads it has gone
     */
    public static void send(Context context, String type, String name, Content content) {
        context.contentType(type);
        context.header(DISPOSITION, "attachment; filename=\"" + name + "\"");
        boolean whole = false;
        Writer out =
                new Open(new BufferedWriter(new OutputStreamWriter(context.outputStream(), StandardCharsets.UTF_8)));
        try {
            content.write(out);
            out.flush();
            whole = true;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } finally {
            if (!whole) {
                breakOff(context);
            }
        }
    }

    /** Sends what somebody brought, as a file that nothing runs. */
    public static void attachment(Context context, String type, String name, byte[] content) {
        context.contentType(type);
        context.header(
                DISPOSITION,
                "attachment; filename*=UTF-8''"
                        + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Content-Security-Policy", "default-src 'none'; sandbox");
        context.header("Cache-Control", "private, no-store");
        context.result(content);
    }

    /** Only the server closes it, after all went well: a close here looks like the end of the file. */
    private static final class Open extends FilterWriter {
        Open(Writer out) {
            super(out);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** An error can be answered only before anything is sent or compressed; later the connection breaks off. */
    private static void breakOff(Context context) {
        if (context.res().isCommitted() || context.res().containsHeader("Content-Encoding")) {
            ServletContextRequest.getServletContextRequest(context.req())
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close();
        } else {
            context.res().resetBuffer();
            context.res().setHeader(DISPOSITION, null);
        }
    }
}
