package dev.gatun.cli.convert;

import dev.gatun.cli.model.RunnableModel;
import dev.gatun.formats.Imported;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
    public List<String> leavesOut(Model model) {
        return writer.leavesOut(model);
    }

    @Override
    public ReadAgain read(Model model, Path out) throws IOException {
        RunnableModel read = RunnableModel.open(out, model.threads());
        if (read.model().isEmpty()) {
            return new ReadAgain(ReadAgain.GRAPH, read);
        }
        if (model.trainingState().isEmpty()) {
            return new ReadAgain(ReadAgain.MODEL, read);
        }
        read.close(); // The state of a training is read if it is asked for only.
        Imported again = Imported.withTraining(out);
        again.model().threads(model.threads());
        return new ReadAgain(ReadAgain.MODEL, RunnableModel.of(again));
    }
}
