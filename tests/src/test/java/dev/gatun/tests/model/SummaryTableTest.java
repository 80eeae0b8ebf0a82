package dev.gatun.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.layers.model.SummaryRow;
import dev.gatun.layers.model.SummaryTable;
import dev.gatun.layers.model.SummaryTotals;
import dev.gatun.memory.Shape;
import dev.gatun.tests.Shared;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTableTest {

    private static final long NONE = Shape.UNKNOWN;

    /** Model and layers as tab-separated lines, an empty line, and what the real rich 13.4 draws for them. */
    @ParameterizedTest
    @ValueSource(strings = {
        "big_counts", "empty", "long_names", "many_connections", "many_outputs", "many_outputs_in_a_chain",
        "model_name_with_spaces", "not_trainable_and_optimizer", "ranks", "unbuilt", "wide_characters",
    })
    void drawsWhatRichDraws(String golden) throws IOException {
        String[] parts;
        try (InputStream in = SummaryTableTest.class.getResourceAsStream("/summary/" + golden + ".txt")) {
            parts = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n", 2);
        }
        List<String[]> lines = parts[0].lines().map(line -> line.split("\t", -1)).toList();
        String[] model = lines.getFirst();
        SummaryTotals totals = new SummaryTotals(Long.parseLong(model[3]), Long.parseLong(model[4]),
                Long.parseLong(model[5]));
        List<SummaryRow> rows = lines.stream().skip(1).map(SummaryTableTest::golden).toList();
        assertEquals(parts[1], SummaryTable.text(model[1], rows, model[2].equals("chain"), totals));
    }

    /** A summary that Keras has printed, and the model's own words. */
    private record Printed(
            String what, String file, String name, boolean sequential, long trainable, SummaryRow... rows) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Printed> printed() {
        return List.of(
                new Printed("a stack of three", "keras3/text/summary_model_A.txt", "sequential", true, 128_129,
                        row("lstm", "LSTM", 4_352, Shape.of(NONE, 10, 32)),
                        row("lstm_1", "LSTM", 24_832, Shape.of(NONE, 10, 64)),
                        row("lstm_2", "LSTM", 98_816, Shape.of(NONE, 128)),
                        row("dense", "Dense", 129, Shape.of(NONE, 1))),
                new Printed("time distributed", "keras3/text/summary_model_B.txt", "sequential", true, 133_487,
                        row("lstm", "LSTM", 71_168, Shape.of(NONE, 20, 128)),
                        row("lstm_1", "LSTM", 49_408, Shape.of(NONE, 20, 64)),
                        row("lstm_2", "LSTM", 12_416, Shape.of(NONE, 20, 32)),
                        row("time_distributed", "TimeDistributed", 495, Shape.of(NONE, 20, 15)),
                        row("activation", "Activation", 0, Shape.of(NONE, 20, 15))),
                new Printed("states handed on", "keras3/text/summary_model_C1.txt", "functional", false, 379_905,
                        row("input_layer", "InputLayer", 0, Shape.of(NONE, 10, 5)),
                        graphRow("lstm", "LSTM", 17_920, withStates(10, 64), "input_layer[0][0]"),
                        graphRow("lstm_1", "LSTM", 33_024, withStates(10, 64), "lstm[0][0]", "lstm[0][1]",
                                "lstm[0][2]"),
                        graphRow("lstm_2", "LSTM", 328_704, List.of(Shape.of(NONE, 256)), "lstm_1[0][0]"),
                        graphRow("dense", "Dense", 257, List.of(Shape.of(NONE, 1)), "lstm_2[0][0]")),
                new Printed("a named model", "keras3/text/summary_sequential.txt", "stacked", true, 8_452,
                        row("lstm_15", "LSTM", 5_248, Shape.of(NONE, 20, 32)),
                        row("lstm_16", "LSTM", 3_136, Shape.of(NONE, 20, 16)),
                        row("time_distributed", "TimeDistributed", 68, Shape.of(NONE, 20, 4)),
                        row("activation", "Activation", 0, Shape.of(NONE, 20, 4))),
                new Printed("a model from the wild", "models/har-esp32/keras_summary.txt", "sequential_1", true,
                        209_350,
                        row("lstm_2", "LSTM", 69_120, Shape.of(NONE, 100, 128)),
                        row("dropout_1", "Dropout", 0, Shape.of(NONE, 100, 128)),
                        row("lstm_3", "LSTM", 131_584, Shape.of(NONE, 128)),
                        row("dense_2", "Dense", 8_256, Shape.of(NONE, 64)),
                        row("dense_3", "Dense", 390, Shape.of(NONE, 6))));
    }

    @ParameterizedTest
    @MethodSource("printed")
    void asKerasPrintsIt(Printed printed) throws IOException {
        Optional<Path> sample = Shared.find(printed.file);
        assumeTrue(sample.isPresent(), Shared.ABSENT);
        String text = SummaryTable.text(printed.name, List.of(printed.rows), printed.sequential,
                new SummaryTotals(printed.trainable, 0, 0));
        assertEquals(Files.readString(sample.get()), text);
    }

    /** 288 floats are 1.125 KB: Python rounds the tie to even, 1.12. The others are not ties. */
    @Test
    void sizesRoundAsPythonRounds() {
        assertSize(0, "(0.00 B)");
        assertSize(255, "(1020.00 B)");
        assertSize(256, "(1.00 KB)");
        assertSize(288, "(1.12 KB)");
        assertSize(352, "(1.38 KB)");
        assertSize(262_143, "(1024.00 KB)");
        assertSize(262_144, "(1.00 MB)");
        assertSize(1L << 38, "(1.00 TB)");
        assertSize(1L << 48, "(1.00 PB)");
        assertSize(1L << 58, "(1.00 PB)");
    }

    @Test
    void optimizerHasALineOnlyOnceItHoldsNumbers() {
        assertFalse(totals(128, 0, 0).contains("Optimizer"));
        assertTrue(totals(128, 0, 2).endsWith(" Optimizer params: 2 (8.00 B)\n"));
    }

    @Test
    void totalBeyondALongIsRefused() {
        assertThrows(ArithmeticException.class, () -> totals(Long.MAX_VALUE, 1, 0));
    }

    private static void assertSize(long count, String size) {
        String line = " Trainable params: " + String.format(Locale.ROOT, "%,d", count) + " " + size + "\n";
        assertTrue(totals(count, 0, 0).contains(line), line);
    }

    private static String totals(long trainable, long nonTrainable, long optimizer) {
        return SummaryTable.text("m", List.of(), true, new SummaryTotals(trainable, nonTrainable, optimizer));
    }

    private static SummaryRow row(String name, String type, long parameters, Shape output) {
        return graphRow(name, type, parameters, List.of(output));
    }

    private static SummaryRow graphRow(String name, String type, long parameters, List<Shape> outputs, String... from) {
        return new SummaryRow(name, type, outputs, parameters, List.of(from));
    }

    private static List<Shape> withStates(long time, long units) {
        return List.of(Shape.of(NONE, time, units), Shape.of(NONE, units), Shape.of(NONE, units));
    }

    /** A line {@code layer, name, type, shapes, parameters, connections}. */
    private static SummaryRow golden(String[] fields) {
        List<Shape> shapes = new ArrayList<>();
        for (String shape : fields[3].isEmpty() ? new String[0] : fields[3].split("; ")) {
            shapes.add(shape.equals("scalar")
                    ? Shape.of()
                    : Shape.of(Arrays.stream(shape.split(" "))
                            .mapToLong(size -> size.equals("None") ? NONE : Long.parseLong(size)).toArray()));
        }
        List<String> from = fields[5].isEmpty() ? List.of() : List.of(fields[5].split(", "));
        return new SummaryRow(fields[1], fields[2], shapes, Long.parseLong(fields[4]), from);
    }
}
