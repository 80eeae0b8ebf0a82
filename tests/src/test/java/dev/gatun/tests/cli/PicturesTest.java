package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.data.Series;
import dev.gatun.cli.demo.Sunspots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/// Number 15 of "Mend what an attack and a first use found": pictures as commands write them.
final class PicturesTest {

    @TempDir
    Path folder;

    /// Two columns, every five minutes for five days.
    private Path fiveMinutes() throws Exception {
        StringBuilder text = new StringBuilder("time,load,heat\n");
        LocalDateTime time = LocalDateTime.of(2024, 2, 26, 0, 0);
        for (int row = 0; row < 5 * 288; row++) {
            double noise = ((row * 7919L) % 101) / 10.1 - 5;
            text.append(String.format(
                    Locale.ROOT, "%s,%.3f,%.3f%n", time.plusMinutes(5L * row),
                    50 + 20 * Math.sin(row * 2 * Math.PI / 288) + noise, 20 + noise));
        }
        return Tables.write(folder.resolve("five.csv"), text.toString());
    }

    @Test
    void plotDrawsWhatTrainDrew() throws Exception {
        Path data = fiveMinutes();
        Path model = folder.resolve("five.gatun");
        Path drawn = folder.resolve("drawn");
        Cli.ok("train", data, "--target", "load,heat", "--date", "time", "--window", 12, "--horizon", 3, "--layers",
                "4", "--epochs", 2, "--batch", 128, "--out", model, "--plot", drawn, "--svg", "--quiet");
        Path again = folder.resolve("again.png");
        Cli.ok("plot", model, "--data", data, "--out", again, "--svg");
        assertSame(drawn.resolve("forecast.png"), again);
        Cli.ok("plot", model, "--data", data, "--target", "heat", "--out", again, "--svg");
        assertSame(drawn.resolve("forecast-2.png"), again);
        Cli.ok("plot", model, "--out", again, "--svg");
        assertSame(drawn.resolve("loss.png"), again);
    }

    @Test
    void plotDrawsWhatTheDemoDrew() throws Exception {
        Path demo = folder.resolve("demo");
        var json = Cli.ok("demo", "--epochs", 1, "--out", demo, "--svg", "--json", "--quiet").json();
        assertEquals(4, json.get("pictures").size());
        StreamSupport.stream(json.get("pictures").spliterator(), false)
                .forEach(picture -> assertTrue(Files.exists(Path.of(picture.asText())), picture::toString));
        Series sunspots = Sunspots.series();
        StringBuilder text = new StringBuilder(Sunspots.YEAR + "," + Sunspots.ACTIVITY + "\n");
        for (int row = 0; row < sunspots.rows(); row++)
            text.append(sunspots.label(row)).append(',').append(sunspots.value(row, 0)).append('\n');
        Path data = Tables.write(folder.resolve("sunspots.csv"), text.toString());
        Path again = folder.resolve("again.png");
        Cli.ok("plot", demo.resolve("demo.gatun"), "--data", data, "--out", again, "--svg");
        assertSame(demo.resolve("forecast.png"), again);
        Cli.ok("plot", demo.resolve("demo.gatun"), "--out", again, "--svg");
        assertSame(demo.resolve("loss.png"), again);
    }

    /// A PNG and the SVG beside it.
    private static void assertSame(Path expected, Path picture) throws Exception {
        Cli.assertPng(expected);
        assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(picture), expected.toString());
        assertArrayEquals(Files.readAllBytes(svg(expected)), Files.readAllBytes(svg(picture)), expected.toString());
        assertSvg(svg(picture));
    }

    private static Path svg(Path png) {
        return png.resolveSibling(png.getFileName().toString().replace(".png", ".svg"));
    }

    private static void assertSvg(Path file) throws Exception {
        Document document = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().parse(file.toFile());
        assertEquals("http://www.w3.org/2000/svg", document.getDocumentElement().getNamespaceURI());
        assertEquals("svg", document.getDocumentElement().getLocalName());
        assertTrue(document.getDocumentElement().getAttribute("viewBox").startsWith("0 0 1600 "));
        assertFalse(document.getElementsByTagName("title").item(0).getTextContent().isBlank());
        assertTrue(document.getElementsByTagName("path").getLength() > 20, "lines and texts");
        assertEquals(0, document.getElementsByTagName("image").getLength());
        assertFalse(Files.readString(file).contains("DOCTYPE"), "nothing that a reader would fetch from the net");
    }

    @Test
    void aNameThatEndsInSvgIsEnough() throws Exception {
        Path model = model();
        Path svg = folder.resolve("loss.SVG");
        assertEquals(svg.toString(), Cli.ok("plot", model, "--out", svg, "--json").json().get("output").asText());
        assertSvg(svg);
        try (var files = Files.list(folder)) {
            assertFalse(files.anyMatch(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".png")));
        }
    }

    @Test
    void svgIsRefusedWhereNothingIsDrawn() throws Exception {
        Path data = Tables.waves(folder, 60);
        Path model = folder.resolve("m.gatun");
        Cli.refused(Cli.args("train", data, "--target", "wave", "--columns", "wave", "--window", 4, "--out", model,
                "--svg"), "--svg", "--plot DIR");
        assertFalse(Files.exists(model));
        Cli.refused(Cli.args("plot", model(), "--out", folder.resolve("m.dot"), "--svg"), "--svg", "dot -Tsvg");
        assertFalse(Files.exists(folder.resolve("m.dot")));
        Cli.refused(Cli.args("plot", model(), "--out", folder.resolve("m.pdf")), "must end in .png", ".svg", ".dot");
    }

    private Path model() throws Exception {
        Path model = folder.resolve("waves.gatun");
        Cli.ok("train", Tables.waves(folder, 60), "--target", "wave", "--columns", "wave", "--window", 4, "--layers",
                "4", "--epochs", 2, "--out", model, "--quiet");
        return model;
    }
}
