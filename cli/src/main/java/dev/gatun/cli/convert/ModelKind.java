package dev.gatun.cli.convert;

import dev.gatun.cli.model.RunnableModel;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelWriter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that holds a model.
 *
 * @param writer of such files
 */
record ModelKind(ModelWriter writer) implements OutputKind {

    @Override
    public String name() {
        return writer.name();
    }

    @Override
    public void write(Model model, Path out) throws IOException {
        writer.save(model, out);
    }

    @Override
    public ReadAgain read(Model model, Path out) throws IOException {
        RunnableModel read = RunnableModel.open(out, model.threads());
        return new ReadAgain(read.model().isPresent() ? ReadAgain.MODEL : ReadAgain.GRAPH, read);
    }
}
