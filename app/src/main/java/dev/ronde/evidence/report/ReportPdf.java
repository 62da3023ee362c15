package dev.ronde.evidence.report;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The report as a tagged PDF with its fonts inside (ISO 14289-1, PDF/UA): the same HTML gives the same bytes, whichever zlib Java has. */
final class ReportPdf {
    private static final String DOCTYPE = "<!DOCTYPE html>";
    private static final String FAMILY = "Open Sans";

    static {
        XRLog.setLoggingEnabled(false);
    }

    private ReportPdf() {}

    /**
     * Writes the PDF.
     *
     * @param html well-formed, with title and language
     * @param at what it says of when it was made
     */
    static void write(String html, Instant at, Path file) throws IOException {
        try (PDDocument document = Loader.loadPDF(rendered(html, at))) {
            for (COSObjectKey key : document.getDocument().getXrefTable().keySet()) {
                if (document.getDocument().getObjectFromPool(key).getObject() instanceof COSStream stream) {
                    plain(stream);
                }
            }
            document.setDocumentId(at.toEpochMilli());
            document.getDocument().getTrailer().removeItem(COSName.ID);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                document.save(out, CompressParameters.NO_COMPRESSION);
            }
        }
    }

    private static byte[] rendered(String html, Instant at) throws IOException {
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.usePdfUaAccessibility(true);
        builder.withW3cDocument(parsed(html), null);
        builder.withProducer("Ronde");
        builder.useReplacementText("?");
        builder.useFont(font("Regular"), FAMILY, 400, FontStyle.NORMAL, true);
        builder.useFont(font("Bold"), FAMILY, 700, FontStyle.NORMAL, true);
        // the report names nothing outside; what a name in it looks like is not fetched
        for (ExternalResourceControlPriority priority : ExternalResourceControlPriority.values()) {
            builder.useExternalResourceAccessControl((uri, type) -> false, priority);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PdfBoxRenderer renderer = builder.buildPdfRenderer();
                PDDocument document = renderer.createPDFKeepOpen()) {
            dated(document, at);
            document.setDocumentId(at.toEpochMilli());
            document.save(bytes, CompressParameters.NO_COMPRESSION);
        }
        return bytes.toByteArray();
    }

    private static void dated(PDDocument document, Instant at) throws IOException {
        PDDocumentInformation information = document.getDocumentInformation();
        GregorianCalendar calendar = GregorianCalendar.from(at.atZone(ZoneOffset.UTC));
        information.setCreationDate(calendar);
        information.setModificationDate(calendar);
        COSStream metadata = document.getDocumentCatalog().getMetadata().getCOSObject();
        String text;
        try (InputStream in = metadata.createInputStream()) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (var out = metadata.createOutputStream()) {
            out.write(text.replaceAll("(<xmp:(\\w+Date)>)[^<]*", "$1" + at).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void plain(COSStream stream) throws IOException {
        byte[] content;
        try (InputStream in = stream.createInputStream()) {
            content = in.readAllBytes();
        }
        stream.removeItem(COSName.FILTER);
        try (var out = stream.createRawOutputStream()) {
            out.write(content);
        }
    }

    /** The font has no arrow, which reasons of checks use. */
    private static Document parsed(String html) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(
                            new StringReader(html.replaceFirst(DOCTYPE, "").replace("→", "->"))));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("the report is not well-formed", e);
        }
    }

    private static FSSupplier<InputStream> font(String weight) throws IOException {
        String name = "/paper/OpenSans-" + weight + ".ttf";
        try (InputStream in = ReportPdf.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not packaged");
            }
            byte[] bytes = in.readAllBytes();
            return () -> new ByteArrayInputStream(bytes);
        }
    }
}
