package dev.gatun.cli.plot;

import dev.gatun.formats.tensors.AtomicFile;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Panels below each other.
 *
 * @param panels from top to bottom
 */
public record Picture(List<Panel> panels) {

    private static final int WIDTH = 1600;

    /**
     * Writes the file whole or not at all.
     *
     * @param file whose name says the {@link PictureFormat}
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        byte[] bytes = bytes(PictureFormat.of(file).orElseThrow());
        AtomicFile.writeStream(file, stream -> stream.write(bytes));
    }

    /**
     * The file's bytes, the same for the same picture on one machine.
     *
     * @param format of the file
     * @return all of them
     * @throws IOException never, unless memory is no longer a safe place to write to
     */
    public byte[] bytes(PictureFormat format) throws IOException {
        int height = panels.stream().mapToInt(Panel::height).sum();
        if (format == PictureFormat.SVG) {
            return Svg.of(panels.getFirst().titles().top(), WIDTH, height, canvas -> paint(canvas, height));
        }
        BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        try {
            paint(canvas, height);
        } finally {
            canvas.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private void paint(Graphics2D canvas, int height) {
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        canvas.setColor(Look.PAPER);
        canvas.fillRect(0, 0, WIDTH, height);
        AffineTransform top = canvas.getTransform();
        for (Panel panel : panels) {
            panel.paint(canvas, WIDTH);
            canvas.setTransform(top);
            canvas.setClip(null);
            canvas.translate(0, panel.height());
            top = canvas.getTransform();
        }
    }
}
