package dev.gatun.cli.convert;

import dev.gatun.cli.model.RunnableModel;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.layers.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that holds weights alone: to read it takes a model of the same layers.
 *
 * @param name   as messages call it
 * @param writer writes the weights of a model
 * @param loader puts those of a file into a model
 */
record WeightsKind(String name, Writer writer, Loader loader) implements OutputKind {

    /** Writes weights. */
    interface Writer {
        void save(Model model, Path out) throws IOException;
    }

    /** Reads weights. */
    interface Loader {
        ImportReport load(Model model, Path file) throws IOException;
    }

    @Override
    public void write(Model model, Path out) throws IOException {
        writer.save(model, out);
    }

    @Override
    public List<String> leavesOut(Model model) {
        return List.of("what its layers are");
    }

    @Override
    public ReadAgain read(Model model, Path out) throws IOException {
        Model copy = Model.zeros(model.graph());
        try {
            ImportReport report = copy.weights().isEmpty()
                    ? new ImportReport(out + " (" + name + ")", List.of(), List.of())
                    : loader.load(copy, out);
            copy.threads(model.threads());
            return new ReadAgain(ReadAgain.WEIGHTS, RunnableModel.of(new Imported(copy, report)));
        } catch (IOException | RuntimeException | Error failed) {
            copy.close();
            throw failed;
        }
    }
}
