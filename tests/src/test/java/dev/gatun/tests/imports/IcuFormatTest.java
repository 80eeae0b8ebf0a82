package dev.gatun.tests.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.icu.IcuDictionary;
import dev.gatun.layers.model.Model;
import dev.gatun.tests.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ICU4X's segmenters: they find the words of a text. */
final class IcuFormatTest {

    private static final String SMALL = """
            {"model": "small", "dic": {"a": 0, "ab": 1, "c": 2},
             "mat1": {"v": 1, "dim": [4, 1], "data": [1, 2, 3, 4]},
             "mat2": {"v": 1, "dim": [1, 4], "data": [0, 0, 0, 0]}, "mat3": {"v": 1, "dim": [1, 4], "data": [0, 0, 0, 0]},
             "mat4": {"v": 1, "dim": [4], "data": [0, 0, 0, 0]},
             "mat5": {"v": 1, "dim": [1, 4], "data": [0, 0, 0, 0]}, "mat6": {"v": 1, "dim": [1, 4], "data": [0, 0, 0, 0]},
             "mat7": {"v": 1, "dim": [4], "data": [0, 0, 0, 0]},
             "mat8": {"v": 1, "dim": [2, 4], "data": [0, 0, 0, 0, 0, 0, 0, 0]}, "mat9": {"v": 1, "dim": [4], "data": [0, 0, 0, 0]}}
            """;

    @TempDir
    Path folder;

    @Test
    void thaiBreaksWhereItsWordsEnd() throws IOException {
        Path file = Shared.find("wild/icu/Thai_codepoints_exclusive_model4_heavy.json").orElse(null);
        Assumptions.assumeTrue(file != null, Shared.ABSENT);
        try (Imported read = Imported.read(file)) {
            assertEquals(List.of(0, 4, 7, 11, 14), breaks(read.model(), "ภาษาไทยภาษาไทย"));
            assertEquals(List.of("Embedding", "Bidirectional", "Dense"),
                    read.report().layers().stream().skip(1).map(layer -> layer.kind()).toList());
            Path saved = folder.resolve("thai.gatun");
            read.model().save(saved);
            try (Model again = Model.load(saved)) {
                assertEquals(List.of(0, 4, 7, 11, 14), breaks(again, "ภาษาไทยภาษาไทย"));
                assertEquals(73, IcuDictionary.of(again).entries().size());
            }
        }
    }

    /** A word begins where begin or single is the likeliest of begin, inside, end, single. */
    private static List<Integer> breaks(Model model, String text) {
        IcuDictionary dictionary = IcuDictionary.of(model);
        float[][][] classes = model.predict(dictionary.ids(text)).toArray3();
        List<Integer> breaks = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < classes[0].length; i++) {
            float[] one = classes[0][i];
            boolean isStart = Math.max(one[0], one[3]) > Math.max(one[1], one[2]);
            if (isStart) {
                breaks.add(at);
            }
            at += dictionary.characters(text).get(i).length();
        }
        breaks.add(at);
        return breaks;
    }

    @Test
    void aDictionaryOfClustersTakesTextByClusters() throws IOException {
        try (Model model = Model.load(write(SMALL))) {
            IcuDictionary dictionary = IcuDictionary.of(model);
            assertEquals(List.of("e\u0301", "c"), dictionary.characters("e\u0301c"));
            assertEquals("[3, 2]", Arrays.toString(dictionary.ids("e\u0301c").toIntArray()));
            assertThrows(IllegalArgumentException.class, () -> dictionary.ids(""));
        }
    }

    @Test
    void aModelWithoutOneSaysSo() throws IOException {
        try (Model model = Model.load(write(SMALL))) {
            model.metadata().remove(IcuDictionary.KEY);
            String message = assertThrows(IllegalArgumentException.class, () -> IcuDictionary.of(model)).getMessage();
            assertTrue(message.contains("no dictionary"), message);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "c": 2                          | "c": 4                             | expected a whole number from 0 to 3
            "dim": [4, 1]                   | "dim": [4, 2]                      | has 4 numbers, but sizes [4, 2]
            "dim": [4, 1]                   | "dim": [4000000000, 4000000000]    | its mat1
            "dim": [4, 1]                   | "dim": [-4, -1]                    | at least 1
            "dim": [2, 4]                   | "dim": [4, 2]                      | mat8 has sizes [4, 2], expected [2, 2]
            "mat9"                          | "mat10"                            | mat9
            "mat4": {"v": 1, "dim": [4], "data": [0, 0, 0, 0]}  | "mat4": {"v": 1, "dim": [2], "data": [0, 0]} | mat4 has sizes [2]
            """)
    void whatDoesNotFitIsRefusedByName(String from, String to, String said) throws IOException {
        Path file = write(SMALL.replace(from, to));
        String message = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        assertTrue(message.contains(said), message);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("x.json"), text);
    }
}
