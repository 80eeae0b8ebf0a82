package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.data.CsvFile;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What `gatun train` says about tables and options that cannot be.
final class BadTableTest {

    @TempDir
    Path folder;

    static Stream<Arguments> tables() {
        String good = "a,b\n1,2\n3,4\n5,6\n";
        return Stream.of(
                Arguments.of("", new String[] {"the file is empty"}),
                Arguments.of("\n\n", new String[] {"the file is empty"}),
                Arguments.of("a,b\n", new String[] {"no row under it"}),
                Arguments.of("1,2\n3,4\n", new String[] {"line 1", "name the columns"}),
                Arguments.of("a,a\n1,2\n", new String[] {"column 'a' is there twice"}),
                Arguments.of("a,\n1,2\n", new String[] {"column 2 has no name"}),
                Arguments.of(good + "7\n8,9\n", new String[] {"line 5: 1 value, but the first line has 2"}),
                Arguments.of(good + "7,8,9\n", new String[] {"line 5: 3 values, but the first line has 2"}),
                Arguments.of(good + "x,8\n", new String[] {"line 5, column 'a': 'x' is not a finite number"}),
                Arguments.of(good + "1e400,8\n", new String[] {"line 5, column 'a'", "too large"}),
                Arguments.of(good + "Infinity,8\n", new String[] {"line 5, column 'a'", "not a finite number"}),
                Arguments.of(good + "NaN,8\n", new String[] {"line 5, column 'a': no value ('NaN')", "--missing"}),
                Arguments.of(good + ",8\n", new String[] {"line 5, column 'a': no value (the cell is empty)"}),
                Arguments.of(good, new String[] {"3 rows are too few", "window of 24", "--window"}),
                Arguments.of("b,c\n1,2\n", new String[] {"no column 'a'", "there are b, c"}));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void oneLineWithTheFix(String text, String[] expected) throws Exception {
        Path data = Tables.write(folder.resolve("data.csv"), text);
        Path model = folder.resolve("m.gatun");
        Cli.refused(Cli.args("train", data, "--target", "a", "--out", model), expected);
        assertFalse(Files.exists(model), "nothing half done");
    }

    @Test
    void filesThatAreNotTables() throws Exception {
        Cli.refused(Cli.args("train", folder.resolve("none.csv"), "--target", "a"), "there is no file", "none.csv");
        Cli.refused(Cli.args("train", folder, "--target", "a"), "is a folder");
        Path binary = folder.resolve("b.csv");
        Files.write(binary, new byte[] {'a', '\n', (byte) 0xff, (byte) 0xfe});
        Cli.refused(Cli.args("train", binary, "--target", "a"), "not UTF-8");
        byte[] latin = "a,b\n1,\u00e4\n".getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(assertThrows(Refusal.class, () -> CsvFile.table("some.csv", new ByteArrayInputStream(latin)))
                .getMessage().contains("some.csv is not UTF-8"));
    }

    static Stream<Arguments> options() {
        return Stream.of(
                Arguments.of("--epochs", "0", "--epochs must be at least 1, got 0"),
                Arguments.of("--epochs", "many", "'many' is not an int"),
                Arguments.of("--window", "-1", "--window must be at least 1"),
                Arguments.of("--horizon", "0", "--horizon must be at least 1"),
                Arguments.of("--layers", "32,0", "--layers must be at least 1"),
                Arguments.of("--layers", "a", "'a' is no layer; give a number of units"),
                Arguments.of("--layers", "32,conv:3", "'conv:3' is no layer"),
                Arguments.of("--layers", "bi-gru:", "'bi-gru:' is no layer"),
                Arguments.of("--layers", "gru:0", "--layers must be at least 1"),
                Arguments.of("--batch", "0", "--batch must be at least 1"),
                Arguments.of("--learning-rate", "0", "--learning-rate must be positive and finite"),
                Arguments.of("--learning-rate", "1e30", "give a --learning-rate below 1.0E30, or look for outliers in"),
                Arguments.of("--learning-rate", "NaN", "--learning-rate must be positive and finite"),
                Arguments.of("--validation", "1", "--validation is a share"),
                Arguments.of("--test", "20", "for 20 % give 0.2"),
                Arguments.of("--dropout", "1", "--dropout is a share"),
                Arguments.of("--patience", "0", "--patience must be at least 1"),
                Arguments.of("--threads", "0", "--threads must be at least 1"),
                Arguments.of("--missing", "guess", "FAIL, DROP, INTERPOLATE"),
                Arguments.of("--out", "model.keras", "must end in .gatun"),
                Arguments.of("--out", "no/such/folder/m.gatun", "does not exist"),
                Arguments.of("--columns", "wave,wave", "twice"),
                Arguments.of("--columns", "wave,tide", "no column 'tide'; there are day, wave, echo, note"),
                Arguments.of("--columns", "wave,note", "line 2, column 'note': 'n0' is not a finite number"),
                Arguments.of("--date", "wave", "--target wave is the --date column"),
                Arguments.of("--date", "when", "no column 'when'"),
                Arguments.of("--colour", "red", "Unknown option"));
    }

    @ParameterizedTest
    @MethodSource("options")
    void badOptions(String option, String value, String expected) throws Exception {
        Path data = Tables.waves(folder, 60);
        Map<String, Object> options = new LinkedHashMap<>(Map.of(
                "--columns", "wave,echo", "--window", 4, "--epochs", 1, "--layers", 4, "--out",
                folder.resolve("m.gatun")));
        options.put(option, value);
        List<Object> args = new ArrayList<>(List.of("train", data, "--target", "wave", "--quiet"));
        options.forEach((name, each) -> args.addAll(List.of(name, each)));
        String said = Cli.refused(args.toArray(), expected);
        assertFalse(said.contains("globalClipNorm"), "what Java calls it is of no use here: " + said);
        assertFalse(Files.exists(folder.resolve("m.gatun")), "nothing half done");
    }
}
