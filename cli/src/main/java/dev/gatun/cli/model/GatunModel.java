package dev.gatun.cli.model;

import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.formats.Imported;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.util.List;
import java.util.Optional;

/** A file that was read into layers of Gatun's. */
record GatunModel(Imported imported) implements RunnableModel {

    @Override
    public ModelShape shape() {
        return ModelShape.of(imported.model());
    }

    @Override
    public List<String> outputNames() {
        return imported.model().outputNames();
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs) {
        return imported.model().predict(inputs);
    }

    @Override
    public List<String> notes() {
        return imported.report().notes();
    }

    @Override
    public int vocabulary() {
        return Vocabulary.of(imported.model());
    }

    @Override
    public Optional<Model> model() {
        return Optional.of(imported.model());
    }

    @Override
    public boolean keepsStates() {
        return KeptStates.in(imported.model());
    }

    @Override
    public void reset() {
        imported.model().resetStates();
    }

    @Override
    public void close() {
        imported.close();
    }
}
