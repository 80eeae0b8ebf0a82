package dev.gatun.cli.model;

import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.formats.Imported;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A file that was read into layers of Gatun's. */
record GatunModel(Imported read) implements LayeredModel {

    @Override
    public ModelShape shape() {
        return ModelShape.of(read.model());
    }

    @Override
    public List<Port> inputs() {
        ModelShape shape = shape();
        return IntStream.range(0, shape.inputNames().size())
                .mapToObj(i -> new Port(shape.inputNames().get(i), Optional.of(shape.inputShapes().get(i)),
                        shape.type(i), false))
                .toList();
    }

    @Override
    public List<Port> outputs() {
        Model model = read.model();
        return IntStream.range(0, model.outputNames().size())
                .mapToObj(
                        i -> new Port(model.outputNames().get(i), Optional.of(model.outputShapes().get(i)), "", false))
                .toList();
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs) {
        return read.model().predict(inputs);
    }
}
