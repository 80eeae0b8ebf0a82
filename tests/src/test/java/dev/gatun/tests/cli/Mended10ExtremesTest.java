package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Number 10: every numeric option of every command at its extremes works or is refused in one sentence.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class Mended10ExtremesTest extends ModelFile {

    private static final String MOST = "2147483647";
    private static final List<String> NUMBERS = List.of("0", "-1", MOST, "NaN", "1e300");
    private static final List<String> MORE_NUMBERS = List.of("1", "-2147483648", "2147483648", "5e-324", "Infinity",
            "-0.0",
            "0.99999999", "");

    private Path data;

    @BeforeEach
    void table() throws Exception {
        data = Tables.waves(folder, 60);
    }

    private Cli train(Map<String, String> other) {
        Map<String, String> options = new LinkedHashMap<>(Map.of("--columns", "wave", "--window", "4", "--epochs", "1",
                "--layers", "2", "--date", "day", "--out", model.toString()));
        options.putAll(other);
        List<Object> args = new ArrayList<>(List.of("train", data, "--target", "wave", "--quiet"));
        options.forEach((name, value) -> args.add(name + "=" + value));
        return Cli.run(args.toArray());
    }

    private static void worksOrRefuses(Cli cli, Object what) {
        assertFalse(cli.err().contains("internal error"), () -> what + ": " + cli.err());
        assertFalse(cli.err().contains("Exception"), () -> what + ": " + cli.err());
        assertEquals(cli.code() == 0 ? 0 : 1, cli.err().lines().count(), () -> what + ": " + cli.err());
    }

    @Test
    void trainWithEachNumber() {
        trainWith(NUMBERS);
    }

    @Test
    @Tag("thorough")
    void trainWithEachOtherNumber() {
        trainWith(MORE_NUMBERS);
    }

    private void trainWith(List<String> numbers) {
        // Not so many epochs, nor so long a patience with them: those would be done, one after the other.
        for (String option : List.of("--window", "--horizon", "--layers", "--batch", "--patience", "--learning-rate",
                "--dropout", "--validation", "--test", "--seed", "--threads", "--max-step"))
            for (String number : numbers)
                worksOrRefuses(train(Map.of(option, number)), option + "=" + number);
        for (String number : List.of("0", "-1", "-2147483648", "2147483648", "NaN", "", "1e9"))
            worksOrRefuses(train(Map.of("--epochs", number)), "--epochs=" + number);
    }

    @Test
    void trainWithSeveralAtOnce() {
        Cli both = train(Map.of("--window", MOST, "--horizon", MOST));
        worksOrRefuses(both, "window and horizon");
        assertTrue(both.err().contains("60 rows are too few for a window of 2147483647 and a horizon of 2147483647"),
                both.err());
        worksOrRefuses(train(Map.of("--window", "1", "--horizon", MOST, "--relative", "true")), "relative");
        assertTrue(train(Map.of("--window", "30", "--horizon", MOST, "--relative", "true")).err().contains("too few"));
        worksOrRefuses(train(Map.of("--window", "59", "--horizon", "1")), "all rows but one");
        worksOrRefuses(train(Map.of("--window", "60", "--horizon", "1")), "all rows");
        worksOrRefuses(train(Map.of("--layers", "2," + MOST)), "layers");
        worksOrRefuses(train(Map.of("--layers", "2,,3")), "layers");
        worksOrRefuses(train(Map.of("--batch", MOST, "--patience", MOST, "--seed", "9223372036854775807")), "batch");
    }

    @Test
    void aShareThatIsNoRowIsRefused() {
        Cli test = train(Map.of("--test", "0.001"));
        assertTrue(test.code() != 0 && test.err().contains("--test 0.001 of 60 rows is less than one row"), test.err());
        Cli validation = train(Map.of("--validation", "0.001"));
        assertTrue(validation.code() != 0 && validation.err().contains("--validation 0.001"), validation.err());
    }

    @Test
    void threadsHaveALimitThatIsTold() {
        assertTrue(train(Map.of("--threads", MOST)).err().contains("--threads must be at most 1024, got 2147483647"));
    }

    @Test
    void theOtherCommandsWithEachNumber() {
        theOtherCommandsWith(NUMBERS);
    }

    @Test
    @Tag("thorough")
    void theOtherCommandsWithEachOtherNumber() {
        theOtherCommandsWith(MORE_NUMBERS);
    }

    private void theOtherCommandsWith(List<String> numbers) {
        assertEquals(0, train(Map.of()).code());
        Path out = folder.resolve("y.csv");
        for (String number : numbers) {
            worksOrRefuses(Cli.run("evaluate", model, data, "--quiet", "--last=" + number), "--last=" + number);
            worksOrRefuses(Cli.run("evaluate", model, data, "--all", "--quiet", "--last=" + number),
                    "--last=" + number);
            worksOrRefuses(Cli.run("evaluate", model, data, "--quiet", "--threads=" + number), "--threads=" + number);
            worksOrRefuses(Cli.run("evaluate", model, data, "--quiet", "--max-step=" + number), "--max-step=" + number);
            worksOrRefuses(
                    Cli.run("predict", model, "--input", data, "--output", out, "--quiet", "--threads=" + number),
                    "--threads=" + number);
            worksOrRefuses(
                    Cli.run("predict", model, "--input", data, "--output", out, "--quiet", "--max-step=" + number),
                    "--max-step=" + number);
            if (!number.equals(MOST)) // so many epochs would be done
                worksOrRefuses(Cli.run("demo", "--out", folder.resolve("demo"), "--quiet", "--epochs=" + number),
                        "--epochs=" + number);
            worksOrRefuses(
                    Cli.run("demo", "--out", folder.resolve("demo"), "--quiet", "--epochs=0", "--seed=" + number),
                    "--seed=" + number);
            worksOrRefuses(
                    Cli.run("demo", "--out", folder.resolve("demo"), "--quiet", "--epochs=0", "--threads=" + number),
                    "--threads=" + number);
        }
        for (String length : List.of("0d", "1e9d", "999999999999w", "1.5h", "-1d", "d", "1y"))
            worksOrRefuses(Cli.run("evaluate", model, data, "--quiet", "--max-step=" + length), "--max-step=" + length);
    }
}
