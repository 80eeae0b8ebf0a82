package dev.gatun.cli.plot;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Drawings as scalable vector graphics. Texts are outlines, so that they look the same where a font is missing. */
final class Svg {

    private static final String SPACE = "http://www.w3.org/2000/svg";

    /** Digits after the point: hundredths of a pixel. */
    private static final int PRECISION = 2;

    private Svg() {}

    /** The same drawing gives the same bytes. */
    static byte[] of(String title, int width, int height, Consumer<Graphics2D> drawing) {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setPrecision(PRECISION);
        context.setComment("Drawn by Gatun");
        SVGGraphics2D canvas = new SVGGraphics2D(context, true);
        canvas.setSVGCanvasSize(new Dimension(width, height));
        drawing.accept(canvas);
        Element root = canvas.getRoot();
        root.setAttribute("viewBox", "0 0 " + width + " " + height);
        Element name = root.getOwnerDocument().createElementNS(SPACE, "title");
        name.setTextContent(title);
        root.insertBefore(name, root.getFirstChild());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(root, bytes);
        return bytes.toByteArray();
    }

    /** Batik's own writer names a document type that readers would fetch from the net. */
    private static void write(Element root, ByteArrayOutputStream bytes) {
        try {
            TransformerFactory.newDefaultInstance().newTransformer()
                    .transform(new DOMSource(root), new StreamResult(bytes));
        } catch (TransformerException impossible) {
            throw new IllegalStateException("a picture could not be written as XML", impossible);
        }
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().getDOMImplementation()
                    .createDocument(SPACE, "svg", null);
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("the JDK's XML parser refuses its own settings", impossible);
        }
    }
}
