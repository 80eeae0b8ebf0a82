package dev.gatun.cli.plot;

import dev.gatun.cli.console.Refusal;
import dev.gatun.formats.tensors.AtomicFile;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;

/**
 * Charts below each other, as a PNG file.
 *
 * @param charts  from top to bottom
 * @param heights in pixels
 */
public record Picture(List<XYChart> charts, List<Integer> heights) {

    private static final int WIDTH = 1600;

    /** @throws Refusal if the name does not end in .png */
    public static void requirePng(String option, Path file) {
        if (!String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new Refusal(option + " " + file + ": the name must end in .png");
        }
    }

    /** Writes the file whole or not at all. */
    public void write(Path file) throws IOException {
        int height = heights.stream().mapToInt(Integer::intValue).sum();
        BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        try {
            canvas.setColor(Look.PAPER);
            canvas.fillRect(0, 0, WIDTH, height);
            AffineTransform top = canvas.getTransform();
            for (int i = 0; i < charts.size(); i++) {
                charts.get(i).paint(canvas, WIDTH, heights.get(i));
                canvas.setTransform(top);
                canvas.setClip(null);
                canvas.translate(0, heights.get(i));
                top = canvas.getTransform();
            }
        } finally {
            canvas.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        AtomicFile.writeStream(file, bytes::writeTo);
    }
}
