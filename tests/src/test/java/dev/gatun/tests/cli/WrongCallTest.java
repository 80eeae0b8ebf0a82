package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What no file could make right is exit code 2 in every command, and nothing is written; what a file makes wrong is 1. */
class WrongCallTest extends ModelFile {

    @Test
    void valuesThatAnOptionCannotHave() throws Exception {
        Object table = Tables.waves(folder, 60);
        Object[] train = {"train", table, "--target", "wave", "--out", model};
        for (String[] option : new String[][] {{"--window", "0"}, {"--epochs", "x"}, {"--layers", "none"},
            {"--dropout", "1"}, {"--learning-rate", "-1"}, {"--threads", "0"}, {"--max-step", "far", "--date", "day"},
            {"--sort"}, {"--date", "wave"}, {"--columns", "wave,wave"}, {"--svg"}, {"--missing", "perhaps"}}) {
            wrong(with(train, (Object[]) option));
        }
        wrong("train", table, "--target", "wave", "--out", folder.resolve("m.h5"));
        assertEquals(1, Cli.run(with(new Object[] {"train", table, "--out", model}, "--target", "nothing")).code());
    }

    @Test
    void ofModels() throws Exception {
        try (Model made = Sequential.of(Input.shape(2), Dense.units(1))) {
            made.save(model);
        }
        Object x = folder.resolve("x.npy");
        wrong("convert", model, folder.resolve("out.docx"));
        wrong("convert", model, folder.resolve("out"), "--as", "word");
        wrong("convert", model, folder.resolve("out"), "--as", "weights.h5");
        wrong("convert", model, folder.resolve("out.keras"), "--only", "a");
        wrong("convert", model, folder.resolve("out.keras"), "--into", model, "--rename", "a");
        wrong("convert", model, folder.resolve("out.keras"), "--architecture", "{\"words\": []}");
        wrong("predict", model, "--input", x, "--output", folder.resolve("y.docx"));
        wrong("evaluate", model, x, "--last", "2");
        wrong("plot", model, "--out", folder.resolve("p.gif"));
        wrong("verify", model, "--against", x, "--tolerance", "-1");
        wrong("verify", model, "--save", folder.resolve("r.npz"));
        assertEquals(1, Cli.run("predict", model, "--input", x, "--output", folder.resolve("y.npy")).code());
    }

    /** Java takes it for the folder that the command runs in. */
    @Test
    void anEmptyNameIsNoFile() {
        wrong("inspect", "");
        wrong("convert", "", folder.resolve("out.keras"));
        wrong("predict", model, "--input", "", "--output", folder.resolve("y.npy"));
    }

    private static Object[] with(Object[] args, Object... more) {
        Object[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return all;
    }

    private void wrong(Object... args) {
        long before = files();
        Cli.refused(args);
        assertEquals(2, Cli.run(args).code(), () -> java.util.Arrays.toString(args));
        assertEquals(before, files());
    }

    private long files() {
        try (var files = Files.list(folder)) {
            return files.count();
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
