package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.cli.Main;
import dev.gatun.engine.cpu.KernelChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The command `gatun` itself.
final class MainTest {

    @Test
    void versionSaysWhichKernelsRun() {
        String out = Cli.ok("--version").out();
        assertTrue(out.contains("gatun 0") && out.contains(KernelChoice.describe()), out);
        assertFalse(out.contains("${"), out);
    }

    @Test
    void withoutACommandItTeaches() {
        String out = Cli.ok().out();
        assertEquals(out, Cli.ok("--help").out());
        for (String command : Main.commandLine().getSubcommands().keySet())
            assertTrue(out.contains("  " + command), command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "train", "predict", "evaluate", "summary", "plot", "inspect", "convert", "verify"})
    void everyCommandTeaches(String command) {
        String out = Cli.ok(command, "--help").out();
        assertTrue(out.contains("Examples:") && out.contains("gatun " + command), out);
        assertTrue(out.contains("--json") && out.contains("--quiet"), out);
        assertTrue(out.lines().allMatch(line -> line.length() <= 100), out);
        assertFalse(out.contains("${"), out);
    }

    @Test
    void wrongCallsAreOneLine() {
        Cli.refused(Cli.args("--bogus"), "unknown option '--bogus'", "after the command");
        Cli.refused(Cli.args("train", "x.csv", "--targt", "units"), "'--targt'", "--target");
        assertTrue(Cli.refused(Cli.args("fly"), "no command 'fly'", "demo, train, predict").contains("gatun --help"));
        Cli.refused(Cli.args("--fly"), "gatun:", "--fly");
        Cli.refused(Cli.args("summary"), "gatun summary", "MODEL");
        Cli.refused(Cli.args("demo", "--seed", "x"), "'x' is not a long");
    }
}
